/** LC2: moves a signal and logs the move in one place, so that every change has its row. */
import { gradeOf } from "../scan/grade.ts";
import { gradesOf } from "./earlier-grades.ts";
import type { EventValues, Step } from "./life-event.ts";
import type { Params } from "../params.ts";
import { isOpen, type Signal } from "./signal.ts";
import type { SignalState } from "../vcp/signal-state.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import type { Grade } from "../vcp/verdict.ts";

/** SC8 on a signal in a state: caps follow the state. */
export function gradeIn(signal: Signal, state: SignalState, params: Params): Grade {
  return gradeOf(
    {
      score: signal.score,
      passed: signal.passed,
      lastDepth: signal.base.contractions.at(-1)?.depth ?? 1,
      dryUp: signal.base.dryUp,
      rs: signal.rs,
      deep: signal.flags.includes("deep"),
      young: signal.flags.includes("young"),
      leaderValue: signal.leaderValue,
      state,
    },
    gradesOf(signal.paramsVersion, params),
  );
}

/** `signal` (already carrying its new fields) goes to `to`; the step ends with that transition. */
export function move(
  step: Step,
  to: SignalState,
  reason: string,
  day: TradingDay,
  values: EventValues,
  params: Params,
): Step {
  const { signal } = step;
  const moved: Signal = {
    ...signal,
    state: to,
    reason,
    endedOn: isOpen(to) ? null : day,
    grade: gradeIn(signal, to, params),
  };
  return {
    signal: moved,
    transitions: [...step.transitions, { day, from: signal.state, to, reason, values }],
  };
}

/** A step without a transition. */
export function still(signal: Signal): Step {
  return { signal, transitions: [] };
}
