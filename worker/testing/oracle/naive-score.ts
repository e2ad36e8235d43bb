/** The score and the grade a second time, from the text of SPEC.md alone. */
import type { Grade, ScoreTerms } from "../../core/vcp/verdict.ts";
import { finalOf, firstOf, type NaiveReading } from "./naive-reading.ts";

/** From nothing at `none` to a sixteenth of 100 at `full`. */
function points(value: number | null, none: number, full: number): number | null {
  return value === null ? null : 6.25 * Math.min(1, Math.max(0, (value - none) / (full - none)));
}

export interface NaiveScoreInput {
  readonly reading: NaiveReading;
  readonly rs: number | null;
  /** MA150 / MA200 - 1. */
  readonly over: number | null;
}

/** SC1 to SC3. */
export function naiveTerms({ reading, rs, over }: NaiveScoreInput): ScoreTerms {
  const x = reading.measures;
  return {
    leaderRs: points(rs, 70, 99),
    leaderTrend: points(over, 0, 0.1),
    leaderAdvance: points(x.smoothness, 0.1, 0.35),
    baseFirst: points(firstOf(reading).depth, 0.4, 0.15),
    baseLast: points(finalOf(reading).depth, 0.12, 0.04),
    baseCount: points(reading.falls.length, 2, 3),
    baseWidest: points(x.widestBar, 5, 2.5),
    quietShelf: points(x.shelf, 3.6, 2),
    quietWidth: points(x.range10, 0.16, 0.06),
    quietWeek: points(x.week, 1.3, 0.6),
    quietRange: points(x.quiet, 1.2, 0.7),
    quietVolume: points(x.dryUp, 1.1, 0.6),
    pivotDistance: points(x.distance, -0.1, -0.02),
    pivotOverhead: points(x.overhead, 0.15, 0),
    rightTime: points(x.rightTime, 0.4, 0.9),
    rightHeight: points(x.rightHeight, 0.4, 1),
  };
}

export function naiveSum(terms: ScoreTerms): number {
  return Object.values({ ...terms }).reduce<number>((total, term: number | null) => total + (term ?? 0), 0);
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
    S: leads && x.score >= 80 && x.lastDepth <= 0.08 && x.dryUp <= 0.9,
    A: leads && x.score >= 70 && x.lastDepth <= 0.1 && x.dryUp <= 1.1,
    B: x.score >= 64 && x.passed >= 7,
    C: true,
    D: true,
  };
  return order.find((grade, i) => i >= worst && meets[grade]) ?? "D";
}
