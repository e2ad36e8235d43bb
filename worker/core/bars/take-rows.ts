/** Copies rows between columns without building a row object, for merging, appending and folding. */
import { assert } from "../assert.ts";
import {
  OPTIONAL_FIELDS,
  REQUIRED_FIELDS,
  type Columns,
  type OptionalField,
  type RequiredField,
} from "./columns.ts";

/** Which row of which source goes where: output row k is row `at[k]` of `sources[from[k]]`. */
export interface Picks {
  readonly sources: readonly Columns[];
  readonly from: Uint32Array;
  readonly at: Uint32Array;
}

/** `null` instead of a column in which no row has a value. */
function unlessEmpty(column: Float64Array | null): Float64Array | null {
  for (const value of column ?? []) {
    if (!Number.isNaN(value)) {
      return column;
    }
  }
  return null;
}

/** The form every stored set of columns has: an optional field in which no row has a value is `null`. */
export function withoutEmpty(columns: Columns): Columns {
  return {
    ...columns,
    value: unlessEmpty(columns.value),
    shares: unlessEmpty(columns.shares),
    base: unlessEmpty(columns.base),
    origin: unlessEmpty(columns.origin),
  };
}

/** Fresh columns of `rows` rows, as views on one buffer: ten small allocations a ticker would cost more than the copy. */
export function buildColumns(
  rows: number,
  has: (field: OptionalField) => boolean,
  fill: (field: RequiredField | OptionalField, into: Float64Array) => void,
): Columns {
  const present = OPTIONAL_FIELDS.filter((field) => has(field));
  const memory = new Float64Array(rows * (REQUIRED_FIELDS.length + present.length));
  let used = 0;
  const filled = (field: RequiredField | OptionalField): Float64Array => {
    const column = memory.subarray(used, used + rows);
    used += rows;
    fill(field, column);
    return column;
  };
  const optional = (field: OptionalField): Float64Array | null =>
    present.includes(field) ? unlessEmpty(filled(field)) : null;
  return {
    day: filled("day"),
    open: filled("open"),
    high: filled("high"),
    low: filled("low"),
    close: filled("close"),
    volume: filled("volume"),
    value: optional("value"),
    shares: optional("shares"),
    base: optional("base"),
    origin: optional("origin"),
  };
}

/** Copies the picked rows, in the order of the picks, without building a row object. */
export function takeRows(picks: Picks): Columns {
  const { sources, from, at } = picks;
  const lengths = Uint32Array.from(sources, (source) => source.day.length);
  const wrong = at.findIndex((row, k) => row >= (lengths[from[k] ?? sources.length] ?? 0));
  assert(wrong < 0, `Pick ${wrong} names row ${at[wrong]} of source ${from[wrong]}, which does not exist`);
  return buildColumns(
    at.length,
    (field) => sources.some((source) => source[field] !== null),
    (field, into) => {
      const columns = sources.map((source) => source[field]);
      for (let k = 0; k < into.length; k++) {
        into[k] = columns[from[k] ?? 0]?.[at[k] ?? 0] ?? Number.NaN;
      }
    },
  );
}

/** Two sets of rows one after the other. */
export function concatenate(first: Columns, second: Columns): Columns {
  const rows = first.day.length + second.day.length;
  return buildColumns(
    rows,
    (field) => first[field] !== null || second[field] !== null,
    (field, into) => {
      const [a, b] = [first[field], second[field]];
      if (a === null || b === null) {
        into.fill(Number.NaN);
      }
      into.set(a ?? [], 0);
      into.set(b ?? [], first.day.length);
    },
  );
}
