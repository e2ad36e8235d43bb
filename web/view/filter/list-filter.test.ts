import * as fc from "fast-check";
import { describe, it } from "vitest";
import { LONG_ROWS, rowAt, TODAY } from "../../e2e/stub-long-list.ts";
import { INDEX_CODES } from "../../../worker/core/instrument/instrument.ts";
import { GRADES } from "../../../worker/core/scan/grade.ts";
import { SIGNAL_STATES } from "../../../worker/core/vcp/signal-state.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { type FilterFacts, filterRows, groupOf } from "./list-filter.ts";
import { ACTIONABLE, ALL, type ListQuery, STATE_GROUPS } from "./list-query.ts";

const FIRST = rowAt(LONG_ROWS);
const BEFORE = "2025-06-05";
const SINCE = "2025-06-12T15:40:00.000+09:00";

const row = (i: number): fc.Arbitrary<SignalRow> =>
  fc
    .record({
      state: fc.constantFrom(...SIGNAL_STATES),
      grade: fc.constantFrom(...GRADES),
      market: fc.constantFrom("KOSPI", "KOSDAQ", "KONEX", null),
      rs: fc.option(fc.integer({ min: 1, max: 99 })),
      triggered_on: fc.constantFrom(TODAY, BEFORE, null),
      created_at: fc.constantFrom("2025-06-13T18:20:00.000+09:00", "2025-06-10T18:20:00.000+09:00"),
    })
    .map((fields) => ({ ...FIRST, ...fields, id: `id-${i}`, ticker: String(100_000 + i) }));

const rows = fc
  .integer({ min: 0, max: 25 })
  .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => row(i))));

const query: fc.Arbitrary<ListQuery> = fc.record({
  states: fc.subarray([...STATE_GROUPS]),
  grades: fc.subarray([...GRADES]),
  markets: fc.subarray([...INDEX_CODES]),
  rs: fc.option(fc.constantFrom(50, 80)),
  isNew: fc.boolean(),
  list: fc.constantFrom(null, "starred", "a"),
  sort: fc.constant(ALL.sort),
});

const FACTS: FilterFacts = {
  today: TODAY,
  since: SINCE,
  isOn: (list, ticker) => Number(ticker) % (list === "a" ? 2 : 3) === 0,
};

/** What a choice shows, said without a count. */
function shown(all: readonly SignalRow[], one: ListQuery): number {
  return filterRows(all, one, FACTS).rows.length;
}

describe("the choice of the list", () => {
  it("[UI120] counts on every chip what that chip alone shows beside the other questions", ({ expect }) => {
    fc.assert(
      fc.property(rows, query, (all, one) => {
        const { counts } = filterRows(all, one, FACTS);
        for (const group of STATE_GROUPS) {
          expect(counts.states[group] ?? 0, group).toBe(shown(all, { ...one, states: [group] }));
        }
        for (const grade of GRADES) {
          const ungraded = shown(
            all.filter((any) => ["ended", "halted"].includes(groupOf(any, TODAY))),
            { ...one, grades: [grade] },
          );
          expect(counts.grades[grade] ?? 0, grade).toBe(shown(all, { ...one, grades: [grade] }) - ungraded);
        }
        for (const market of INDEX_CODES) {
          expect(counts.markets[market] ?? 0, market).toBe(shown(all, { ...one, markets: [market] }));
        }
        for (const floor of [1, 80, 90]) {
          expect(counts.rs(floor)).toBe(shown(all, { ...one, rs: floor }));
        }
        expect(counts.isNew).toBe(shown(all, { ...one, isNew: true }));
        expect(counts.isStarred).toBe(shown(all, { ...one, list: "starred" }));
        expect(counts.list).toBe(one.list === null ? 0 : shown(all, one));
      }),
      { numRuns: 300 },
    );
  });

  it("[UI120] gives each signal to one chip of the state, and shows the same rows whatever their order", ({
    expect,
  }) => {
    fc.assert(
      fc.property(rows, query, (all, one) => {
        const each = STATE_GROUPS.map((group) => shown(all, { ...ALL, states: [group] }));
        expect(each.reduce((sum, n) => sum + n, 0)).toBe(all.length);
        const there = new Set(filterRows(all, one, FACTS).rows);
        expect(new Set(filterRows(all.toReversed(), one, FACTS).rows)).toEqual(there);
      }),
    );
  });

  it("[UI120] usually shows what is near its pivot, or touched or broken out today, and no D", ({
    expect,
  }) => {
    const found = filterRows(LONG_ROWS, ACTIONABLE, FACTS).rows;
    expect(found.map(({ state, grade, triggered_on: day }) => `${state} ${grade} ${day ?? ""}`)).toEqual(
      LONG_ROWS.filter(
        ({ state, grade, triggered_on: day }) =>
          grade !== "D" &&
          (state === "READY" || (["TRIGGERED", "CONFIRMED", "UNCONFIRMED"].includes(state) && day === TODAY)),
      ).map(({ state, grade, triggered_on: day }) => `${state} ${grade} ${day ?? ""}`),
    );
    expect(found.length).toBe(15);
  });

  it("[UI120] counts a breakout as today's by the session of its trigger, and as an earlier one where that is unknown", ({
    expect,
  }) => {
    const of = (state: SignalRow["state"], day: string | null, today: string | null = TODAY): string =>
      groupOf({ ...FIRST, state, triggered_on: day }, today);
    expect([of("CONFIRMED", TODAY), of("UNCONFIRMED", TODAY), of("TRIGGERED", null)]).toEqual([
      "today",
      "today",
      "today",
    ]);
    expect([of("CONFIRMED", BEFORE), of("CONFIRMED", null), of("CONFIRMED", TODAY, null)]).toEqual([
      "earlier",
      "earlier",
      "earlier",
    ]);
    // A session that is later than the last scan's.
    expect(of("CONFIRMED", "2025-06-16")).toBe("today");
  });

  it("[UI120a] names each part of a choice whose lifting shows more, and by how many it would", ({
    expect,
  }) => {
    fc.assert(
      fc.property(rows, query, (all, one) => {
        const { lifts } = filterRows(all, one, FACTS);
        const each = (["states", "grades", "markets", "rs", "isNew", "list"] as const).flatMap(
          (dimension) => {
            const count = shown(all, { ...one, [dimension]: ALL[dimension] });
            // Without a choice of states no ended one is shown, so lifting it can take ended ones away.
            const kept = dimension === "states" ? all.filter((any) => groupOf(any, TODAY) !== "ended") : all;
            return count > shown(kept, one) ||
              shown(kept, { ...one, [dimension]: ALL[dimension] }) > shown(kept, one)
              ? [dimension]
              : [];
          },
        );
        expect(new Set(lifts.map(({ dimension }) => dimension))).toEqual(new Set(each));
      }),
      { numRuns: 300 },
    );
    const none = filterRows(LONG_ROWS, { ...ACTIONABLE, list: "starred" }, { ...FACTS, isOn: () => false });
    expect([none.rows, none.lifts]).toEqual([[], [{ dimension: "list", count: 15 }]]);
  });

  it("[UI120] chooses no new signals on a device that was never here before", ({ expect }) => {
    const { rows: found, counts } = filterRows(LONG_ROWS, { ...ALL, isNew: true }, { ...FACTS, since: null });
    expect([found, counts.isNew]).toEqual([[], 0]);
  });
});
