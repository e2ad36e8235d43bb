/** BK1: a set of columns as one blob, so that a whole series is one row of SQLite and is read without parsing. */
import { assert } from "../../core/assert.ts";
import {
  OPTIONAL_FIELDS,
  REQUIRED_FIELDS,
  type Columns,
  type OptionalField,
} from "../../core/bars/columns.ts";
import { concatenate } from "../../core/bars/take-rows.ts";

/** A row of Durable Object storage holds at most 2 MB, keys and text included. */
export const ROW_LIMIT_BYTES = 2_000_000;

/** Row count (uint32), mask of the optional fields (uint8), format (uint8), spare places (uint16); 8 bytes keep the columns aligned. */
const HEADER_BYTES = 8;
const FORMAT = 1;

// Columns are copied as the machine holds them. Every host of Workers and Node is little-endian; another one fails here.
assert(new Uint8Array(Uint16Array.of(1).buffer)[0] === 1, "Packed columns need a little-endian machine");

/**
 * Header, then the columns as little-endian Float64, required fields first, each followed by `spare` free places
 * for {@link decodeWithTail}. Refuses more than a row can hold.
 */
export function encodeColumns(columns: Columns, spare: number): ArrayBuffer {
  const rows = columns.day.length;
  const present = OPTIONAL_FIELDS.map((field) => columns[field]);
  const packed = [...REQUIRED_FIELDS.map((field) => columns[field]), ...present].filter(
    (column) => column !== null,
  );
  const size = HEADER_BYTES + packed.length * (rows + spare) * Float64Array.BYTES_PER_ELEMENT;
  assert(
    size <= ROW_LIMIT_BYTES,
    `${rows} rows take ${size} bytes; a row of storage holds ${ROW_LIMIT_BYTES}`,
  );
  const blob = new ArrayBuffer(size);
  const header = new DataView(blob);
  header.setUint32(0, rows, true);
  header.setUint8(
    4,
    present.reduce((mask, column, bit) => (column === null ? mask : mask | (1 << bit)), 0),
  );
  header.setUint8(5, FORMAT);
  header.setUint16(6, spare, true);
  const body = new Float64Array(blob, HEADER_BYTES);
  packed.forEach((column, k) => {
    assert(column.length === rows, `A column has ${column.length} rows beside ${rows} days`);
    body.set(column, k * (rows + spare));
  });
  return blob;
}

interface Packed {
  readonly rows: number;
  readonly spare: number;
  readonly present: readonly OptionalField[];
  /** Rows `from` to `to` of every column. */
  readonly view: (from: number, to: number) => Columns;
}

function open(blob: ArrayBuffer | Uint8Array): Packed {
  const bytes = blob instanceof Uint8Array ? blob : new Uint8Array(blob);
  assert(bytes.length >= HEADER_BYTES, `${bytes.length} bytes are no packed columns`);
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const [rows, mask, spare] = [header.getUint32(0, true), header.getUint8(4), header.getUint16(6, true)];
  const present = OPTIONAL_FIELDS.filter((_, bit) => (mask & (1 << bit)) !== 0);
  const values = (REQUIRED_FIELDS.length + present.length) * (rows + spare);
  const size = HEADER_BYTES + values * Float64Array.BYTES_PER_ELEMENT;
  assert(
    header.getUint8(5) === FORMAT && bytes.length === size,
    `Packed columns of ${rows} rows are damaged`,
  );
  const aligned = bytes.byteOffset % Float64Array.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
  const body = new Float64Array(aligned.buffer, aligned.byteOffset + HEADER_BYTES, values);
  const view = (from: number, to: number): Columns => {
    const column = (k: number): Float64Array =>
      body.subarray(k * (rows + spare) + from, k * (rows + spare) + to);
    const optional = (field: OptionalField): Float64Array | null =>
      present.includes(field) ? column(REQUIRED_FIELDS.length + present.indexOf(field)) : null;
    return {
      day: column(0),
      open: column(1),
      high: column(2),
      low: column(3),
      close: column(4),
      volume: column(5),
      value: optional("value"),
      shares: optional("shares"),
      base: optional("base"),
      origin: optional("origin"),
    };
  };
  return { rows, spare, present, view };
}

/** The columns as views on the blob; copied only when the bytes are not aligned. A malformed blob is a broken invariant. */
export function decodeColumns(blob: ArrayBuffer | Uint8Array): Columns {
  const packed = open(blob);
  return packed.view(0, packed.rows);
}

/**
 * The packed rows and then those of the tail. They are written into the blob's spare places when they fit, because
 * copying every series of a market would cost as much as reading them; the blob must not be read again.
 */
export function decodeWithTail(blob: ArrayBuffer, tail: Columns): Columns {
  const { rows, spare, present, view } = open(blob);
  const more = tail.day.length;
  if (more > spare || OPTIONAL_FIELDS.some((field) => tail[field] !== null && !present.includes(field))) {
    return concatenate(view(0, rows), tail);
  }
  const free = view(rows, rows + more);
  for (const field of [...REQUIRED_FIELDS, ...OPTIONAL_FIELDS]) {
    const [into, column] = [free[field], tail[field]];
    if (column === null) {
      into?.fill(Number.NaN);
    } else {
      into?.set(column);
    }
  }
  return view(0, rows + more);
}

/** Folded rows with those of the open days, which are newer (BK6), so that nothing has to be compared; `null` without any. */
export function joinedColumns(folded: ArrayBuffer | null, tail: Columns | null): Columns | null {
  if (folded === null || tail === null) {
    return folded === null ? tail : decodeColumns(folded);
  }
  const columns = decodeWithTail(folded, tail);
  const first = columns.day.length - tail.day.length;
  assert(
    (columns.day[first - 1] ?? 0) < (columns.day[first] ?? 0),
    "An open day is not newer than the folded rows",
  );
  return columns;
}
