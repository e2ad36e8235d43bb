/** CO3: the rows of one import as they arrive, put in order ticker by ticker; of two rows of a day the later one counts. */
import { type Columns, REQUIRED_FIELDS, type Row } from "./columns.ts";
import { buildColumns } from "./take-rows.ts";
import { type TradingDay, tradingDayOf } from "../calendar/trading-day.ts";

/** What a file may have beside the required fields; the origin of a row is stated by whoever stores it. */
export const FILE_FIELDS = ["value", "shares", "base"] as const;

/** Name of an optional column of files. */
export type FileField = (typeof FILE_FIELDS)[number];

/** The code of a row's origin, which backups alone name, is stored behind them. */
const FIELDS = [...REQUIRED_FIELDS, ...FILE_FIELDS, "origin"] as const;
const FIRST_OPTIONAL = REQUIRED_FIELDS.length;
/** Behind the fields of a row: the mask of what its source has no column for, and where it came from. */
const ABSENT = FIELDS.length;
const ORIGIN = ABSENT + 1;
const WIDTH = ORIGIN + 1;

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

interface Rows {
  cells: Float64Array<ArrayBuffer>;
  count: number;
}

/** 96 bytes a row, without an object for each: a whole market of years stands in memory once. */
export class RowSet {
  readonly #byKey = new Map<string, Rows>();
  #rows = 0;

  /** Rows added so far, those included that a later one replaces. */
  get size(): number {
    return this.#rows;
  }

  /** `absent` as {@link absentMask}; `origin` is any number by which the caller finds the row again. */
  add(key: string, row: Row, absent: number, origin: number): void {
    const rows = this.#rowsOf(key);
    const at = rows.count * WIDTH;
    FIELDS.forEach((field, i) => {
      rows.cells[at + i] = row[field] ?? Number.NaN;
    });
    rows.cells[at + ABSENT] = absent;
    rows.cells[at + ORIGIN] = origin;
    rows.count += 1;
    this.#rows += 1;
  }

  #rowsOf(key: string): Rows {
    let rows = this.#byKey.get(key);
    if (rows === undefined) {
      rows = { cells: new Float64Array(8 * WIDTH), count: 0 };
      this.#byKey.set(key, rows);
    } else if (rows.cells.length === rows.count * WIDTH) {
      // Transferred, because a copy would leave the old cells in memory until the next collection.
      rows.cells = new Float64Array(rows.cells.buffer.transfer(2 * rows.cells.byteLength));
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

/** The places of the rows by day; rows of one day in the order of their arrival. */
function placesByDay({ cells, count }: Rows): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i).toSorted(
    (a, b) => cells[a * WIDTH]! - cells[b * WIDTH]! || a - b,
  );
}

/** CO1a within one import: what the later row's source has no column for, the earlier row keeps. */
function supersede(cells: Float64Array, earlier: number, later: number): void {
  const [from, to] = [earlier * WIDTH, later * WIDTH];
  const missing = cells[to + ABSENT]!;
  FILE_FIELDS.forEach((_, i) => {
    if ((missing & (1 << i)) !== 0) {
      cells[to + FIRST_OPTIONAL + i] = cells[from + FIRST_OPTIONAL + i]!;
    }
  });
  cells[to + ABSENT] = missing & cells[from + ABSENT]!;
}

function ordered(key: string, rows: Rows, onSuperseded: (row: SupersededRow) => void): OrderedRows {
  const { cells } = rows;
  const places = placesByDay(rows);
  const kept: number[] = [];
  for (const [k, place] of places.entries()) {
    const next = places[k + 1];
    if (next !== undefined && cells[next * WIDTH] === cells[place * WIDTH]) {
      supersede(cells, place, next);
      const day = tradingDayOf(cells[place * WIDTH]!);
      onSuperseded({ key, day, origin: cells[place * WIDTH + ORIGIN]! });
    } else {
      kept.push(place);
    }
  }
  const cell = (place: number, field: (typeof FIELDS)[number]): number =>
    cells[place * WIDTH + FIELDS.indexOf(field)]!;
  const columns = buildColumns(
    kept.length,
    (field) => kept.some((place) => !Number.isNaN(cell(place, field))),
    (field, into) => {
      for (const [row, place] of kept.entries()) {
        into[row] = cell(place, field);
      }
    },
  );
  return {
    key,
    columns,
    absent: Uint8Array.from(kept, (place) => cells[place * WIDTH + ABSENT]!),
  };
}
