/** Why a high score stands beside a low grade: the state of a signal allows no better one (SC8). */
import { GRADE_SCORES } from "../../../worker/core/scan/grade-scores.ts";
import { capOf, isAtLeast } from "../../../worker/core/scan/grade.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";

/** The grade that the score alone would reach. */
function gradeOfScore(score: number): SignalRow["grade"] {
  return (["S", "A", "B"] as const).find((grade) => score >= GRADE_SCORES[grade]) ?? "C";
}

/** Whether the state allows no better grade while the score alone would reach one: then the limit is stated beside the grade. */
export function isCapped({ state, grade, score }: Pick<SignalRow, "state" | "grade" | "score">): boolean {
  return grade === capOf(state) && !isAtLeast(grade, gradeOfScore(score));
}
