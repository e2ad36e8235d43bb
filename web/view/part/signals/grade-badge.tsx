/** The grade as a letter in a box; the box's weight falls with the grade, its colour means no direction. */
import type { JSX } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";

export function GradeBadge(props: { grade: SignalRow["grade"] }): JSX.Element {
  return <span class={`grade grade-${props.grade}`}>{props.grade}</span>;
}
