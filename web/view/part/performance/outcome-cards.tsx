/** A list of outcomes on a narrow screen: what each came to beside its name, and all else beneath, with nothing cut. */
import { For, type JSX } from "solid-js";
import { useApp } from "../../app-context.tsx";
import type { CompanyName } from "../../labels/company-name.ts";

export interface OutcomeCard {
  readonly href: string;
  readonly company: CompanyName;
  /** What became of it, as it is shown. */
  readonly result: string;
  /** Labels and values; a missing value is left to the format. */
  readonly facts: readonly (readonly [label: string, value: string])[];
}

export function OutcomeCards(props: { label: string; cards: readonly OutcomeCard[] }): JSX.Element {
  const { naming } = useApp();
  return (
    <ul class="outcome-cards" aria-label={props.label}>
      <For each={props.cards}>
        {(card) => (
          <li>
            <p class="outcome-card-head">
              <a href={card.href} title={naming(card.company).title}>
                {naming(card.company).name} <span class="muted number">{naming(card.company).code}</span>
              </a>
              <b class="number">{card.result}</b>
            </p>
            <dl class="outcome-card-facts">
              <For each={card.facts}>
                {([label, value]) => (
                  <div>
                    <dt>{label}</dt> <dd>{value}</dd>
                  </div>
                )}
              </For>
            </dl>
          </li>
        )}
      </For>
    </ul>
  );
}
