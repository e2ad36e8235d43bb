/** What a card of outcomes states beneath its head: labels with their values, in one form for a signal and for a group. */
import { For, type JSX } from "solid-js";

/** As they are shown; a missing value is left to the format. */
export type CardFact = readonly [label: string, value: string];

export function CardFacts(props: { facts: readonly CardFact[] }): JSX.Element {
  return (
    <dl class="outcome-card-facts">
      <For each={props.facts}>
        {([label, value]) => (
          <div>
            <dt>{label}</dt> <dd>{value}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}
