/** How a run ended and why, in the reader's language: also the row which a step of the day left, whose run itself judged nothing. */
import type { RunBody } from "../../../worker/protocol/rest/scan-run.ts";
import type { Dictionary } from "../../i18n/ko.ts";
import type { RuleCopy } from "../../i18n/rule-texts.ts";
import { stepNote, stepOfReason, type StepWords } from "./step-text.ts";

export interface RunEnd {
  /** Whether something was reached, failed, goes on, or there was nothing to do. */
  readonly sign: "done" | "failed" | "running" | "skipped";
  readonly label: string;
  /** `null` where there is none. */
  readonly reason: string | null;
}

const SIGNS = {
  stored: "done",
  closed: "skipped",
  not_ready: "running",
  denied: "failed",
  failed: "failed",
} as const;

export type Ended = Pick<RunBody, "status" | "reason">;

/** A run's own status stands for a row that judged nothing as much as for a scan that was refused: the step knows which. */
export function runEnd(
  { status, reason }: Ended,
  text: Pick<Dictionary, `run_${RunBody["status"]}`>,
  rules: Pick<RuleCopy, "runReasonText">,
  words: StepWords,
): RunEnd {
  const step = reason === null ? null : stepOfReason(reason);
  return step === null
    ? {
        sign: status,
        label: text[`run_${status}`],
        reason: reason === null ? null : rules.runReasonText(reason),
      }
    : {
        sign: SIGNS[step.status],
        label: words.copy.stepStatus[step.status],
        reason: stepNote(step, words),
      };
}
