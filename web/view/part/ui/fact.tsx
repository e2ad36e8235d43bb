/** A label and its value, stacked. */
import type { JSX } from "solid-js";

export function Fact(props: { label: JSX.Element; value: string }): JSX.Element {
  return (
    <div class="fact">
      <dt>{props.label}</dt>
      <dd class="number">{props.value}</dd>
    </div>
  );
}
