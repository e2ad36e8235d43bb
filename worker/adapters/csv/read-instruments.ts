/** The master of instruments, from a file of any form that names companies, and what follows from its terms (EL1, EL2). */
import type { MasterRow, ReadFile, UnreadableFile } from "../../app/ports/ingest.ts";
import { parseTradingDay } from "../../core/calendar/trading-day.ts";
import { cleanMasterText, LONGEST_MASTER_TEXT } from "../../core/instrument/master-text.ts";
import type { Instrument, InstrumentKind, Notice } from "../../core/instrument/instrument.ts";
import { tickerOf } from "../../core/nominal.ts";
import { cellAt } from "./cells.ts";
import type { Column } from "./columns.ts";
import type { Form } from "./forms.ts";
import { describeMissing, type Places, readTable, type TableLine } from "./table.ts";
import { kindOf, marketOf, noticeOf, signOfKind, signOfNotice } from "./exchange-terms.ts";

const COLUMNS = [
  "ticker",
  "name",
  "name_en",
  "market",
  "department",
  "industry",
  "kind",
  "notice",
  "listed_on",
  "listed_shares",
] as const satisfies readonly Column[];

/** FR8a: a stored kind stays while the columns are absent that could deny it. */
function keptKind(row: MasterRow, stored: Instrument | null): InstrumentKind {
  const kind = stored?.kind ?? "common";
  const deniedBy = kind === "spac" ? row.department : kind === "preferred" ? row.kind : row.industry;
  return row.kind === undefined && deniedBy === undefined ? kind : "common";
}

/** FR9, FR9a: a department is none of a listing that ends, so it can neither state nor deny that. */
function noticeAfter(row: MasterRow, stored: Notice | null): Notice | null {
  if (row.notice === undefined && (row.department === undefined || stored === "liquidation")) {
    return stored;
  }
  return row.notice ?? signOfNotice(row.department);
}

/** An empty cell is a value; without the column the stored one stays. */
function keepUnstated<T>(given: T | null | undefined, stored: T | null | undefined): T | null {
  return given === undefined ? (stored ?? null) : given;
}

/** IG8d: an English name or an industry that is too long, or of which nothing is seen, states nothing. */
function cleaned(text: string | null | undefined): string | null | undefined {
  if (typeof text !== "string") {
    return text;
  }
  const clean = cleanMasterText(text);
  return clean === "" || clean.length > LONGEST_MASTER_TEXT ? undefined : clean;
}

/**
 * FR8, FR9: the instrument that a row makes of what is stored, or the reason why it makes none. Of a field whose column
 * the file does not have, the stored value stays.
 */
export function completeInstrument(row: MasterRow, stored: Instrument | null): Instrument | string {
  const { ticker } = row;
  const given = typeof row.name === "string" ? cleanMasterText(row.name) : "";
  const name = given === "" ? (stored?.name ?? null) : given;
  const market = row.market ?? stored?.market ?? null;
  if (name === null) {
    return "no_name";
  }
  if (name.length > LONGEST_MASTER_TEXT) {
    return "too_long";
  }
  if (market === null) {
    return "unknown_market";
  }
  return {
    ticker,
    name,
    nameEn: keepUnstated(cleaned(row.nameEn), stored?.nameEn),
    market,
    kind: row.kind ?? signOfKind(ticker, { ...row, name }) ?? keptKind(row, stored),
    notice: noticeAfter(row, stored?.notice ?? null),
    industry: keepUnstated(cleaned(row.industry), stored?.industry),
    listedOn: keepUnstated(row.listedOn, stored?.listedOn),
    listedShares: keepUnstated(row.listedShares, stored?.listedShares),
  };
}

const short = (cell: string): string | null => (cell.length > LONGEST_MASTER_TEXT ? null : cell);

/** A row, or the reason of the first cell that cannot be read. A column that the file does not have leaves no field. */
function parseRow(
  { places, form }: { readonly places: Places; readonly form: Form },
  cells: TableLine["cells"],
) {
  const reasons: string[] = [];
  const field = <Name extends keyof MasterRow, T>(
    name: Name,
    column: Column,
    parse: (cell: string) => T | null,
    reason: string,
  ): Partial<Record<Name, T | null>> => {
    const place = places.get(column);
    const cell = cellAt(cells, place);
    const value = cell === "" || cell === "-" ? null : parse(cell);
    if (value === null && cell !== "" && cell !== "-") {
      reasons.push(reason);
    }
    const fields: Partial<Record<Name, T | null>> = {};
    if (place !== undefined) {
      fields[name] = value;
    }
    return fields;
  };
  const shares = (cell: string): number | null => {
    const count = form.number(cell);
    return count === null || count < 0 ? null : count;
  };
  const key = form.ticker(cellAt(cells, places.get("ticker")));
  // The text of the cell: whether it is a ticker of the exchange is for the import to judge.
  const row: MasterRow = {
    ticker: tickerOf(key ?? ""),
    ...field("name", "name", short, "too_long"),
    ...field("nameEn", "name_en", short, "too_long"),
    ...field("industry", "industry", short, "too_long"),
    ...field("department", "department", short, "too_long"),
    ...field("market", "market", marketOf, "unknown_market"),
    ...field("kind", "kind", kindOf, "unknown_kind"),
    ...field("notice", "notice", noticeOf, "unknown_notice"),
    ...field("listedOn", "listed_on", (cell) => form.day(cell) ?? parseTradingDay(cell), "bad_date"),
    ...field("listedShares", "listed_shares", shares, "not_a_number"),
  };
  return key === null ? "bad_ticker" : (reasons[0] ?? row);
}

/** A file with tickers and any other column of a master. `file`: its name. */
export function readInstruments(
  bytes: Uint8Array,
  file: string | null,
): ReadFile<MasterRow> | UnreadableFile {
  const table = readTable(bytes, COLUMNS, 2, file ?? undefined);
  if ("unreadable" in table) {
    return table;
  }
  const { places } = table;
  if (!places.has("ticker") || places.size < 2) {
    const missing = COLUMNS.slice(0, 3).filter((column) => !places.has(column));
    return { unreadable: describeMissing(missing, table) };
  }
  const read = table.read<MasterRow>(({ line, cells }) => {
    const row = parseRow(table, cells);
    return typeof row === "string"
      ? { line, key: cellAt(cells, places.get("ticker")), date: null, reason: row }
      : { line, key: row.ticker, value: row };
  });
  return { ...read, unread: table.unread };
}
