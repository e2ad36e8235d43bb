/** CO3: the rows of one import as they arrive, put in order ticker by ticker; of two rows of a day the later one counts. */
import { type Columns, REQUIRED_FIELDS, type Row } from "./columns.ts";
import { buildColumns } from "./take-rows.ts";
import { type TradingDay, tradingDayOf } from "../calendar/trading-day.ts";

/** What a file may have beside the required fields; the origin of a row is stated by whoever stores it. */
export const FILE_FIELDS = ["value", "shares", "base"] as const;

/** Name of an optional column of files. */
export type FileField = (typeof FILE_FIELDS)[number];

/** The code of a row's origin, which backups alone name, is kept as one of them. */
const OPTIONAL = [...FILE_FIELDS, "origin"] as const;
/** Behind the required fields: where a row came from, and the mask of what its source has no column for. */
const STAMP = REQUIRED_FIELDS.length;
const FIRST_OPTIONAL = STAMP + 1;
const MASKS = 2 ** FILE_FIELDS.length;

/** The ordered rows of one ticker. */
export interface OrderedRows {
  readonly key: string;
  readonly columns: Columns;
  /** One {@link absentMask} a row. */
  readonly absent: Uint8Array;
}

/** A row that a later one of its day has taken the place of. */
export interface SupersededRow {
  readonly key: string;
  readonly day: TradingDay;
  /** As it was given to {@link RowSet.add}. */
  readonly origin: number;
}

/** Bit i: the source has no column for `FILE_FIELDS[i]`. */
export function absentMask(fields: readonly FileField[]): number {
  return FILE_FIELDS.reduce((mask, field, i) => (fields.includes(field) ? mask | (1 << i) : mask), 0);
}

/** The fields of an {@link absentMask}. */
export function absentFields(mask: number): readonly FileField[] {
  return FILE_FIELDS.filter((_, i) => (mask & (1 << i)) !== 0);
}

/** The rows of one ticker one after the other, a cell a field. */
interface Rows {
  cells: Float64Array<ArrayBuffer>;
  count: number;
  /** Optional fields that some row has, in the order of their cells. */
  fields: readonly (typeof OPTIONAL)[number][];
}

function widthOf({ fields }: Rows): number {
  return FIRST_OPTIONAL + fields.length;
}

/** 56 bytes a row, and 8 for each optional field that its ticker has, without an object for each: a whole market of years stands in memory once. */
export class RowSet {
  readonly #byKey = new Map<string, Rows>();
  #rows = 0;

  /** Rows added so far, those included that a later one replaces. */
  get size(): number {
    return this.#rows;
  }

  /** `absent` as {@link absentMask}; `origin` is a whole number below 2^50 by which the caller finds the row again. */
  add(key: string, row: Row, absent: number, origin: number): void {
    const rows = this.#rowsOf(key);
    for (const field of OPTIONAL) {
      if ((row[field] ?? null) !== null && !rows.fields.includes(field)) {
        widen(rows, field);
      }
    }
    const width = widthOf(rows);
    const at = rows.count * width;
    if (rows.cells.length < at + width) {
      grow(rows, width);
    }
    REQUIRED_FIELDS.forEach((field, i) => {
      rows.cells[at + i] = row[field];
    });
    rows.cells[at + STAMP] = origin * MASKS + absent;
    rows.fields.forEach((field, i) => {
      rows.cells[at + FIRST_OPTIONAL + i] = row[field] ?? Number.NaN;
    });
    rows.count += 1;
    this.#rows += 1;
  }

  #rowsOf(key: string): Rows {
    let rows = this.#byKey.get(key);
    if (rows === undefined) {
      rows = { cells: new Float64Array(0), count: 0, fields: [] };
      this.#byKey.set(key, rows);
    }
    return rows;
  }

  /** In the order of the keys, days strictly rising. Empties the set, so that the rows never stand in memory twice. */
  *drain(onSuperseded: (row: SupersededRow) => void): Generator<OrderedRows> {
    const keys = [...this.#byKey.keys()].toSorted();
    for (const key of keys) {
      const rows = this.#byKey.get(key);
      this.#byKey.delete(key);
      if (rows !== undefined) {
        yield ordered(key, rows, onSuperseded);
      }
    }
    this.#rows = 0;
  }
}

/** Rows of a ticker that were grown by copying; more of them grow in place. */
const FEW = 64;

/** Makes space for at least one more row. */
function grow(rows: Rows, width: number): void {
  const { buffer } = rows.cells;
  const bytes = (count: number): number => Float64Array.BYTES_PER_ELEMENT * width * count;
  const count = rows.count + Math.max(8, rows.count >> 2);
  if (count <= FEW) {
    rows.cells = new Float64Array(buffer.transfer(bytes(count)));
  } else if (buffer.resizable && bytes(count) <= buffer.maxByteLength) {
    buffer.resize(bytes(count));
  } else {
    // Copied once for many rows: what a copy leaves behind is too small for the next one, and memory is full of holes.
    const cells = new Float64Array(new ArrayBuffer(bytes(count), { maxByteLength: bytes(64 * count) }));
    cells.set(rows.cells);
    rows.cells = cells;
  }
}

/** Gives every row a cell for a field that none of them has. */
function widen(rows: Rows, field: (typeof OPTIONAL)[number]): void {
  const { cells: before, count } = rows;
  const narrow = widthOf(rows);
  rows.fields = [...rows.fields, field];
  const wide = widthOf(rows);
  rows.cells = new Float64Array(wide * count).fill(Number.NaN);
  for (let row = 0; row < count; row++) {
    rows.cells.set(before.subarray(row * narrow, (row + 1) * narrow), row * wide);
  }
}

/** The places of the rows by day; rows of one day in the order of their arrival. */
function placesByDay({ cells, count }: Rows, width: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i).toSorted(
    (a, b) => cells[a * width]! - cells[b * width]! || a - b,
  );
}

/** CO1a within one import: what the later row's source has no column for, the earlier row keeps. */
function supersede({ cells, fields }: Rows, width: number, earlier: number, later: number): void {
  const [from, to] = [earlier * width, later * width];
  const stamp = cells[to + STAMP]!;
  const missing = stamp % MASKS;
  FILE_FIELDS.forEach((field, i) => {
    const place = fields.indexOf(field);
    if ((missing & (1 << i)) !== 0 && place >= 0) {
      cells[to + FIRST_OPTIONAL + place] = cells[from + FIRST_OPTIONAL + place]!;
    }
  });
  cells[to + STAMP] = stamp - missing + (missing & (cells[from + STAMP]! % MASKS));
}

function ordered(key: string, rows: Rows, onSuperseded: (row: SupersededRow) => void): OrderedRows {
  const { cells } = rows;
  const width = widthOf(rows);
  const places = placesByDay(rows, width);
  const kept: number[] = [];
  for (const [k, place] of places.entries()) {
    const next = places[k + 1];
    if (next !== undefined && cells[next * width] === cells[place * width]) {
      supersede(rows, width, place, next);
      const day = tradingDayOf(cells[place * width]!);
      onSuperseded({ key, day, origin: Math.floor(cells[place * width + STAMP]! / MASKS) });
    } else {
      kept.push(place);
    }
  }
  const order = [...REQUIRED_FIELDS, "stamp", ...rows.fields];
  const columns = buildColumns(
    kept.length,
    (field) => order.includes(field),
    (field, into) => {
      const at = order.indexOf(field);
      for (const [row, place] of kept.entries()) {
        into[row] = cells[place * width + at]!;
      }
    },
  );
  const absent = Uint8Array.from(kept, (place) => cells[place * width + STAMP]! % MASKS);
  // Given back at once: a collection would come after the rows of many tickers.
  cells.buffer.transferToFixedLength(0);
  return { key, columns, absent };
}
