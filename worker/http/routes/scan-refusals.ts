/** A run that did not take place as a problem: busy, nothing sound to judge, or a store that failed. */
import type { RunOutcome, SkipReason } from "../../app/ports/market-book.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { describeFinding, figuresOf, remedyOf } from "../../core/session/describe-finding.ts";
import type { ProblemFacts } from "../../protocol/rest/problem.ts";
import { encodeReason } from "../../protocol/rest/scan-run.ts";
import { Refusal } from "../request/problem-response.ts";

/** Throws a Refusal unless the run was done. */
export function refuseUndone(outcome: RunOutcome): Extract<RunOutcome, { status: "done" }> {
  switch (outcome.status) {
    case "busy": {
      throw new Refusal("busy", { detail: `Run ${outcome.runId} has not ended.`, run_id: outcome.runId });
    }
    case "skipped": {
      const { run, reason } = outcome;
      const problem = reason.kind === "no_bars" ? "no-bars" : "scan-skipped";
      throw new Refusal(problem, { detail: sentenceOf(reason), run_id: run.id, ...factsOf(reason) });
    }
    case "failed": {
      const { id, reason } = outcome.run;
      const detail = reason === null ? "No reason was given." : encodeReason(reason);
      throw new Refusal("scan-failed", { detail, run_id: id });
    }
    case "done":
      return outcome;
  }
}

/** The reason with what to do about it; the run itself keeps a code. */
function sentenceOf(reason: SkipReason): string {
  if (reason.kind === "no_bars") {
    return "This exchange has no bars yet. Import some: npm run import -- FILE --use, or POST /api/admin/bars.";
  }
  return reason.kind === "no_new_session"
    ? `The session of ${formatTradingDay(reason.day)} has been scanned already.`
    : `Not scanned: ${describeFinding(reason)}. ${remedyOf(reason)}`;
}

/** The members of the problem by which a script recognises a finding. */
function factsOf(reason: SkipReason): Partial<ProblemFacts> {
  return reason.kind === "no_bars" || reason.kind === "no_new_session"
    ? { reason: reason.kind }
    : { reason: reason.kind, figures: figuresOf(reason), remedy: remedyOf(reason) };
}
