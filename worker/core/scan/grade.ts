/** SC8: the one grade function, for REST, sockets and storage. */
import type { GradeGate, Params } from "../params.ts";
import type { SignalState } from "../vcp/signal-state.ts";
import type { Grade } from "../vcp/verdict.ts";

/** What SC8 asks of a signal; fractions and points as they are stored. */
export interface GradeInput {
  readonly score: number;
  readonly passed: number;
  readonly lastDepth: number;
  readonly dryUp: number;
  /** Without one (SC7) nothing that asks for leadership is reached. */
  readonly rs: number | null;
  readonly deep: boolean;
  readonly young: boolean;
  /** Median traded value reaches what S and A ask for (EL3). */
  readonly leaderValue: boolean;
  readonly state: SignalState;
}

/** Best first. */
export const GRADES: readonly Grade[] = ["S", "A", "B", "C", "D"];

/** SC8: the best grade that a state allows. */
export function capOf(state: SignalState): Grade {
  switch (state) {
    case "FAILED":
    case "EXPIRED":
    case "SUSPENDED":
    case "OVEREXTENDED":
      return "D";
    case "EXTENDED":
    case "FORMING":
      return "C";
    case "UNCONFIRMED":
      return "A";
    case "READY":
    case "TRIGGERED":
    case "CONFIRMED":
    case "SQUAT":
      return "S";
  }
}

/** S is the best grade, D the worst. */
export function isAtLeast(grade: Grade, other: Grade): boolean {
  return GRADES.indexOf(grade) <= GRADES.indexOf(other);
}

function worst(grades: readonly Grade[]): Grade {
  return grades.reduce((a, b) => (isAtLeast(a, b) ? b : a), "S");
}

function passes(x: GradeInput, gate: GradeGate): boolean {
  return (
    (x.rs ?? 0) >= gate.rs &&
    x.score >= gate.score &&
    x.passed >= gate.passed &&
    x.lastDepth <= gate.lastDepth &&
    x.dryUp <= gate.dryUp
  );
}

/** The first grade, best first and not above any cap, whose conditions all hold. */
export function gradeOf(x: GradeInput, grades: Params["grades"]): Grade {
  const cap = worst([capOf(x.state), x.deep ? "B" : "S", x.young ? "C" : "S"]);
  if (isAtLeast(cap, "S") && x.leaderValue && passes(x, grades.S)) {
    return "S";
  }
  if (isAtLeast(cap, "A") && x.leaderValue && passes(x, grades.A)) {
    return "A";
  }
  if (isAtLeast(cap, "B") && passes(x, grades.B)) {
    return "B";
  }
  const youngGate = x.young ? { ...grades.C, passed: 0 } : grades.C;
  return isAtLeast(cap, "C") && passes(x, youngGate) ? "C" : "D";
}
