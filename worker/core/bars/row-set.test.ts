import * as fc from "fast-check";
import { it } from "vitest";
import { tradingDayOf } from "../calendar/trading-day.ts";
import { type Row, rowAt } from "./columns.ts";
import {
  absentFields,
  absentMask,
  FILE_FIELDS,
  type FileField,
  RowSet,
  type SupersededRow,
} from "./row-set.ts";

interface Arrival {
  readonly key: string;
  readonly row: Row;
  readonly absent: readonly FileField[];
}

const optional = fc.option(fc.integer({ min: 0, max: 3 }));
const arrival: fc.Arbitrary<Arrival> = fc.record({
  key: fc.constantFrom("000020", "000040"),
  row: fc.record({
    day: fc.integer({ min: 0, max: 6 }).map(tradingDayOf),
    open: fc.constant(1),
    high: fc.constant(2),
    low: fc.constant(1),
    close: fc.integer({ min: 1, max: 9 }),
    volume: fc.constant(5),
    value: optional,
    shares: optional,
    base: optional,
  }),
  absent: fc.subarray([...FILE_FIELDS]),
});

/** What a source without the column states of it. */
function stated({ row, absent }: Arrival): Row {
  return { ...row, ...Object.fromEntries(absent.map((field) => [field, null])) };
}

/** The rule, literally: a map by ticker and day into which the rows are written as they come. */
function naive(arrivals: readonly Arrival[]) {
  const rows = new Map<string, Arrival>();
  const replaced: string[] = [];
  for (const [origin, own] of arrivals.entries()) {
    const id = `${own.key} ${own.row.day}`;
    const before = rows.get(id);
    const kept = own.absent.map((field) => [field, before?.row[field] ?? null]);
    rows.set(id, {
      key: own.key,
      row: { ...own.row, ...Object.fromEntries(kept) },
      absent: own.absent.filter((field) => before?.absent.includes(field) ?? true),
    });
    if (before !== undefined) {
      const earlier = arrivals.findLastIndex(
        (other, i) => i < origin && other.key === own.key && other.row.day === own.row.day,
      );
      replaced.push(`${id} ${earlier}`);
    }
  }
  const ordered = [...rows.values()].toSorted((a, b) =>
    a.key === b.key ? a.row.day - b.row.day : a.key < b.key ? -1 : 1,
  );
  return { ordered, replaced: replaced.toSorted() };
}

it("[CO3] equals a map by ticker and day, in whatever order rows come", ({ expect }) => {
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 40 }), (arrivals) => {
      const set = new RowSet();
      for (const [origin, own] of arrivals.entries()) {
        set.add(own.key, stated(own), absentMask(own.absent), origin);
      }
      expect(set.size).toBe(arrivals.length);
      const superseded: SupersededRow[] = [];
      const found = [...set.drain((row) => superseded.push(row))].flatMap(({ key, columns, absent }) =>
        Array.from(columns.day, (_, i) => ({
          key,
          row: rowAt(columns, i),
          absent: absentFields(absent[i] ?? 0),
        })),
      );
      const { ordered, replaced } = naive(arrivals.map((own) => ({ ...own, row: stated(own) })));
      expect(found).toEqual(ordered);
      expect(superseded.map(({ key, day, origin }) => `${key} ${day} ${origin}`).toSorted()).toEqual(
        replaced,
      );
      expect(set.size).toBe(0);
    }),
    { seed: 31, numRuns: 400 },
  );
});
