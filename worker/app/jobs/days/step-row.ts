/** The row that a step leaves in the list of runs: it judged nothing, so no scan is found or repeated by it. */
import type { ScanRun } from "../../ports/scan-ledger.ts";
import { STEP_KINDS } from "../../../core/session/day-step.ts";
import type { DayStep } from "./market-clock.ts";
import { nameOfStep } from "./official-day.ts";
import type { StepOutcome } from "./step-outcome.ts";

/** `official_day 2026-09-14: not_ready, krx has not published it yet`: the page reads it in this form. */
export function reasonOfStep(step: DayStep, { status, text }: StepOutcome): string {
  return `${nameOfStep(step)}: ${status}, ${text}`;
}

/** Whether a run is such a row. */
export function isStepRow({ reason }: Pick<ScanRun, "reason">): boolean {
  return STEP_KINDS.some((kind) => reason?.startsWith(`${kind} `) === true);
}
