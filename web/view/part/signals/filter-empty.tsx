/** A choice that hides every signal: which part of it to lift, and how many signals that brings. */
import { For, type JSX } from "solid-js";
import { EMPTY_TEXTS, type EmptyTexts } from "../../../i18n/empty-texts.ts";
import type { Dictionary } from "../../../i18n/ko.ts";
import { useApp } from "../../app-context.tsx";
import type { ListFilter } from "../../filter/create-list-filter.ts";
import type { Dimension } from "../../filter/list-filter.ts";
import { ALL } from "../../filter/list-query.ts";
import { useListName } from "../../labels/watch-texts.ts";

const LABELS = {
  states: "colState",
  grades: "colForm",
  markets: "pickMarket",
  rs: "colRs",
  isNew: "pickNew",
} as const satisfies Readonly<Record<Exclude<Dimension, "list">, keyof Dictionary>>;

/** `openCount`: signals that are open now, which the last button shows. */
export function FilterEmpty(props: { filter: ListFilter; openCount: number }): JSX.Element {
  const { text, format, locale } = useApp();
  const texts = (): EmptyTexts => EMPTY_TEXTS[locale()];
  const nameOfList = useListName();
  const label = (dimension: Dimension): string =>
    dimension === "list" ? nameOfList(props.filter.query().list) : text()[LABELS[dimension]];
  return (
    <div class="empty">
      <h3>{texts().filterEmptyTitle}</h3>
      <p>{texts().filterEmptyText}</p>
      <p class="picks">
        <For each={props.filter.filtered().lifts}>
          {({ dimension, count }) => (
            <button
              type="button"
              class="action"
              onClick={() => {
                props.filter.choose({ [dimension]: ALL[dimension] });
              }}
            >
              {texts().filterLift(label(dimension), format().integer(count))}
            </button>
          )}
        </For>
        <button
          type="button"
          class="action"
          onClick={() => {
            props.filter.choose(ALL);
          }}
        >
          {texts().filterShowAll(format().integer(props.openCount))}
        </button>
      </p>
    </div>
  );
}
