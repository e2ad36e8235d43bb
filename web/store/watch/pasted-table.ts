/** The records of a pasted text: a table with a heading, whose columns have names, or lines of which each stands for itself. */
import Papa from "papaparse";

/** One record, or one line. */
export interface PastedRecord {
  /** Of the text, from 1. */
  readonly line: number;
  /** As it was pasted. */
  readonly text: string;
  readonly cells: readonly string[];
}

/** Columns that a table can have; an index each, -1 for none. */
export interface Columns {
  readonly code: number;
  readonly name: number;
  readonly nameEn: number;
  readonly note: number;
  readonly added: number;
  readonly list: number;
}

export interface PastedTable {
  /** `null`: no heading. */
  readonly columns: Columns | null;
  /** The heading as it was pasted. */
  readonly heading: string;
  readonly records: readonly PastedRecord[];
}

const HEADINGS: Readonly<Record<keyof Columns, readonly string[]>> = {
  code: ["code", "ticker", "symbol", "종목코드", "단축코드", "코드", "티커"],
  name: ["name", "stock", "company", "종목명", "종목", "이름", "한글종목명", "한글종목약명"],
  nameEn: ["name_en", "english", "영문명", "영문종목명"],
  note: ["note", "memo", "메모", "비고"],
  added: ["added", "추가일", "추가"],
  list: ["list", "watchlist", "목록", "관심그룹"],
};

const DELIMITERS = ["\t", ";", ","] as const;

function delimiterOf(line: string): string {
  return DELIMITERS.find((one) => line.includes(one)) ?? ",";
}

function cellsOf(line: string, delimiter: string): readonly string[] {
  if (!line.includes('"')) {
    return line.split(delimiter);
  }
  const { data, errors } = Papa.parse<string[]>(line, { delimiter, newline: "\n" });
  // A stray quote: the cells without it.
  return errors.length === 0 ? (data[0] ?? []) : line.replaceAll('"', "").split(delimiter);
}

function columnsOf(cells: readonly string[]): Columns | null {
  const headings = cells.map((cell) => cell.trim().toLowerCase());
  const at = (column: keyof Columns): number =>
    headings.findIndex((heading) => HEADINGS[column].includes(heading));
  const columns: Columns = {
    code: at("code"),
    name: at("name"),
    nameEn: at("nameEn"),
    note: at("note"),
    added: at("added"),
    list: at("list"),
  };
  return columns.code >= 0 || columns.name >= 0 ? columns : null;
}

/** A quoted cell may hold line ends. `null` where the quotation is broken: then each line stands for itself, and none is swallowed. */
function quotedRecords(text: string, delimiter: string): readonly PastedRecord[] | null {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: "\n" });
  if (errors.some(({ type }) => type === "Quotes")) {
    return null;
  }
  const records: PastedRecord[] = [];
  let line = 1;
  for (const cells of data) {
    const isBlank = cells.every((cell) => cell.trim() === "");
    if (!isBlank) {
      records.push({ line, text: Papa.unparse([cells], { delimiter, newline: "\n" }), cells });
    }
    line += 1 + cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
  }
  return records;
}

function plainRecords(lines: readonly string[], delimiter: string | null): readonly PastedRecord[] {
  return lines.flatMap((text, i) =>
    text.trim() === "" ? [] : [{ line: i + 1, text, cells: cellsOf(text, delimiter ?? delimiterOf(text)) }],
  );
}

/** Linear in the text. */
export function tableOf(text: string): PastedTable {
  const unix = text.replace(/^\ufeff/u, "").replaceAll(/\r\n?/gu, "\n");
  const lines = unix.split("\n");
  const first = lines.find((line) => line.trim() !== "") ?? "";
  const delimiter = delimiterOf(first);
  const columns = columnsOf(cellsOf(first, delimiter));
  if (columns === null) {
    return { columns, heading: "", records: plainRecords(lines, null) };
  }
  const records =
    (unix.includes('"') ? quotedRecords(unix, delimiter) : null) ?? plainRecords(lines, delimiter);
  return { columns, heading: first, records: records.slice(1) };
}
