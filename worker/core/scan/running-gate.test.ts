/** The gate of a running session against the gate of its close: what is the same, and what is withheld. */
import { describe, it } from "vitest";
import { assert } from "../assert.ts";
import { tradingDayOf } from "../calendar/trading-day.ts";
import { barsOf } from "../../testing/builders/bar-builder.ts";
import { type Columns, columnsOf } from "../bars/columns.ts";
import { gateOn } from "./gate.ts";
import { type BreadthFigures, breadthOf, runningGate, type RunningSessionFacts } from "./running-gate.ts";

const ROWS = barsOf(300, (k) => ({ close: 1_000 + k, volume: 1_000 }));
const [BEFORE, TODAY] = ROWS.slice(-2).map((row) => tradingDayOf(row.day));
assert(BEFORE !== undefined && TODAY !== undefined, "There are two sessions");
const CLOSED: Columns = columnsOf(ROWS.slice(0, -1));
const EVENING: BreadthFigures = { above50: 0.5, above200: 0.6, newHighsLessLows: 0.01, advancers: 0.9 };
const BASIS = { indices: { KOSPI: CLOSED, KOSDAQ: CLOSED }, last: { day: BEFORE, breadth: EVENING } };
const PRICE = { price: 1_299, previous: 1_298 };
const NOW: RunningSessionFacts = {
  day: TODAY,
  indices: { KOSPI: PRICE, KOSDAQ: PRICE },
  judged: null,
  advancers: null,
};

describe("the gate of a running session", () => {
  it("[GT8] reads an index at its price of now as the evening would read it as a close", ({ expect }) => {
    const running = runningGate(BASIS, NOW);
    assert(running !== null, "Both indices have a price");
    const whole = columnsOf(ROWS);
    const evening = gateOn(
      TODAY,
      { KOSPI: whole, KOSDAQ: whole },
      { ...EVENING, newHighsLessLows: null, advancers: null, sectors: [] },
    );
    expect(running.gate).toEqual(evening);
    expect(running.meansOf).toBe(BEFORE);
    // A fall of 2 % takes the day's points and the means that it breaks.
    const fallen = runningGate(BASIS, {
      ...NOW,
      indices: { KOSPI: { price: 1_272, previous: 1_298 }, KOSDAQ: PRICE },
    });
    const points = (id: string) => fallen?.gate.components.find((one) => one.id === id)?.points;
    expect(["KOSPI.above20", "KOSPI.above50", "KOSPI.change", "KOSPI.distribution"].map(points)).toEqual([
      0, 0, 0, 5,
    ]);
    expect(fallen?.gate.level).toBeLessThan(running.gate.level ?? 0);
  });

  it("[GT8] withholds an index without a price, and one whose closes do not end where its change begins", ({
    expect,
  }) => {
    const only = runningGate(BASIS, { ...NOW, indices: { KOSDAQ: PRICE } });
    expect([only?.gate.indices.KOSPI, only?.gate.confidence]).toEqual([null, 0.575]);
    expect(
      only?.gate.components.flatMap(({ id, points }) => (id.startsWith("KOSPI") ? [points] : [])),
    ).toEqual(Array.from({ length: 6 }, () => null));
    // The book has no row of the session before.
    const gap = runningGate(BASIS, {
      ...NOW,
      indices: { KOSPI: { price: 1_299, previous: 1_290 }, KOSDAQ: PRICE },
    });
    expect(gap?.gate).toEqual(only?.gate);
    expect(runningGate(BASIS, { ...NOW, indices: {} })).toBeNull();
    expect(runningGate({ indices: {}, last: null }, NOW)).toBeNull();
    // A book that has the session itself is no basis of it.
    const done = { ...BASIS, indices: { KOSPI: columnsOf(ROWS) } };
    expect(runningGate(done, NOW)).toBeNull();
  });

  it("[GT8] takes breadth from the judged session, else the means of the close before and no more", ({
    expect,
  }) => {
    const carried = runningGate(BASIS, NOW);
    expect(carried && breadthOf(carried.gate)).toEqual({
      ...EVENING,
      newHighsLessLows: null,
      advancers: null,
    });
    expect(carried?.gate.confidence).toBe(0.85);
    const counted = runningGate(BASIS, { ...NOW, advancers: 0.4 });
    expect(counted && breadthOf(counted.gate)).toMatchObject({ above50: 0.5, advancers: 0.4 });
    const judged = { above50: 0.1, above200: 0.2, newHighsLessLows: -0.01, advancers: 0.3 };
    const whole = runningGate(BASIS, { ...NOW, judged });
    expect(whole && breadthOf(whole.gate)).toEqual(judged);
    expect([whole?.meansOf, whole?.gate.confidence]).toEqual([TODAY, 1]);
    // A gate of an earlier session states nothing of the close before.
    const old = { ...BASIS, last: { day: tradingDayOf(BEFORE - 1), breadth: EVENING } };
    const without = runningGate(old, NOW);
    expect([without?.meansOf, without?.gate.confidence]).toEqual([null, 0.55]);
  });
});
