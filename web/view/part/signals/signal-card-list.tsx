/** The list on a narrow screen: cards, of which only those near the screen exist, and their order, for which they have no headings. */
import { createMemo, createSignal, For, type JSX, Show, untrack } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import type { RealtimePrices } from "../../../store/realtime-prices.ts";
import { useApp } from "../../app-context.tsx";
import type { ListFilter } from "../../filter/create-list-filter.ts";
import { pressSort, SORT_KEYS, type Sorting } from "../../filter/list-query.ts";
import { SORT_LABELS } from "../../filter/sort-labels.ts";
import type { LiveOrder } from "../../list/create-row-order.ts";
import { createLiveList, type LiveList } from "../../list/live-list.ts";
import { fractionOf, liveDistance } from "../../list/row-order.ts";
import { CardGap, CardRow } from "./card-row.tsx";
import { ChangeText, DistanceBar, PriceText, StateBadge } from "./signal-marks.tsx";
import { FormMark, SignalName } from "./row-marks.tsx";

/** One signal on a narrow screen in two lines: who and in which state; where it stands. The rest is on its page. */
function SignalCard(props: { row: SignalRow; list: LiveList }): JSX.Element {
  const { text, format } = useApp();
  const price = createMemo(() => props.list.prices.price(props.row.ticker));
  const distance = createMemo(() => liveDistance(props.row, price()?.price ?? null));
  const isGone = (): boolean => props.list.order.isGone(props.row.id);
  return (
    <div class="signal-card" classList={{ gone: isGone() }}>
      <SignalName row={props.row} tabindex={props.list.roving.isActive(props.row.id) ? 0 : -1} />
      <span class="card-marks">
        <Show when={!isGone()} fallback={<span class="muted">{text().rowEnded}</span>}>
          <StateBadge state={props.row.state} />
        </Show>
        <FormMark row={props.row} />
      </span>
      <span class="card-line number">
        <b>
          <PriceText live={price()} close={props.row.current_price} />
        </b>
        <ChangeText value={fractionOf(price()?.change_rate)} />
        <span class="card-to-pivot">
          <DistanceBar percent={distance()} />
          <span class="visually-hidden">{text().colDistance}</span>
          <span class="away">{format().rate(distance() / 100)}</span>
        </span>
        <span class="muted" title={text().colRsHint}>
          <span class="visually-hidden">{text().colRs}</span>
          {/* There is no room for the whole name. */}
          <span aria-hidden="true">RS</span> {format().integer(props.row.rs)}
        </span>
      </span>
    </div>
  );
}

/** Pixels, with the gap to the next card; each is measured when it is there. */
const CARD_HEIGHT = 65;

export function SignalCardList(props: { order: LiveOrder; prices: RealtimePrices }): JSX.Element {
  const { text } = useApp();
  const [element, setElement] = createSignal<HTMLUListElement>();
  // Both are made once for the life of the panel.
  const { order, prices } = untrack(() => props);
  const list = createLiveList({ order, prices, height: CARD_HEIGHT, list: element, selection: null });
  return (
    <ul
      ref={(made) => {
        setElement(made);
        list.attach(made);
      }}
      class="signal-cards"
      aria-label={text().signalsCaption}
    >
      <For each={list.rows.ids()}>
        {(id) => (
          <Show when={list.row(id)}>
            {(row) => (
              <CardRow id={row().id} list={list}>
                <SignalCard row={row()} list={list} />
              </CardRow>
            )}
          </Show>
        )}
      </For>
      <CardGap height={list.rows.gapAfter()} />
    </ul>
  );
}

/** The same columns as the headings of the table, and which end comes first. */
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
