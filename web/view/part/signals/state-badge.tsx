/** Where a signal stands in its life: a glyph and a label, so that colour is never needed. */
import type { JSX } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { useApp } from "../../app-context.tsx";

type State = SignalRow["state"];

const GLYPHS: Readonly<Record<State, string>> = {
  FORMING: "○",
  READY: "◎",
  TRIGGERED: "●",
  CONFIRMED: "●",
  UNCONFIRMED: "◐",
  SQUAT: "↩",
  EXTENDED: "⤒",
  OVEREXTENDED: "⤒",
  SUSPENDED: "‖",
  FAILED: "✕",
  EXPIRED: "–",
};

export function StateBadge(props: { state: State }): JSX.Element {
  const { text } = useApp();
  return (
    <span class={`state state-${props.state}`}>
      <span class="glyph" aria-hidden="true">
        {GLYPHS[props.state]}
      </span>
      {text()[`state${props.state}`]}
    </span>
  );
}
