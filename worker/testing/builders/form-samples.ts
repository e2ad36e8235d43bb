/** The same bars in every form of the sources: made here, never copied from one. */
import { encodeCp949 } from "./cp949.ts";

/** A day of a share as every form has it. Prices are whole won; `change` counts from the base price. */
export interface SampleBar {
  readonly ticker: string;
  readonly name: string;
  readonly market: "KOSPI" | "KOSDAQ";
  readonly department: string;
  /** `2025-06-17`. */
  readonly date: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number;
  readonly shares: number;
  readonly base: number;
}

/** Files by name. */
type Files = Readonly<Record<string, Uint8Array>>;

/** One form: how it lays the bars out in files, and which optional fields it brings. */
export interface SampleForm {
  readonly name: string;
  readonly brings: readonly ("value" | "shares" | "base")[];
  readonly files: (bars: readonly SampleBar[]) => Files;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const compact = (date: string): string => date.replaceAll("-", "");
const slashed = (date: string): string => date.replaceAll("-", "/");
const grouped = (n: number): string => n.toLocaleString("en-US");
const rate = ({ close, base }: SampleBar): string => ((100 * (close - base)) / base).toFixed(2);
const signed = ({ close, base }: SampleBar): number => close - base;
const code = (bar: SampleBar): string => (signed(bar) > 0 ? "1" : signed(bar) < 0 ? "2" : "3");

/** A file of all bars with the same key. */
function grouping(
  keyOf: (bar: SampleBar) => string,
  fileOf: (key: string) => string,
  header: string,
  line: (bar: SampleBar) => string,
  encode: (text: string) => Uint8Array = utf8,
  order: (bars: readonly SampleBar[]) => readonly SampleBar[] = (bars) => bars,
): SampleForm["files"] {
  return (bars) =>
    Object.fromEntries(
      [...Map.groupBy(bars, keyOf)].map(([key, own]) => [
        fileOf(key),
        encode(`${[header, ...order(own).map(line)].join("\n")}\n`),
      ]),
    );
}

const byTicker = (bar: SampleBar): string => bar.ticker;
const byDate = (bar: SampleBar): string => bar.date;
const quoted = (cells: readonly (string | number)[]): string => cells.map((cell) => `"${cell}"`).join(",");
const newest = (bars: readonly SampleBar[]): readonly SampleBar[] => bars.toReversed();
const suffix = ({ market }: SampleBar): string => (market === "KOSPI" ? "KS" : "KQ");
const five = ({ open, high, low, close, volume }: SampleBar): string =>
  `${open},${high},${low},${close},${volume}`;

/** The project's own form; every other one is held against it. */
export function canonicalFile(bars: readonly SampleBar[], brings: SampleForm["brings"]): Uint8Array {
  const names = { value: "value", shares: "shares", base: "base_price" } as const;
  const header = `ticker,date,open,high,low,close,volume${brings.map((field) => `,${names[field]}`).join("")}`;
  const lines = bars.map(
    (bar) => `${bar.ticker},${bar.date},${five(bar)}${brings.map((field) => `,${bar[field]}`).join("")}`,
  );
  return utf8(`${[header, ...lines].join("\n")}\n`);
}

const PORTAL_DAY =
  "종목코드,종목명,시장구분,소속부,종가,대비,등락률,시가,고가,저가,거래량,거래대금,시가총액,상장주식수";
const portalDay = (bar: SampleBar): string =>
  quoted([
    bar.ticker,
    bar.name,
    bar.market,
    bar.department,
    ...[bar.close, signed(bar)].map(grouped),
    rate(bar),
    ...[bar.open, bar.high, bar.low, bar.volume, bar.value, bar.close * bar.shares, bar.shares].map(grouped),
  ]);
const PORTAL_SHARE = "일자,종가,대비,등락률,시가,고가,저가,거래량,거래대금,시가총액,상장주식수";
const portalShare = (bar: SampleBar): string =>
  quoted([
    slashed(bar.date),
    ...[bar.close, signed(bar)].map(grouped),
    rate(bar),
    ...[bar.open, bar.high, bar.low, bar.volume, bar.value, bar.close * bar.shares, bar.shares].map(grouped),
  ]);
const marcapLine = (bar: SampleBar, change: number): string =>
  [
    `${bar.ticker},${bar.name},${bar.close},${bar.department},${code(bar)},${change},${rate(bar)},${bar.volume},${bar.value}`,
    `${bar.open},${bar.high},${bar.low},${bar.close * bar.shares},${bar.shares},${bar.market}`,
    bar.market === "KOSPI" ? "STK" : "KSQ",
  ].join(",");
const MARCAP =
  "Code,Name,Close,Dept,ChangeCode,Changes,ChagesRatio,Volume,Amount,Open,High,Low,Marcap,Stocks,Market,MarketId";

/** Each form that is recognised. */
export const SAMPLE_FORMS: readonly SampleForm[] = [
  {
    name: "pykrx",
    brings: [],
    files: grouping(
      byTicker,
      (ticker) => `${ticker}.csv`,
      "날짜,시가,고가,저가,종가,거래량,등락률",
      (bar) => `${bar.date},${five(bar)},${rate(bar)}`,
    ),
  },
  {
    name: "pykrx with its value",
    brings: ["value"],
    files: grouping(
      byTicker,
      (ticker) => `어떤 회사_${ticker}.csv`,
      "날짜,시가,고가,저가,종가,거래량,거래대금,등락률",
      (bar) => `${bar.date} 00:00:00,${five(bar)},${bar.value},${rate(bar)}`,
    ),
  },
  {
    name: "pykrx, all shares of a day",
    brings: ["value"],
    files: grouping(
      byDate,
      (date) => `${compact(date)}.csv`,
      "티커,시가,고가,저가,종가,거래량,거래대금,등락률",
      (bar) => `${bar.ticker},${five(bar)},${bar.value},${rate(bar)}`,
    ),
  },
  {
    name: "FinanceDataReader",
    brings: [],
    files: grouping(
      byTicker,
      (ticker) => `A${ticker}.csv`,
      "Date,Open,High,Low,Close,Volume,Change",
      (bar) => `${bar.date},${five(bar)},${signed(bar) / bar.base}`,
    ),
  },
  {
    name: "FinanceDataReader listing",
    brings: ["value", "shares", "base"],
    files: grouping(
      byDate,
      (date) => `${date}.csv`,
      `\uFEFF,Code,ISU_CD,Name,Market,Dept,Close,ChangeCode,Changes,ChagesRatio,Open,High,Low,Volume,Amount,Marcap,Stocks,MarketId`,
      (bar) =>
        `0,${bar.ticker},KR7${bar.ticker}003,${bar.name},${bar.market},${bar.department},${bar.close},${code(bar)},${signed(bar)},${rate(bar)},${bar.open},${bar.high},${bar.low},${bar.volume},${bar.value},${bar.close * bar.shares},${bar.shares},${bar.market === "KOSPI" ? "STK" : "KSQ"}`,
    ),
  },
  {
    name: "marcap",
    brings: ["value", "shares", "base"],
    files: grouping(
      () => "",
      () => "marcap-2025.csv",
      `${MARCAP},Rank,Date`,
      (bar) => `${marcapLine(bar, signed(bar))},1,${bar.date}`,
    ),
  },
  {
    name: "marcap, changes without a sign",
    brings: ["value", "shares", "base"],
    files: grouping(
      () => "",
      () => "marcap.csv",
      `${MARCAP},Rank,Date`,
      (bar) => `${marcapLine(bar, Math.abs(signed(bar)))},1,${bar.date}`,
    ),
  },
  {
    name: "KRX portal, all shares of a day",
    brings: ["value", "shares", "base"],
    files: grouping(byDate, (date) => `data_${compact(date)}.csv`, PORTAL_DAY, portalDay, encodeCp949),
  },
  {
    name: "KRX portal, one share",
    brings: ["value", "shares", "base"],
    files: grouping(byTicker, (ticker) => `${ticker}.csv`, PORTAL_SHARE, portalShare, encodeCp949, newest),
  },
  {
    name: "KRX portal, one share, saved again as UTF-8",
    brings: ["value", "shares", "base"],
    files: grouping(byTicker, (ticker) => `${ticker}.csv`, PORTAL_SHARE, portalShare, utf8, newest),
  },
  {
    name: "Yahoo",
    brings: [],
    files: grouping(
      (bar) => `${bar.ticker}.${suffix(bar)}`,
      (symbol) => `${symbol}.csv`,
      "Date,Open,High,Low,Close,Adj Close,Volume",
      (bar) =>
        `${bar.date},${[bar.open, bar.high, bar.low, bar.close, bar.close * 0.98].map((x) => x.toFixed(6)).join(",")},${bar.volume}`,
    ),
  },
  {
    name: "yfinance",
    brings: [],
    files: grouping(
      (bar) => `${bar.ticker}.${suffix(bar)}`,
      (symbol) => `${symbol}.csv`,
      "Date,Open,High,Low,Close,Volume,Dividends,Stock Splits",
      (bar) => `${bar.date} 00:00:00+09:00,${five(bar)},0.0,0.0`,
    ),
  },
  {
    name: "yfinance, three header lines",
    brings: [],
    files: (bars) =>
      Object.fromEntries(
        [...Map.groupBy(bars, byTicker)].map(([ticker, own]) => [
          `${ticker}.csv`,
          utf8(
            [
              "Price,Close,High,Low,Open,Volume",
              `Ticker,${`${ticker}.KS,`.repeat(5).slice(0, -1)}`,
              "Date,,,,,",
              ...own.map(
                (bar) => `${bar.date},${bar.close},${bar.high},${bar.low},${bar.open},${bar.volume}`,
              ),
            ].join("\r\n"),
          ),
        ]),
      ),
  },
  {
    name: "Stooq",
    brings: [],
    files: grouping(
      () => "",
      () => "d_kr_txt.txt",
      "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>",
      (bar) => `${bar.ticker}.KR,D,${compact(bar.date)},000000,${five(bar)},0`,
    ),
  },
  {
    name: "columns by name, tabs, UTF-16",
    brings: ["value"],
    files: grouping(
      () => "",
      () => "bars.tsv",
      "\uFEFFSymbol\tTrade Date\tOpen Price\tHigh Price\tLow Price\tClose Price\tVol\tTraded Value",
      (bar) =>
        [bar.ticker, compact(bar.date), bar.open, bar.high, bar.low, bar.close, bar.volume, bar.value].join(
          "\t",
        ),
      (text) => new Uint8Array(Buffer.from(text, "utf16le")),
    ),
  },
  {
    name: "columns by name, semicolons",
    brings: ["base"],
    files: grouping(
      () => "",
      () => "bars.csv",
      "기준일;종목코드;시가;고가;저가;종가;거래량;기준가",
      (bar) => [bar.date, bar.ticker, bar.open, bar.high, bar.low, bar.close, bar.volume, bar.base].join(";"),
    ),
  },
];
