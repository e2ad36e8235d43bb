/** The list on a narrow screen: cards, of which only those near the screen exist. */
import { createSignal, For, type JSX, onCleanup, onMount, Show } from "solid-js";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import type { RealtimePrices } from "../../../store/realtime-prices.ts";
import { useApp } from "../../app-context.tsx";
import type { LiveOrder } from "../../list/create-row-order.ts";
import { createLiveList, type LiveList } from "../../list/live-list.ts";
import { makeListHandlers } from "../../list/list-handlers.ts";
import { listKeys } from "../../list/list-keys.ts";
import { SignalCard } from "./signal-card.tsx";

/** Pixels, with the gap to the next card; each is measured when it is there. */
const CARD_HEIGHT = 190;

function Gap(props: { height: number }): JSX.Element {
  return (
    <Show when={props.height > 0}>
      <li class="gap" aria-hidden="true" style={{ height: `${props.height}px` }} />
    </Show>
  );
}

function CardItem(props: { row: SignalRow; list: LiveList }): JSX.Element {
  const [item, setItem] = createSignal<HTMLLIElement>();
  onMount(() => {
    const made = item();
    if (made) {
      props.list.rows.measure(made);
    }
  });
  return (
    <>
      <Gap height={props.list.rows.gapBefore(props.row.id)} />
      <li
        ref={setItem}
        data-row={props.row.id}
        data-index={props.list.rows.index(props.row.id)}
        onFocusIn={() => {
          props.list.roving.focused(props.row.id);
        }}
      >
        <SignalCard row={props.row} list={props.list} />
      </li>
    </>
  );
}

export function SignalCardList(props: { order: LiveOrder; prices: RealtimePrices }): JSX.Element {
  const { text } = useApp();
  const [element, setElement] = createSignal<HTMLUListElement>();
  // oxlint-disable-next-line solid/reactivity -- both are made once for the life of the panel
  const { order, prices } = props;
  const list = createLiveList({ order, prices, height: CARD_HEIGHT, list: element });
  onCleanup(listKeys.use(list.roving));
  onCleanup(() => {
    order.hold(false);
  });
  return (
    <ul
      ref={setElement}
      class="signal-cards"
      aria-label={text().signalsCaption}
      {...makeListHandlers(order.hold, list.roving)}
    >
      <For each={list.rows.ids()}>
        {(id) => <Show when={list.row(id)}>{(row) => <CardItem row={row()} list={list} />}</Show>}
      </For>
      <Gap height={list.rows.gapAfter()} />
    </ul>
  );
}
