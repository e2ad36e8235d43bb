/** The scan that should be there and is not: which, why, and what takes over. Without it an old list looks like a new one. */
import { type JSX, Show } from "solid-js";
import type { MissingScan } from "../../../../worker/protocol/rest/day-step.ts";
import { useApp } from "../../app-context.tsx";
import { useRuleCopy } from "../../labels/rule-copy.ts";
import { useStatusCopy } from "../../labels/status-copy.ts";
import { stepLine } from "../../labels/step-text.ts";
import "../../style/pages.css";

export function MissingNotice(props: { missing: MissingScan; linked: boolean }): JSX.Element {
  const { format } = useApp();
  const rules = useRuleCopy();
  const copy = useStatusCopy();
  const time = (iso: string): string => `${format().time(iso)} ${copy().kst}`;
  const was = (): string => {
    const { session, due_at: due } = props.missing;
    return session === null
      ? copy().missingWasEvening(time(due))
      : copy().missingWas(format().day(session), time(due));
  };
  const why = (): string => {
    const { has_rows: hasRows, outcome, reason } = props.missing;
    if (hasRows) {
      return reason === null ? copy().scanNotBegun : copy().scanRefused(rules().runReasonText(reason));
    }
    if (outcome !== null) {
      return `${stepLine(outcome, { copy: copy(), format: format() })}.`;
    }
    return isPastWindow(props.missing) ? copy().missedWindow : copy().noOutcome;
  };
  const then = (): string => {
    const { has_rows: hasRows, next } = props.missing;
    if (hasRows) {
      return "";
    }
    if (next === null) {
      return copy().nothingTakes;
    }
    if (next.kind === "history_day") {
      return copy().historyTakes(time(next.at));
    }
    return isPastWindow(props.missing)
      ? copy().morningTakes(time(next.at))
      : copy().askedAgain(time(next.at));
  };
  return (
    <div class="notice warn missing-scan">
      <p>
        <b>{was()}</b> {why()} {then()}
      </p>
      <Show when={props.linked}>
        <a href="/status">{copy().openStatus}</a>
      </Show>
    </div>
  );
}

/** It was due on its own evening, whose prices are not asked for any more. */
function isPastWindow({ session, due_at: due, next }: MissingScan): boolean {
  return session !== null && due.startsWith(session) && next?.kind !== "evening_snapshot";
}
