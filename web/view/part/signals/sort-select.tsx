/** The order of the cards, which have no headings: the same columns, and which end comes first. */
import { For, type JSX } from "solid-js";
import { useApp } from "../../app-context.tsx";
import type { ListFilter } from "../../filter/create-list-filter.ts";
import { SORT_LABELS } from "../../filter/sort-labels.ts";
import { pressSort, SORT_KEYS, type Sorting } from "../../filter/list-query.ts";

export function SortSelect(props: { filter: ListFilter }): JSX.Element {
  const { text } = useApp();
  const sort = (): Sorting => props.filter.query().sort;
  return (
    <div class="picks sort-select">
      <select
        aria-label={text().sortLabel}
        onChange={(event) => {
          const key = SORT_KEYS.find((one) => one === event.currentTarget.value) ?? "distance";
          props.filter.choose({ sort: pressSort(sort(), key) });
        }}
      >
        <For each={SORT_KEYS}>
          {(key) => (
            <option value={key} selected={key === sort().key}>
              {text()[SORT_LABELS[key]]}
            </option>
          )}
        </For>
      </select>
      <button
        type="button"
        class="action"
        onClick={() => {
          props.filter.choose({ sort: pressSort(sort(), sort().key) });
        }}
      >
        {sort().isDescending ? text().sortDescending : text().sortAscending}
      </button>
    </div>
  );
}
