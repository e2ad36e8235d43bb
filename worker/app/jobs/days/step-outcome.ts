/** How a step of the day ended: what its row in the list of runs and the owner's page are made of. */
import type { Answer, SourceId } from "../../ports/market-sources.ts";
import { writeStepNote } from "../../../core/session/step-note.ts";

/** `text` for the owner, without an instant in it, so that the same outcome at another time is the same text. */
export type StepOutcome =
  /** `moved`: rows were added or replaced, so a scan has something to judge. `isKnown`: it states nothing new, and leaves no row. */
  | { readonly status: "stored"; readonly moved: boolean; readonly text: string; readonly isKnown?: boolean }
  /** There was no session. */
  | { readonly status: "closed"; readonly text: string }
  /** May be asked again at the clock's next turn. */
  | { readonly status: "not_ready" | "denied" | "failed"; readonly text: string };

/** Nothing is left to do. */
export function isSettling({ status }: Pick<StepOutcome, "status">): boolean {
  return status === "stored" || status === "closed";
}

/** What an answer without a value comes to. */
export function outcomeOf(source: SourceId, answer: Exclude<Answer<unknown>, { status: "ok" }>): StepOutcome {
  switch (answer.status) {
    case "not_ready": {
      return { status: "not_ready", text: writeStepNote("not_published", { source }) };
    }
    case "closed": {
      return { status: "closed", text: writeStepNote("no_session", { source }) };
    }
    case "denied": {
      return {
        status: "denied",
        text: writeStepNote("denied", { source, why: answer.why, subject: answer.subject }),
      };
    }
  }
}
