/** BK1: a set of columns as one blob, so that a whole series is one row of SQLite and is read without parsing. */
import { assert } from "../core/assert.ts";
import { OPTIONAL_FIELDS, REQUIRED_FIELDS, type Columns, type OptionalField } from "../core/columns.ts";

/** A row of Durable Object storage holds at most 2 MB, keys and text included. */
export const ROW_LIMIT_BYTES = 2_000_000;

/** Row count (uint32), mask of the optional fields (uint16), format (uint16); 8 bytes keep the columns aligned. */
const HEADER_BYTES = 8;
const FORMAT = 1;

// Columns are copied as the machine holds them. Every host of Workers and Node is little-endian; say so if one is not.
assert(new Uint8Array(Uint16Array.of(1).buffer)[0] === 1, "Packed columns need a little-endian machine");

/** Header, then the columns as little-endian Float64, required fields first. Refuses more than a row can hold. */
export function encodeColumns(columns: Columns): ArrayBuffer {
  const rows = columns.day.length;
  const present = OPTIONAL_FIELDS.map((field) => columns[field]);
  const packed = [...REQUIRED_FIELDS.map((field) => columns[field]), ...present].filter(
    (column) => column !== null,
  );
  const size = HEADER_BYTES + packed.length * rows * Float64Array.BYTES_PER_ELEMENT;
  assert(
    size <= ROW_LIMIT_BYTES,
    `${rows} rows take ${size} bytes; a row of storage holds ${ROW_LIMIT_BYTES}`,
  );
  const blob = new ArrayBuffer(size);
  const header = new DataView(blob);
  header.setUint32(0, rows, true);
  header.setUint16(
    4,
    present.reduce((mask, column, bit) => (column === null ? mask : mask | (1 << bit)), 0),
    true,
  );
  header.setUint16(6, FORMAT, true);
  const body = new Float64Array(blob, HEADER_BYTES);
  packed.forEach((column, k) => {
    assert(column.length === rows, `A column has ${column.length} rows beside ${rows} days`);
    body.set(column, k * rows);
  });
  return blob;
}

/** The columns as views on the blob; copied only when the bytes are not aligned. A malformed blob is a broken invariant. */
export function decodeColumns(blob: ArrayBuffer | Uint8Array): Columns {
  const bytes = blob instanceof Uint8Array ? blob : new Uint8Array(blob);
  assert(bytes.length >= HEADER_BYTES, `${bytes.length} bytes are no packed columns`);
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const [rows, mask, format] = [
    header.getUint32(0, true),
    header.getUint16(4, true),
    header.getUint16(6, true),
  ];
  const present = OPTIONAL_FIELDS.filter((_, bit) => (mask & (1 << bit)) !== 0);
  const values = (REQUIRED_FIELDS.length + present.length) * rows;
  const size = HEADER_BYTES + values * Float64Array.BYTES_PER_ELEMENT;
  assert(
    format === FORMAT && bytes.length === size,
    `Packed columns of ${rows} rows in format ${format} are damaged`,
  );
  const aligned = bytes.byteOffset % Float64Array.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
  const body = new Float64Array(aligned.buffer, aligned.byteOffset + HEADER_BYTES, values);
  const column = (k: number): Float64Array => body.subarray(k * rows, (k + 1) * rows);
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
  };
}
