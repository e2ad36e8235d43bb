/** The score and the grade a second time, from the text of SPEC.md alone. */
import type { Grade, ScoreTerms } from "../../core/vcp/verdict.ts";
import { finalOf, firstOf, type NaiveReading } from "./naive-reading.ts";

const clip = (x: number): number => Math.min(1, Math.max(0, x));

export interface NaiveScoreInput {
  readonly reading: NaiveReading;
  readonly passed: number;
  readonly rs: number | null;
  /** MA50 / MA200 - 1. */
  readonly over: number | null;
}

/** SC1 to SC7. */
export function naiveTerms({ reading, passed, rs, over }: NaiveScoreInput): ScoreTerms {
  const { measures, quiet, dryUp } = reading;
  const measured = (name: keyof typeof measures): number => measures[name] ?? Number.NaN;
  const last = finalOf(reading).depth;
  return {
    leaderRs: rs === null ? null : 15 * clip((rs - 70) / 29),
    leaderTemplate: passed === 8 ? 5 : 0,
    leaderTrend: over === null ? null : 10 * clip((over - 0.03) / 0.17),
    contractionLast: 8 * clip((0.12 - last) / 0.09),
    contractionRatio: 5 * clip((0.8 - last / firstOf(reading).depth) / 0.5),
    quietRange: 10 * clip((1.15 - quiet) / 0.45),
    quietVolume: 10 * clip((1.05 - dryUp) / 0.5),
    quietTightness: 5 * clip((3.2 - measured("shelf")) / 1.5),
    quietWidest: 7 * clip((4 - measured("widestBar")) / 2),
    pivotOverhead: 10 * clip((0.15 - measured("overhead")) / 0.15),
    pivotDistance: 8 * clip((measured("distance") + 0.08) / 0.06),
    rightSide: 7 * clip((measured("rightTime") - 0.4) / 0.4),
  };
}

export function naiveSum(terms: ScoreTerms): number {
  return Object.values({ ...terms }).reduce<number>((total, points: number | null) => total + (points ?? 0), 0);
}

export interface NaiveGradeInput {
  readonly score: number;
  readonly passed: number;
  readonly lastDepth: number;
  readonly dryUp: number;
  readonly leaderValue: boolean;
  readonly young: boolean;
  readonly deep: boolean;
  readonly rs: number | null;
  readonly state: string;
}

/** SC8 for a share that is listed: the first grade that passes its own conditions and every cap. */
export function naiveGrade(x: NaiveGradeInput): Grade {
  const caps: Grade[] = ["S"];
  if (["FAILED", "SUSPENDED", "OVEREXTENDED"].includes(x.state)) {
    caps.push("D");
  }
  if (["EXTENDED", "FORMING"].includes(x.state) || x.young) {
    caps.push("C");
  }
  if (x.state === "UNCONFIRMED") {
    caps.push("A");
  }
  if (x.deep || x.rs === null) {
    caps.push("B");
  }
  // "S" to "D" in the order of the grades; the worst cap is the one furthest along.
  const order: readonly Grade[] = ["S", "A", "B", "C", "D"];
  const worst = Math.max(...caps.map((cap) => order.indexOf(cap)));
  const leads = x.passed === 8 && x.leaderValue && (x.rs ?? 0) >= 90;
  const meets: Readonly<Record<Grade, boolean>> = {
    S: leads && x.score >= 80 && x.lastDepth <= 0.08 && x.dryUp <= 0.8,
    A: leads && x.score >= 70 && x.lastDepth <= 0.1 && x.dryUp <= 1,
    B: x.score >= 55 && x.passed >= 7,
    C: true,
    D: true,
  };
  return order.find((grade, i) => i >= worst && meets[grade]) ?? "D";
}
