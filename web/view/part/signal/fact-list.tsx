/** Names and values as a list of terms: what a card states in numbers. */
import { For, type JSX } from "solid-js";

/** One line: a label and its value, both as they are shown. */
export type Fact = readonly [label: string, value: string];

export function FactList(props: { facts: readonly Fact[] }): JSX.Element {
  return (
    <dl>
      <For each={props.facts}>
        {([label, value]) => (
          <div>
            <dt>{label}</dt>
            <dd class="number">{value}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}
