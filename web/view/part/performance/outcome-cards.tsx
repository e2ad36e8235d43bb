/** A list of outcomes on a narrow screen: what each came to beside its name, and all else beneath, with nothing cut. */
import { For, type JSX } from "solid-js";
import { useApp } from "../../app-context.tsx";
import type { CompanyName } from "../../labels/company-name.ts";
import { type CardFact, CardFacts } from "./card-facts.tsx";

export interface OutcomeCard {
  readonly href: string;
  readonly company: CompanyName;
  /** What became of it, as it is shown. */
  readonly result: string;
  readonly facts: readonly CardFact[];
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
            <CardFacts facts={card.facts} />
          </li>
        )}
      </For>
    </ul>
  );
}
