/** Rows of bars, of shares and of indices, from a file of any form. */
import type { ReadLine, ReadPrices, UnreadableFile } from "../../app/ports/ingest.ts";
import type { RejectedLine } from "../../app/ports/rejected-lines.ts";
import { type Origin, originCode, parseOrigin } from "../../core/bars/origin.ts";
import type { Row } from "../../core/bars/columns.ts";
import { FILE_FIELDS } from "../../core/bars/row-set.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import { cellAt } from "./cells.ts";
import type { Column } from "./columns.ts";
import { dayInName, indexInName, tickerInName } from "./file-name.ts";
import type { Form } from "./forms.ts";
import { describeMissing, type Header, type Places, readTable, type Table, type TableLine } from "./table.ts";
import { indexCodeOf } from "./exchange-terms.ts";

const PRICES = ["open", "high", "low", "close", "volume"] as const;
/** In the order of {@link FILE_FIELDS}. */
const EXTRAS = ["value", "shares", "base_price"] as const;
const FURTHER = [...PRICES, ...EXTRAS, "change", "direction", "period"] as const;
/** `origin` stands in backups only (DY1): what a file of another source holds is stated beside it. */
const BAR_COLUMNS: readonly Column[] = ["ticker", "date", ...FURTHER, "origin"];
const INDEX_COLUMNS: readonly Column[] = ["index", "ticker", "date", ...FURTHER];

/** Codes of the direction under which a change without a sign is a fall. */
const DOWN = new Set(["2", "5"]);

type Numbers = Omit<Row, "day">;

/** `undefined`: the cell holds text that is no number. An empty cell is missing, and so is the dash of the portal. */
function optionalNumber(cell: string, form: Form): number | null | undefined {
  return cell === "" || cell === "-" ? null : (form.number(cell) ?? undefined);
}

/** FR13: where a source gives the change against the base price instead of that price. */
function baseOf(close: number, change: number, direction: string): number | null {
  const base = close - (DOWN.has(direction) ? -Math.abs(change) : change);
  return base > 0 ? base : null;
}

/** A parser for one file: it keeps the places of its columns. `null`: a cell that must be a number is none. */
function makeNumbersParser(places: Places, form: Form): (cells: readonly string[]) => Numbers | null {
  const [open, high, low, close, volume] = PRICES.map((name) => places.get(name));
  const [value, shares, base] = EXTRAS.map((name) => places.get(name));
  const [change, direction] = [places.get("change"), places.get("direction")];
  return (cells) => {
    const number = (at: number | undefined): number | null => form.number(cellAt(cells, at));
    const [o, h, l, c, v] = [number(open), number(high), number(low), number(close), number(volume)];
    if (o === null || h === null || l === null || c === null || v === null) {
      return null;
    }
    const optional = (at: number | undefined) => optionalNumber(cellAt(cells, at), form);
    const [traded, listed, reference] = [optional(value), optional(shares), optional(base)];
    const moved = optional(change);
    if (traded === undefined || listed === undefined || reference === undefined || moved === undefined) {
      return null;
    }
    const derived = moved === null ? null : baseOf(c, moved, cellAt(cells, direction));
    const numbers = { open: o, high: h, low: l, close: c, volume: v };
    return { ...numbers, value: traded, shares: listed, base: reference ?? derived };
  };
}

/** The codes of a file's origins, numbered as they come: `undefined` for none, `null` for text that is no origin. */
function makeOriginParser(origins: Origin[]): (text: string) => number | null | undefined {
  const codes = new Map<string, number | null>();
  return (text) => {
    const known = codes.get(text);
    if (text === "" || known !== undefined) {
      return known;
    }
    const origin = parseOrigin(text);
    const code = origin && originCode(origins.push(origin), origin);
    codes.set(text, code);
    return code;
  };
}

/** The day of each line. Days are kept, because each ticker repeats them. */
function makeDayParser(
  places: Places,
  form: Form,
  inName: TradingDay | null,
): (cells: readonly string[]) => TradingDay | null {
  const date = places.get("date");
  if (date === undefined) {
    return () => inName;
  }
  const known = new Map<string, TradingDay | null>();
  return (cells) => {
    const text = cellAt(cells, date);
    const before = known.get(text);
    if (before !== undefined) {
      return before;
    }
    const day = form.day(text);
    known.set(text, day);
    return day;
  };
}

/** What a key is called, and how it is read from a cell and from the file's name. */
interface KeyRule<Key extends string> {
  readonly column: Column;
  readonly reason: string;
  readonly inCell: (cell: string, form: Form) => Key | null;
  readonly inName: (file: string) => Key | null;
  readonly example: string;
}

interface KeyedRow<Key extends string> {
  readonly key: Key;
  readonly row: Row;
}

/** The lines of a file, each with the key that the rule finds. */
function readKeyed<Key extends string>(
  table: Table,
  rule: KeyRule<Key>,
  file: string | null,
): ReadPrices<KeyedRow<Key>> | UnreadableFile {
  const { places, form } = table;
  const keyPlace = places.get(rule.column) ?? places.get("ticker");
  const keyOfFile = file === null || keyPlace !== undefined ? null : rule.inName(file);
  const dayOfFile = file === null || places.has("date") ? null : dayInName(file);
  const unnamed = missingOf(table, rule, keyPlace !== undefined || keyOfFile !== null, dayOfFile !== null);
  if (unnamed !== null) {
    return { unreadable: unnamed };
  }
  const numbersOf = makeNumbersParser(places, form);
  const dayOf = makeDayParser(places, form, dayOfFile);
  const origins: Origin[] = [];
  const originOf = makeOriginParser(origins);
  const parse = ({ line, cells }: TableLine): ReadLine<KeyedRow<Key>> | RejectedLine | null => {
    const date = cellAt(cells, places.get("date"));
    if (form.headings.includes(date)) {
      return null;
    }
    const cell = cellAt(cells, keyPlace);
    const key = keyOfFile ?? rule.inCell(cell, form);
    if (key === null) {
      return { line, key: cell, date, reason: rule.reason };
    }
    const period = cellAt(cells, places.get("period"));
    if (period !== "" && period.toUpperCase() !== "D") {
      return { line, key, date, reason: "not_daily" };
    }
    const day = dayOf(cells);
    if (day === null) {
      return { line, key, date, reason: "bad_date" };
    }
    const numbers = numbersOf(cells);
    const origin = originOf(cellAt(cells, places.get("origin")));
    if (numbers === null || origin === null) {
      return { line, key, date, reason: numbers === null ? "not_a_number" : "bad_origin" };
    }
    const row = { day, ...numbers, ...(origin !== undefined && { origin }) };
    return { line, key, value: { key, row } };
  };
  const read = { ...table.read(parse), unread: table.unread, absent: absentOf(places) };
  return origins.length === 0 ? read : { ...read, origins };
}

/** CO1a: a base price that follows from the change is a column, too. */
function absentOf(places: Places): ReadPrices<Row>["absent"] {
  return FILE_FIELDS.filter((field, i) => {
    const column = EXTRAS[i];
    const isThere = column !== undefined && places.has(column);
    return !isThere && !(field === "base" && places.has("change"));
  });
}

function missingOf<Key extends string>(
  table: Header,
  rule: KeyRule<Key>,
  hasKey: boolean,
  hasDay: boolean,
): string | null {
  const { places } = table;
  const isDated = places.has("date") || hasDay;
  const missing = [
    ...(hasKey ? [] : [rule.column]),
    ...(isDated ? [] : ["date"]),
    ...PRICES.filter((column) => !places.has(column)),
  ];
  if (missing.length === 0) {
    return null;
  }
  const names = [...(hasKey ? [] : [rule.example]), ...(isDated ? [] : ["2025-06-17.csv"])];
  const inName =
    names.length === 1 && missing.length === 1
      ? `; the file's name may hold it instead: ${names.join("")}`
      : "";
  return `${describeMissing(missing, table)}${inName}`;
}

const SHARES: KeyRule<string> = {
  column: "ticker",
  reason: "bad_ticker",
  inCell: (cell, form) => form.ticker(cell),
  inName: tickerInName,
  example: "005930.csv",
};

const INDICES: KeyRule<IndexCode> = {
  column: "index",
  reason: "bad_index",
  inCell: indexCodeOf,
  inName: indexInName,
  example: "KOSPI.csv",
};

/**
 * `firstLine` is the line number of the first line after the header, so that a chunk's report names the lines of the
 * file. `file` is its name, where a ticker or a day may stand that no column has; `null` when it has none.
 */
export function readBars(
  bytes: Uint8Array,
  firstLine: number,
  file: string | null,
): ReadPrices<Row> | UnreadableFile {
  const table = readTable(bytes, BAR_COLUMNS, firstLine, file ?? undefined);
  const read = "unreadable" in table ? table : readKeyed(table, SHARES, file);
  if ("unreadable" in read) {
    return read;
  }
  return { ...read, lines: read.lines.map(({ line, key, value }) => ({ line, key, value: value.row })) };
}

/** A whole file. A column of tickers counts as one of indices, as index files of the same sources have it. */
export function readIndices(
  bytes: Uint8Array,
  file: string | null,
): ReadPrices<{ readonly code: IndexCode; readonly row: Row }> | UnreadableFile {
  const table = readTable(bytes, INDEX_COLUMNS, 2, file ?? undefined);
  const read = "unreadable" in table ? table : readKeyed(table, INDICES, file);
  if ("unreadable" in read) {
    return read;
  }
  const lines = read.lines.map(({ line, key, value }) => ({
    line,
    key,
    value: { code: value.key, row: value.row },
  }));
  return { ...read, lines };
}
