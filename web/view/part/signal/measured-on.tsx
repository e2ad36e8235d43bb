/** Of which session's closes a card's figures are, where the price beside them may be of a later one. */
import { type JSX, Show } from "solid-js";
import type { SignalDetail } from "../../../../worker/protocol/rest/signal-detail.ts";
import { useApp } from "../../app-context.tsx";
import { measuredAge } from "../../labels/measured-age.ts";

const LABELS = { before_breakout: "measuredBeforeBreakout", earlier: "measuredEarlier" } as const;

export function MeasuredOn(props: { detail: SignalDetail }): JSX.Element {
  const { text, format } = useApp();
  const parts = (): readonly string[] => {
    const day = props.detail.measured_on;
    const age = measuredAge(props.detail);
    return [
      ...(day === null ? [] : [text().closesOf(format().shortDay(day))]),
      ...(age === "current" ? [] : [text()[LABELS[age]]]),
    ];
  };
  return (
    <Show when={parts().length > 0}>
      <span class="measured-on muted small-note">{parts().join(" · ")}</span>
    </Show>
  );
}
