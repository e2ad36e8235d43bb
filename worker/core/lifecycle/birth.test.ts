import * as fc from "fast-check";
import { describe, it } from "vitest";
import { type BaseShape, buildBase, TEXTBOOK_BASE } from "../../testing/builders/base-builder.ts";
import { makeBase } from "../../testing/builders/signal-builder.ts";
import { makeVerdict } from "../../testing/builders/verdict-builder.ts";
import { assert } from "../assert.ts";
import { born, signalId } from "./birth.ts";
import { columnsOf, type Row } from "../bars/columns.ts";
import type { Step } from "./life-event.ts";
import { PARAMS } from "../params.ts";
import { scan } from "../scan/scan.ts";
import { tradingDayOf } from "../calendar/trading-day.ts";
import type { Verdict } from "../vcp/verdict.ts";

const [FIRST, SECOND, LAST] = TEXTBOOK_BASE.legs;
assert(FIRST && SECOND && LAST, "The textbook base has three legs");
/** The textbook base with a right side that rises slowly: its last ten bars are quiet, whatever the last one does. */
const QUIET: BaseShape = {
  ...TEXTBOOK_BASE,
  legs: [FIRST, SECOND, { ...LAST, fall: 10, rise: 24 }],
  last: -0.015,
};
const ROWS = buildBase(QUIET);
/** The last contraction's high. */
const PIVOT = Math.max(...ROWS.slice(-35).map((row) => row.high));

/** The base with another last bar. */
function ending(last: Partial<Row>): readonly Row[] {
  return ROWS.map((row, i) => (i === ROWS.length - 1 ? { ...row, ...last } : row));
}

function closingAt(close: number, volume = 100_000): readonly Row[] {
  return ending({ open: close, high: close, low: close, close, volume });
}

function verdictOn(rows: readonly Row[]): Verdict {
  const sessions = rows.map((row) => row.day);
  const listing = { ticker: "900010", instrument: null, columns: columnsOf(rows) };
  const result = scan({ listings: [listing], sessions, indices: {}, params: PARAMS, asOf: null });
  const [verdict] = result?.verdicts ?? [];
  assert(verdict, "The market has one share");
  return verdict;
}

function bornOn(rows: readonly Row[]): Step {
  const verdict = verdictOn(rows);
  assert(verdict.detected, `The base is not listed: ${verdict.nearMiss?.rule}`);
  return born(verdict, "KRX", PARAMS);
}

describe("identity", () => {
  it("[LCI1] spells ticker, first high and last high", ({ expect }) => {
    expect(signalId("005930", makeBase())).toBe("005930.20250303.20250421");
    expect(born(makeVerdict(), "DEMO", PARAMS).signal.id).toBe("D00001.20250303.20250421");
  });

  it("[LCI1] gives different patterns different ids and equal ones the same", ({ expect }) => {
    const pattern = fc.record({
      ticker: fc.constantFrom("005930", "00593K", "D00593", "D05930"),
      first: fc.integer({ min: 10_957, max: 10_957 + 40 }),
      last: fc.integer({ min: 10_957, max: 10_957 + 40 }),
    });
    const idOf = ({ ticker, first, last }: { ticker: string; first: number; last: number }): string => {
      const contractions = makeBase().contractions.map((leg, i) => ({
        ...leg,
        highDay: tradingDayOf(i === 0 ? first : last),
      }));
      // Nothing but the dates may enter: neither prices nor the number of bars.
      return signalId(ticker, makeBase({ contractions, pivot: first * 7, bars: last }));
    };
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const same = a.ticker === b.ticker && a.first === b.first && a.last === b.last;
        expect(idOf(a) === idOf(b)).toBe(same);
        expect(idOf(a)).toBe(idOf({ ...a }));
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it("[LCI1] does not depend on how much history stands before the base", ({ expect }) => {
    expect(bornOn(ROWS.slice(15)).signal.id).toBe(bornOn(ROWS).signal.id);
  });
});

describe("birth under the pivot", () => {
  it("[LCR0] is READY up to and at the pivot, with the plan in its first event", ({ expect }) => {
    const at = bornOn(closingAt(PIVOT));
    expect(at.signal).toMatchObject({ state: "READY", reason: "new", base: { pivot: PIVOT, distance: 0 } });
    const { score, grade, base } = at.signal;
    const { footprint, entry, stop } = base;
    const values = { footprint, pivot: PIVOT, entry, stop, score, grade };
    expect(at.transitions).toEqual([
      { day: ROWS.at(-1)?.day, from: null, to: "READY", reason: "new", values },
    ]);
    expect(at.signal).toMatchObject({
      triggeredOn: null,
      sinceTrigger: null,
      sinceBreak: null,
      appliedSeq: 2,
    });
  });

  it("[EL5] is of no board while no master names the ticker", ({ expect }) => {
    const { signal } = bornOn(ROWS);
    expect([signal.market, signal.name]).toEqual([null, "900010"]);
    expect(born({ ...verdictOn(ROWS), market: "KONEX" }, "KRX", PARAMS).signal.market).toBe("KONEX");
  });

  it("[LCR0] takes the state of its base, at every distance", ({ expect }) => {
    const deep = { ...LAST, depth: 0.1, fall: 12, rise: 30 };
    const rows = buildBase({ ...QUIET, gain: 1, legs: [FIRST, { ...SECOND, depth: 0.15 }, deep] });
    const verdicts = Array.from({ length: 30 }, (_, n) => verdictOn(rows.slice(0, rows.length - n)));
    const states = verdicts.flatMap((verdict) => {
      if (!verdict.detected || verdict.base === null) {
        return [];
      }
      const { signal, transitions } = born(verdict, "KRX", PARAMS);
      const isNear = verdict.base.distance >= PARAMS.base.ready.distance;
      expect(signal.state).toBe(isNear ? "READY" : "FORMING");
      expect(transitions).toMatchObject([{ from: null, to: signal.state, reason: "new" }]);
      return signal.state;
    });
    expect(new Set(states)).toEqual(new Set(["READY", "FORMING"]));
  });
});

describe("birth above the pivot", () => {
  const above = Math.ceil((PIVOT + 1) / 100) * 100;

  it.for([
    [1.6, "CONFIRMED"],
    [1.4, "UNCONFIRMED"],
  ] as const)(
    "[LCR1] at %f times the volume of the 50 bars before it is %s",
    ([ratio, state], { expect }) => {
      const mean = ROWS.slice(-51, -1).reduce((sum, row) => sum + row.volume, 0) / 50;
      const step = bornOn(closingAt(above, mean * ratio));
      expect(step.signal).toMatchObject({ state, reason: "new_breakout", volumeOk: state === "CONFIRMED" });
      expect(step.signal).toMatchObject({ sinceTrigger: 0, sinceBreak: 0, triggeredOn: ROWS.at(-1)?.day });
      expect(step.transitions).toMatchObject([{ from: null, to: state, reason: "new_breakout" }]);
    },
  );

  it("[LCR1] counts exactly 1.5 times as volume, and a hair less not", ({ expect }) => {
    const sum = ROWS.slice(-51, -1).reduce((total, row) => total + row.volume, 0);
    // 3 % of the sum is 1.5 times the mean of 50.
    expect(bornOn(closingAt(above, (sum * 3) / 100)).signal.state).toBe("CONFIRMED");
    expect(bornOn(closingAt(above, (sum * 3) / 100 - 1)).signal.state).toBe("UNCONFIRMED");
  });

  it("[LCR1] counts from the first close above the pivot, and remembers its volume", ({ expect }) => {
    const [day1, day2, day3] = [above, above - 200, above + 100].map((close, i) => ({
      ...ending({})[0],
      day: tradingDayOf((ROWS.at(-1)?.day ?? 0) + i + 1),
      open: close,
      high: close,
      low: close,
      close,
      volume: i === 0 ? 900_000 : 50_000,
      value: null,
      shares: null,
      base: null,
    }));
    assert(day1 && day2 && day3, "Three days were made");
    const { signal } = bornOn([...ROWS, day1, day2, day3]);
    expect(signal).toMatchObject({
      state: "CONFIRMED",
      triggeredOn: day1.day,
      sinceTrigger: 2,
      sinceBreak: 2,
    });
  });

  it("[LCR1] is not born more than 5 % above the pivot", ({ expect }) => {
    expect(verdictOn(closingAt(Math.floor((PIVOT * 1.05) / 100) * 100)).detected).toBe(true);
    const extended = verdictOn(closingAt(Math.floor((PIVOT * 1.05) / 100) * 100 + 100));
    expect(extended.detected).toBe(false);
  });
});
