/** Edges of rules that nothing else stood on: each of these tests ends the life of a broken rule that had survived. */
import { describe, it } from "vitest";
import { barsOf } from "../../testing/builders/bar-builder.ts";
import { verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { live, tickOn } from "../../testing/builders/life-builder.ts";
import { makeBase, makeSignal } from "../../testing/builders/signal-builder.ts";
import { columnsOf } from "../bars/columns.ts";
import { gateOn } from "../scan/gate.ts";
import { tradingDayOf } from "../calendar/trading-day.ts";

describe("edges", () => {
  it("[LCR15] a price that has come back to the pivot is not on pace, whatever its volume", ({ expect }) => {
    const ready = makeSignal({ base: makeBase() });
    const back = live(ready, [tickOn(1, 50_100, 0.3, 1), tickOn(1, 50_000, 0.4, 3)]);
    expect(back.signal).toMatchObject({ state: "TRIGGERED", flags: [] });
  });

  it("[EL3] a median of exactly 3 bn won is what a leader needs", ({ expect }) => {
    const leads = (volume: number): boolean => verdictOn(barsOf(100, () => ({ volume }))).leaderValue;
    expect(leads(300_000)).toBe(true);
    expect(leads(299_999)).toBe(false);
  });

  it("[GT6] exactly 70 is green, exactly 40 is yellow", ({ expect }) => {
    const rows = barsOf(300);
    const day = tradingDayOf(rows.at(-1)?.day ?? 0);
    const flat = columnsOf(rows);
    const rising = columnsOf(barsOf(300, (k) => ({ close: 1_000 + k })));
    // A rising index earns 27.5, a flat one 7.5 for its quiet; breadth earns 35 of its 45 points.
    const broad = { above50: 0.7, above200: 0.7, newHighsLessLows: -0.02, advancers: 0.7, sectors: [] };
    const green = gateOn(day, { KOSPI: rising, KOSDAQ: flat }, broad);
    expect(green).toMatchObject({ level: 70, status: "GREEN" });
    // Two flat ones 15, and breadth 25 of its 45.
    const narrow = { above50: 0.7, above200: 0.3, newHighsLessLows: 0.02, advancers: 0.3, sectors: [] };
    const yellow = gateOn(day, { KOSPI: flat, KOSDAQ: flat }, narrow);
    expect(yellow).toMatchObject({ level: 40, status: "YELLOW" });
  });
});
