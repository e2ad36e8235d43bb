/** A label and what belongs to it, side by side. */
import type { JSX } from "solid-js";

export function FactRow(props: { label: string; children: JSX.Element }): JSX.Element {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
