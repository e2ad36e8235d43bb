import { describe, it } from "vitest";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { tickerOf } from "../../core/nominal.ts";
import { agreementOf, type Answered, callsOf, intervalsOf, precisionOf, recallOf } from "./agreement.ts";
import { crossValidate, FOLDS, foldsOf, harmonicMean } from "./cross-validation.ts";
import type { JudgedBase, Label, LabelledChart } from "./labels.ts";
import type { Drawing, Finding } from "./law.ts";

const DAY = tradingDayOf(20_000);
const START = tradingDayOf(19_900);
const JUDGED: JudgedBase = { start: START, pivot: 10_000, contractions: 2.5 };
/** A day is a session here. */
const CALENDAR = { sessionsBetween: (from: number, to: number): number => to - from };

function chartOf(ticker: string, label: Label, base: JudgedBase = JUDGED): LabelledChart {
  return { ticker: tickerOf(ticker), day: DAY, label, votes: "1/1/1", base, why: "" };
}

function drawingOf(start: number, pivot: number, legs: number): Drawing {
  const leg = { highDay: START, high: 10_000, lowDay: DAY, low: 9_000 };
  return { start: tradingDayOf(start), pivot, stop: null, legs: Array.from({ length: legs }, () => leg) };
}

function findingOf(listed: boolean, drawing: Drawing | null = null): Finding {
  return { listed, state: null, unmet: listed ? null : "rule", drawing };
}

const answer = (chart: LabelledChart, finding: Finding): Answered => ({ chart, finding });

describe("agreement with the judges", () => {
  it("[GO2] counts the listed of each label; precision and recall are of yes and good", ({ expect }) => {
    const answers = [
      answer(chartOf("000010", "yes"), findingOf(true)),
      answer(chartOf("000020", "good"), findingOf(true)),
      answer(chartOf("000030", "good"), findingOf(false)),
      answer(chartOf("000040", "weak"), findingOf(true)),
      answer(chartOf("000050", "no"), findingOf(true)),
      answer(chartOf("000060", "no"), findingOf(false)),
      answer(chartOf("000070", "no"), findingOf(true)),
    ];
    const found = agreementOf(answers, CALENDAR);
    expect(found.byLabel).toEqual({
      yes: { n: 1, of: 1 },
      good: { n: 1, of: 2 },
      weak: { n: 1, of: 1 },
      no: { n: 2, of: 3 },
    });
    expect([precisionOf(found), recallOf(found)]).toEqual([2 / 5, 2 / 3]);
    expect(callsOf(answers)).toEqual({ listed: 5, hits: 2, positives: 3 });
  });

  it("[GO2] a law that lists nothing has no precision, and charts without a good one no recall", ({
    expect,
  }) => {
    const none = agreementOf([answer(chartOf("000010", "no"), findingOf(false))], CALENDAR);
    expect([precisionOf(none), recallOf(none)]).toEqual([null, null]);
  });

  it("[GO2] compares base start, pivot and count of the hits alone, at their edges", ({ expect }) => {
    const hit = (drawing: Drawing | null, base?: JudgedBase): Answered =>
      answer(chartOf("000010", "good", base), findingOf(true, drawing));
    const found = agreementOf(
      [
        hit(drawingOf(START + 10, 10_150, 3)),
        hit(drawingOf(START - 10, 9_900, 2)),
        hit(drawingOf(START + 11, 10_151, 3)),
        hit(null),
        hit(drawingOf(START, 10_000, 3), { start: null, pivot: null, contractions: null }),
        answer(chartOf("000020", "no"), findingOf(true, drawingOf(START, 10_000, 3))),
        answer(chartOf("000030", "good"), findingOf(false, drawingOf(START, 10_000, 3))),
      ],
      CALENDAR,
    );
    expect(found).toMatchObject({
      start: { n: 2, of: 3 },
      pivot: { n: 2, of: 3 },
      closePivot: { n: 1, of: 3 },
      contractions: { n: 2, of: 3 },
    });
  });

  it("[GO2] intervals draw tickers, so that one share with many charts is one case", ({ expect }) => {
    const many = Array.from({ length: 40 }, () => answer(chartOf("000010", "good"), findingOf(true)));
    const other = answer(chartOf("000020", "no"), findingOf(true));
    const { precision, recall } = intervalsOf([...many, other], 1);
    // Of two tickers a quarter of the draws are the bad one alone, and a quarter the good one alone.
    expect(precision).toEqual({ low: 0, high: 1 });
    expect(recall).toEqual({ low: 1, high: 1 });
    const apart = Array.from({ length: 40 }, (_, i) =>
      answer(chartOf(`1000${String(i).padStart(2, "0")}`, i % 2 === 0 ? "good" : "no"), findingOf(true)),
    );
    const { precision: half } = intervalsOf(apart, 1);
    expect(half?.low).toBeGreaterThan(0.3);
    expect(half?.high).toBeLessThan(0.7);
  });
});

/** Forty tickers of two charts, every other one good; `listed` states what a member lists. */
function memberOf(listed: (index: number) => boolean): readonly Answered[] {
  return Array.from({ length: 80 }, (_, i) => {
    const ticker = `1000${String(i % 40).padStart(2, "0")}`;
    return answer(chartOf(ticker, i % 2 === 0 ? "good" : "no"), findingOf(listed(i)));
  });
}

describe("cross-validation", () => {
  it("[GO3] deals each ticker to one fold, evenly, by the seed", ({ expect }) => {
    const tickers = memberOf(() => true).map(({ chart }) => chart.ticker);
    const folds = foldsOf(tickers, FOLDS, 1);
    const sizes = Array.from(Map.groupBy(folds.values(), (fold) => fold).values(), (all) => all.length);
    expect(sizes).toEqual([8, 8, 8, 8, 8]);
    expect(foldsOf(tickers.toReversed(), FOLDS, 1)).toEqual(folds);
    expect(foldsOf(tickers, FOLDS, 2)).not.toEqual(folds);
  });

  it("[GO3] one set of parameters has the figures of all charts", ({ expect }) => {
    const crossed = crossValidate([memberOf((i) => i % 4 === 0 || i % 2 === 1)], 10);
    expect(crossed.precision?.mean).toBeCloseTo(20 / 60, 12);
    expect(crossed.precision?.sd).toBeCloseTo(0, 12);
    expect(crossed.recall?.mean).toBeCloseTo(0.5, 12);
    expect(crossed.foldPrecision?.sd).toBeGreaterThan(0);
    expect(crossed.chosen).toEqual([50]);
  });

  it("[GO3] takes the best set on the other folds, the first of equals", ({ expect }) => {
    const [all, good] = [memberOf(() => true), memberOf((i) => i % 2 === 0)];
    expect(crossValidate([all, good, good], 3)).toMatchObject({ precision: { mean: 1 }, chosen: [0, 15, 0] });
    expect(crossValidate([all, all], 3).chosen).toEqual([15, 0]);
  });

  it("[GO3] a set that fits one fold by heart is not chosen for it by what it knows of it", ({ expect }) => {
    const folds = foldsOf(
      memberOf(() => true).map(({ chart }) => chart.ticker),
      FOLDS,
      1,
    );
    const foldOf = (i: number): number | undefined => folds.get(`1000${String(i % 40).padStart(2, "0")}`);
    // The plain one lists all. The other is perfect on one fold, and elsewhere misses one good share: better than the
    // plain one on all charts, and worse on those that may choose for that fold.
    const plain = memberOf(() => true);
    for (let own = 0; own < FOLDS; own++) {
      const missed = Array.from({ length: 40 }, (_, i) => i).find((i) => i % 2 === 0 && foldOf(i) !== own);
      const byHeart = memberOf((i) => (foldOf(i) === own ? i % 2 === 0 : i % 40 !== missed));
      expect(harmonicMean(callsOf(byHeart))).toBeGreaterThan(harmonicMean(callsOf(plain)));
      expect(crossValidate([plain, byHeart], 1).chosen).toEqual([1, FOLDS - 1]);
    }
  });

  it("[GO3] chooses by the harmonic mean of precision and recall", ({ expect }) => {
    expect(harmonicMean({ listed: 4, hits: 2, positives: 2 })).toBeCloseTo((2 * 0.5 * 1) / 1.5, 12);
    expect(harmonicMean({ listed: 0, hits: 0, positives: 5 })).toBe(0);
    expect(harmonicMean({ listed: 0, hits: 0, positives: 0 })).toBe(0);
  });
});
