/** The list on a wide screen: a table whose less urgent columns leave first when the list narrows. */
import { createSignal, For, type JSX, Show, untrack } from "solid-js";
import type { Dictionary } from "../../../i18n/ko.ts";
import type { RealtimePrices } from "../../../store/realtime-prices.ts";
import { useApp } from "../../app-context.tsx";
import type { ListFilter } from "../../filter/create-list-filter.ts";
import { SORT_LABELS } from "../../filter/sort-labels.ts";
import { pressSort, type Sorting, type SortKey } from "../../filter/list-query.ts";
import type { LiveOrder } from "../../list/create-row-order.ts";
import type { Selection } from "../../list/create-selection.ts";
import { createLiveList } from "../../list/live-list.ts";
import { useMarket } from "../../market-context.tsx";
import { GapRow, SignalTableRow } from "./signal-table-row.tsx";

interface Column {
  readonly sort: SortKey;
  /** `1` leaves first, `0` never, `5` beside a chart that shows it. */
  readonly leaves: 0 | 1 | 2 | 3 | 4 | 5;
  readonly numeric: boolean;
  readonly hint?: keyof Dictionary & `col${string}Hint`;
}

/** In the order of the cells of {@link SignalTableRow}: the price stands next to the name, the distance next to its pivot. */
const COLUMNS: readonly Column[] = [
  { sort: "name", leaves: 0, numeric: false },
  { sort: "price", leaves: 0, numeric: true },
  { sort: "change", leaves: 0, numeric: true },
  { sort: "state", leaves: 0, numeric: false },
  { sort: "form", leaves: 0, numeric: false, hint: "colFormHint" },
  { sort: "distance", leaves: 0, numeric: true },
  { sort: "pivot", leaves: 5, numeric: true },
  { sort: "stop", leaves: 4, numeric: true },
  { sort: "risk", leaves: 3, numeric: true, hint: "colRiskHint" },
  { sort: "footprint", leaves: 2, numeric: false },
  { sort: "dryup", leaves: 1, numeric: true, hint: "colDryUpHint" },
  { sort: "rs", leaves: 4, numeric: true, hint: "colRsHint" },
];

const ROW_HEIGHT = 38;

/** A heading is the button that sorts by its column. */
function Head(props: { column: Column; filter: ListFilter }): JSX.Element {
  const { text } = useApp();
  const { feed } = useMarket();
  const sort = (): Sorting => props.filter.query().sort;
  const order = (): "ascending" | "descending" | undefined =>
    sort().key !== props.column.sort ? undefined : sort().isDescending ? "descending" : "ascending";
  /** Without a feed the column holds closes, which are no present prices. */
  const label = (): string =>
    props.column.sort === "price" && feed()?.state === "none"
      ? text().barClose
      : text()[SORT_LABELS[props.column.sort]];
  return (
    <th
      scope="col"
      class={`leaves-${props.column.leaves} at-${SORT_LABELS[props.column.sort]}`}
      classList={{ number: props.column.numeric }}
      title={props.column.hint && text()[props.column.hint]}
      aria-sort={order()}
    >
      <button
        type="button"
        class="sort"
        onClick={() => {
          props.filter.choose({ sort: pressSort(sort(), props.column.sort) });
        }}
      >
        {label()}
      </button>
    </th>
  );
}

function Heads(props: { filter: ListFilter }): JSX.Element {
  return (
    <thead>
      <tr aria-rowindex="1">
        <For each={COLUMNS}>{(column) => <Head column={column} filter={props.filter} />}</For>
      </tr>
    </thead>
  );
}

export function SignalTable(props: {
  order: LiveOrder;
  prices: RealtimePrices;
  filter: ListFilter;
  selection: Selection;
}): JSX.Element {
  const { text } = useApp();
  const [body, setBody] = createSignal<HTMLTableSectionElement>();
  // Made once for the life of the panel.
  const { order, prices, selection } = untrack(() => props);
  const list = createLiveList({ order, prices, height: ROW_HEIGHT, list: body, selection });
  return (
    <table ref={list.attach} class="signals" aria-rowcount={order.order().ids.length + 1}>
      <caption class="visually-hidden">{text().signalsCaption}</caption>
      <Heads filter={props.filter} />
      <tbody ref={setBody}>
        <For each={list.rows.ids()}>
          {(id) => <Show when={list.row(id)}>{(row) => <SignalTableRow row={row()} list={list} />}</Show>}
        </For>
        <GapRow height={list.rows.gapAfter()} />
      </tbody>
    </table>
  );
}
