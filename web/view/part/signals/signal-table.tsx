/** The list on a wide screen: a table whose less urgent columns leave first when the list narrows. */
import { createSignal, For, type JSX, Show, untrack } from "solid-js";
import type { Dictionary } from "../../../i18n/ko.ts";
import type { RealtimePrices } from "../../../store/realtime-prices.ts";
import { useApp } from "../../app-context.tsx";
import type { LiveOrder } from "../../list/create-row-order.ts";
import { createLiveList } from "../../list/live-list.ts";
import { useMarket } from "../../market-context.tsx";
import { GapRow, SignalTableRow } from "./signal-table-row.tsx";

interface Column {
  readonly label: keyof Dictionary & `col${string}`;
  /** `1` leaves first, `0` never. */
  readonly leaves: 0 | 1 | 2 | 3 | 4;
  readonly numeric: boolean;
  readonly hint?: keyof Dictionary & `col${string}Hint`;
}

/** In the order of the cells of {@link SignalTableRow}: what can be acted on stands next to the name. */
const COLUMNS: readonly Column[] = [
  { label: "colState", leaves: 0, numeric: false },
  { label: "colDistance", leaves: 0, numeric: true },
  { label: "colPrice", leaves: 0, numeric: true },
  { label: "colChange", leaves: 0, numeric: true },
  { label: "colPivot", leaves: 0, numeric: true },
  { label: "colStop", leaves: 4, numeric: true },
  { label: "colRisk", leaves: 3, numeric: true, hint: "colRiskHint" },
  { label: "colFootprint", leaves: 2, numeric: false },
  { label: "colDryUp", leaves: 1, numeric: true, hint: "colDryUpHint" },
  { label: "colRs", leaves: 4, numeric: true, hint: "colRsHint" },
  { label: "colScore", leaves: 0, numeric: true },
];

const ROW_HEIGHT = 48;

function Heads(): JSX.Element {
  const { text } = useApp();
  const { feed } = useMarket();
  /** Without a feed the column holds closes, which are no present prices. */
  const labelOf = (label: Column["label"]): string =>
    label === "colPrice" && feed()?.state === "none" ? text().barClose : text()[label];
  return (
    <thead>
      <tr aria-rowindex="1">
        <th scope="col" class="at-colName">
          {text().colName}
        </th>
        <For each={COLUMNS}>
          {(column) => (
            <th
              scope="col"
              class={`leaves-${column.leaves} at-${column.label}`}
              classList={{ number: column.numeric }}
              title={column.hint && text()[column.hint]}
              aria-sort={column.label === "colDistance" ? "ascending" : undefined}
            >
              {labelOf(column.label)}
            </th>
          )}
        </For>
      </tr>
    </thead>
  );
}

export function SignalTable(props: { order: LiveOrder; prices: RealtimePrices }): JSX.Element {
  const { text } = useApp();
  const [body, setBody] = createSignal<HTMLTableSectionElement>();
  // Both are made once for the life of the panel.
  const { order, prices } = untrack(() => props);
  const list = createLiveList({ order, prices, height: ROW_HEIGHT, list: body });
  return (
    <table class="signals" aria-rowcount={order.order().ids.length + 1} {...list.handlers}>
      <caption class="visually-hidden">{text().signalsCaption}</caption>
      <Heads />
      <tbody ref={setBody}>
        <For each={list.rows.ids()}>
          {(id) => <Show when={list.row(id)}>{(row) => <SignalTableRow row={row()} list={list} />}</Show>}
        </For>
        <GapRow height={list.rows.gapAfter()} />
      </tbody>
    </table>
  );
}
