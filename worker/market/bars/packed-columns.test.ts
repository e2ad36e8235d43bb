import * as fc from "fast-check";
import { describe, it } from "vitest";
import { columnsOf, OPTIONAL_FIELDS, REQUIRED_FIELDS, type Columns } from "../../core/bars/columns.ts";
import { arbitraryRows } from "../../testing/builders/arbitrary-rows.ts";
import { decodeColumns, decodeWithTail, encodeColumns, ROW_LIMIT_BYTES } from "./packed-columns.ts";

/** Any numbers: packing does not depend on days and prices. */
function arbitraryColumns(): fc.Arbitrary<Columns> {
  return fc.nat(40).chain((rows) => {
    const column = fc
      .array(fc.double(), { minLength: rows, maxLength: rows })
      .map((xs) => Float64Array.from(xs));
    const optional = fc.option(column);
    return fc.record({
      day: column,
      open: column,
      high: column,
      low: column,
      close: column,
      volume: column,
      value: optional,
      shares: optional,
      base: optional,
      origin: optional,
    });
  });
}

function zeros(rows: number): Columns {
  const column = new Float64Array(rows);
  const required = { day: column, open: column, high: column, low: column, close: column, volume: column };
  return { ...required, value: column, shares: column, base: column, origin: column };
}

describe("packed columns", () => {
  it("[BK1] read as they were written, missing numbers and missing columns included", ({ expect }) => {
    fc.assert(
      fc.property(arbitraryColumns(), fc.nat(20), (columns, spare) => {
        const read = decodeColumns(encodeColumns(columns, spare));
        for (const field of [...REQUIRED_FIELDS, ...OPTIONAL_FIELDS]) {
          const [before, after] = [columns[field], read[field]];
          expect(after === null).toBe(before === null);
          expect([...(after ?? [])].every((x, k) => Object.is(x, before?.[k]))).toBe(true);
          expect(after?.length).toBe(before?.length);
        }
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it("[BK1] are views on an aligned blob and a copy of an unaligned one", ({ expect }) => {
    const blob = encodeColumns(zeros(3), 2);
    expect(decodeColumns(blob).volume.buffer).toBe(blob);
    const shifted = new Uint8Array(blob.byteLength + 3);
    shifted.set(new Uint8Array(blob), 3);
    expect(decodeColumns(shifted.subarray(3))).toEqual(zeros(3));
  });

  it("[BK1] take a tail into their spare places, and are copied when it does not fit there", ({ expect }) => {
    fc.assert(
      fc.property(arbitraryRows(1, 9), arbitraryRows(10, 14), fc.nat(6), (rows, more, spare) => {
        const blob = encodeColumns(columnsOf(rows), spare);
        const whole = decodeWithTail(blob, columnsOf(more));
        expect(whole).toEqual(columnsOf([...rows, ...more]));
        const lacks = OPTIONAL_FIELDS.some(
          (field) => columnsOf(rows)[field] === null && columnsOf(more)[field] !== null,
        );
        expect(whole.day.buffer === blob).toBe(more.length <= spare && !lacks);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it("[BK1] are refused when a row of storage could not hold them", ({ expect }) => {
    const fitting = Math.floor((ROW_LIMIT_BYTES - 8) / (10 * 8));
    expect(encodeColumns(zeros(fitting), 0).byteLength).toBeLessThanOrEqual(ROW_LIMIT_BYTES);
    expect(() => encodeColumns(zeros(fitting), 1)).toThrow("a row of storage holds 2000000");
  });

  it("[BK1] are refused when bytes are missing", ({ expect }) => {
    const blob = encodeColumns(zeros(3), 2);
    expect(() => decodeColumns(blob.slice(0, -8))).toThrow("damaged");
    expect(() => decodeColumns(blob.slice(0, 4))).toThrow("no packed columns");
  });
});
