/** The badges of a signal: its grade, and its state. */
import type { JSX } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { useApp } from "../../app-context.tsx";

/** The grade as a letter in a box; the box's weight falls with the grade, its colour means no direction. */
export function GradeBadge(props: { grade: SignalRow["grade"] }): JSX.Element {
  return <span class={`grade grade-${props.grade}`}>{props.grade}</span>;
}

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

/** Where a signal stands in its life: a glyph and a label, so that colour is never needed. */
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
