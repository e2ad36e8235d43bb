/** The one table of header names: under which names the sources publish the columns that are read here. */

/** Each column and its further names. Compared as {@link normalName} writes them. */
const TABLE = [
  ["ticker", ["Code", "Symbol", "Stock Code", "종목코드", "단축코드", "티커", "<TICKER>", "ISU_SRT_CD"]],
  ["index", ["Index Name", "지수명", "지수", "IDX_NM"]],
  ["date", ["날짜", "일자", "거래일", "거래일자", "기준일", "기준일자", "Trade Date", "<DATE>", "BAS_DD"]],
  ["open", ["시가", "Open Price", "<OPEN>", "TDD_OPNPRC"]],
  ["high", ["고가", "High Price", "<HIGH>", "TDD_HGPRC"]],
  ["low", ["저가", "Low Price", "<LOW>", "TDD_LWPRC"]],
  ["close", ["종가", "Close Price", "<CLOSE>", "TDD_CLSPRC"]],
  ["volume", ["거래량", "Vol", "<VOL>", "ACC_TRDVOL"]],
  ["value", ["거래대금", "Amount", "Traded Value", "ACC_TRDVAL"]],
  ["shares", ["상장주식수", "Stocks", "Listed Shares", "LIST_SHRS"]],
  ["base_price", ["기준가", "기준가격", "Base"]],
  ["origin", []],
  ["change", ["대비", "전일대비", "Changes", "CMPPREVDD_PRC"]],
  ["direction", ["ChangeCode", "FLUC_TP_CD"]],
  ["period", ["<PER>"]],
  ["name", ["종목명", "회사명", "한글 종목약명", "ISU_NM", "ISU_ABBRV"]],
  [
    "name_en",
    ["영문 종목명", "영문명", "영문 종목약명", "영문 회사명", "English Name", "Name Eng", "ISU_ENG_NM"],
  ],
  ["market", ["시장구분", "시장", "Market Type", "MKT_NM", "MKT_TP_NM"]],
  ["department", ["Dept", "소속부", "SECT_TP_NM"]],
  ["industry", ["업종", "업종명"]],
  ["kind", ["주식종류"]],
  ["notice", []],
  ["listed_on", ["상장일", "Listing Date", "LIST_DD"]],
  ["listed_shares", ["상장주식수", "Stocks", "Shares", "LIST_SHRS"]],
] as const;

/** What a column can mean. From `change` and `direction` the base price follows; `period` sets a bar of a day apart from others. */
export type Column = (typeof TABLE)[number][0];

/** Names that more than one column could be meant by: only a form that gives them one meaning reads them. */
const UNCLEAR: ReadonlyMap<string, string> = new Map([
  ["sector", "department or industry"],
  ["price", "close"],
  ["adjclose", "close"],
  ["marketid", "market"],
  ["turnover", "value"],
]);

/** Without case, blanks, underscores and a byte order mark; Hangul composed, as most systems write it. */
export function normalName(name: string): string {
  return name
    .normalize("NFC")
    .replaceAll(/[\s_\uFEFF]+/g, "")
    .toLowerCase();
}

/** Names of this file for what sources call otherwise: as a header they mean something else, or nothing. */
const UNNAMED: ReadonlySet<Column> = new Set<Column>(["change", "direction", "period"]);

const BY_COLUMN: ReadonlyMap<string, readonly string[]> = new Map(
  TABLE.map(([column, names]) => [
    column,
    [...(UNNAMED.has(column) ? [] : [column]), ...names].map(normalName),
  ]),
);

const KNOWN = new Set([...BY_COLUMN.values()].flat());

/** The names of a column as {@link normalName} writes them, its own first. */
export function namesOf(column: Column): readonly string[] {
  return BY_COLUMN.get(column) ?? [];
}

/** Whether some column goes by this name. */
export function isColumnName(name: string): boolean {
  return KNOWN.has(normalName(name));
}

/** The table as `import --help` prints it: a line a column. */
export function describeColumns(): readonly string[] {
  return TABLE.flatMap(([column, names]) =>
    names.length === 0 ? [] : [`${column.padEnd(14)} ${names.join(", ")}`],
  );
}

/** How many characters have to be changed, added or taken away; stops to count beyond two. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) {
    return 3;
  }
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1];
    for (let k = 1; k <= b.length; k++) {
      const changed = (before[k - 1] ?? 0) + (a[i] === b[k - 1] ? 0 : 1);
      row.push(Math.min(changed, (before[k] ?? 0) + 1, (row[k - 1] ?? 0) + 1));
    }
    before = row;
  }
  return before[b.length] ?? 0;
}

/**
 * What a header that no column goes by may be meant for, among the columns wanted; `null` when nothing is near. Short
 * names allow one slip, longer ones two.
 */
export function nearColumn(header: string, wanted: readonly Column[]): string | null {
  const name = normalName(header);
  const unclear = UNCLEAR.get(name);
  if (unclear !== undefined) {
    return unclear;
  }
  const slips = name.length < 4 ? 0 : name.length < 7 ? 1 : 2;
  const near = wanted.find((column) => namesOf(column).some((known) => distance(name, known) <= slips));
  // Of other files too: `종목명` in a file of bars is no slip.
  return near === undefined || KNOWN.has(name) ? null : near;
}
