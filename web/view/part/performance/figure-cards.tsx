/** Rows of figures on a narrow screen: the group and its number of cases, and every figure with its name beneath, with nothing cut. */
import { For, type JSX, Show } from "solid-js";
import type { OutcomeRow } from "../../labels/outcome-row.ts";
import { type CardFact, CardFacts } from "./card-facts.tsx";
import { GroupLink } from "./group-link.tsx";

export interface FigureCard {
  /** Attributes by which a row is found, the same as in the table. */
  readonly marks?: Readonly<Record<`data-${string}`, string>>;
  readonly name: string;
  /** The list behind the figures, where there is one. */
  readonly row?: OutcomeRow | null;
  /** Beside the name, as it is shown. */
  readonly cases?: string;
  readonly facts: readonly CardFact[];
  /** In place of figures, or after them. */
  readonly note?: string;
}

export function FigureCards(props: {
  label: string;
  heading?: string | null;
  cards: readonly FigureCard[];
}): JSX.Element {
  return (
    <>
      <Show when={props.heading}>
        <p class="muted small-note">{props.heading}</p>
      </Show>
      <ul class="outcome-cards" aria-label={props.label}>
        <For each={props.cards}>
          {(card) => (
            <li
              ref={(item) => {
                // Not spread: the code for any attribute would be in the first script of every page.
                for (const [name, value] of Object.entries(card.marks ?? {})) {
                  item.setAttribute(name, value);
                }
              }}
            >
              <p class="outcome-card-head">
                <b>
                  <GroupLink row={card.row ?? null}>{card.name}</GroupLink>
                </b>
                <span class="number">{card.cases}</span>
              </p>
              <CardFacts facts={card.facts} />
              <Show when={card.note}>
                <p class="muted small-note">{card.note}</p>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}
