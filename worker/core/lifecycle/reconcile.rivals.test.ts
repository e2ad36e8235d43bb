import { describe, it } from "vitest";
import { session, story } from "../../testing/builders/life-builder.ts";
import { baseAt, NEXT, OLD, scanned, signalOf, reconciled } from "../../testing/replay/ticker-scan.ts";
import { makeVerdict } from "../../testing/builders/verdict-builder.ts";
import { assert } from "../assert.ts";
import { reconcile } from "./reconcile.ts";
import type { Base, Verdict } from "../vcp/verdict.ts";

describe("two patterns of one ticker", () => {
  const waiting = signalOf(OLD);
  /** Scores `points` more than the signal's own pattern, or less. */
  const scoring = (points: number, base: Base, overrides: Partial<Verdict> = {}): Verdict => {
    const plain = makeVerdict({ asOf: session(1), base, ...overrides });
    const { scoreTerms } = plain;
    assert(scoreTerms !== null, "A base has score terms");
    const terms = { ...scoreTerms, contractionRatio: scoreTerms.contractionRatio + points };
    return { ...plain, score: (plain.score ?? 0) + points, scoreTerms: terms };
  };
  /** Overlaps the old base, with another last high. */
  const BESIDE = baseAt("2025-04-21", "2025-05-07", { pivot: 49_000, footprint: "4W 12/6 2T" });

  it.for([
    [-3, "own"],
    [4.99, "own"],
    [5, "best"],
  ] as const)(
    "[LCI3] another pattern that scores %f more: the %s one is taken",
    ([more, taken], { expect }) => {
      const x = {
        ...scanned(OLD, { open: [waiting], incumbent: scoring(0, OLD) }),
        verdict: scoring(more, BESIDE),
      };
      const [step, ...others] = reconcile(x);
      expect(others).toEqual([]);
      expect(step && story(step)).toEqual(taken === "best" ? ["READY>READY revised"] : []);
      expect(step?.signal).toMatchObject({
        id: waiting.id,
        base: { pivot: taken === "best" ? 49_000 : 50_000 },
      });
    },
  );

  it("[LCI3] compares the count of contractions unclipped, as CT10 does", ({ expect }) => {
    const [first, last] = OLD.contractions;
    assert(first && last, "The old base has two contractions");
    const six = { ...OLD, contractions: [first, first, first, first, first, last] };
    const counted = (verdict: Verdict, contractionCount: number): Verdict => {
      const { scoreTerms } = verdict;
      assert(scoreTerms !== null, "A base has score terms");
      return { ...verdict, scoreTerms: { ...scoreTerms, contractionCount } };
    };
    const x = {
      ...scanned(OLD, { open: [waiting], incumbent: counted(scoring(0, six), 8) }),
      verdict: counted(scoring(12, BESIDE), 8 / 3),
    };
    // Shown, the other one leads by 6.7; compared, by 1.3.
    expect(reconcile(x)[0]?.signal).toMatchObject({ base: { pivot: 50_000 } });
  });

  it("[LCI3] takes the best one when the own one does not stand any more, however little it scores", ({
    expect,
  }) => {
    expect(reconciled({ ...scanned(BESIDE, { open: [waiting] }), verdict: scoring(-20, BESIDE) })).toEqual([
      [waiting.id, "READY>READY revised"],
    ]);
    // What the scan looked for was the pattern of an earlier day.
    const other = scoring(0, baseAt("2025-03-03", "2025-03-17"));
    expect(
      reconciled({ ...scanned(BESIDE, { open: [waiting], incumbent: other }), verdict: scoring(1, BESIDE) }),
    ).toEqual([[waiting.id, "READY>READY revised"]]);
  });

  it("[LCI3] keeps the listing by the score of the pattern that was taken", ({ expect }) => {
    const weak = { detected: false, score: 44 };
    const x = scanned(OLD, { open: [waiting], incumbent: scoring(0, OLD, weak) });
    const [step] = reconcile({ ...x, verdict: scoring(4, BESIDE, weak) });
    expect(step?.signal).toMatchObject({ misses: 1, base: { pivot: 50_000 } });
    const [kept] = reconcile({
      ...x,
      incumbent: scoring(0, OLD, { ...weak, score: 45 }),
      verdict: scoring(4, BESIDE),
    });
    expect(kept?.signal).toMatchObject({ misses: 0, score: 45 });
  });

  it("[LCI2] a better pattern that belongs to nothing supersedes the own one, whatever that scores", ({
    expect,
  }) => {
    const x = scanned(NEXT, { open: [waiting], incumbent: scoring(30, OLD) });
    expect(reconciled(x)).toEqual([
      [waiting.id, "READY>EXPIRED superseded"],
      ["D00001.20250422.20250507", "->READY new"],
    ]);
  });

  it("[LCI2] a pattern that comes to nothing supersedes nothing: it is frozen, or has ended before", ({
    expect,
  }) => {
    const frozen = signalOf(NEXT, { state: "SQUAT", sinceTrigger: 2, sinceSquat: 1 });
    const failed = signalOf(NEXT, { state: "FAILED", reason: "BASE_FAIL", endedOn: session(-5) });
    for (const others of [
      { open: [waiting, frozen], ended: [] },
      { open: [waiting], ended: [failed] },
    ]) {
      const stands = reconcile(scanned(NEXT, { ...others, incumbent: scoring(0, OLD) }))[0];
      expect(stands?.signal).toMatchObject({ id: waiting.id, state: "READY", misses: 0 });
      const missed = reconcile(scanned(NEXT, others))[0];
      expect(missed?.signal).toMatchObject({ id: waiting.id, state: "READY", misses: 1 });
      const twice = signalOf(OLD, { misses: 2 });
      const left = reconcile(scanned(NEXT, { ...others, open: [twice, ...others.open.slice(1)] }))[0];
      expect(left?.signal.reason).toBe("left_scan:LCI4");
    }
  });
});
