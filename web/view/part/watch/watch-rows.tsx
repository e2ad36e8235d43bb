/** The stocks of a list: a table where there is room, cards of two lines on a narrow screen. */
import { createMemo, createSignal, For, type JSX, Show, untrack } from "solid-js";
import { useApp } from "../../app-context.tsx";
import { createMediaMatch } from "../../environment.ts";
import { useWatchTexts } from "../../labels/watch-texts.ts";
import { fractionOf } from "../../list/row-order.ts";
import type { Watch } from "../../watch/create-watch.ts";
import { createWatchRows, type WatchRows } from "../../watch/create-watch-rows.ts";
import { CardGap, CardRow } from "../signals/card-row.tsx";
import { GapRow } from "../signals/signal-table-row.tsx";
import { ChangeText, PriceText } from "../signals/signal-marks.tsx";
import {
  ROOMY,
  WatchActions,
  WatchDistance,
  WatchName,
  type WatchRowProps,
  WatchSignal,
} from "./watch-cells.tsx";

interface Props {
  readonly watch: Watch;
  readonly onMore: (ticker: string) => void;
}

/** What cells of one stock read; `signal` and `price` of this stock alone. */
function createCells(props: Props & { readonly list: WatchRows; readonly ticker: string }): {
  readonly row: WatchRowProps;
  readonly signal: () => ReturnType<Watch["signal"]>;
  readonly note: () => string;
} {
  const price = createMemo(() => props.list.prices.price(props.ticker));
  const row: WatchRowProps = {
    get watch() {
      return props.watch;
    },
    get ticker() {
      return props.ticker;
    },
    get price() {
      return price();
    },
    get tabindex() {
      return props.list.roving.isActive(props.ticker) ? 0 : -1;
    },
    onMore: () => {
      props.onMore(props.ticker);
    },
  };
  const signal = createMemo(() => props.watch.signal(props.ticker));
  return {
    row,
    signal,
    note: () => props.watch.notes.textOf(props.ticker),
  };
}

function TableRow(props: Props & { list: WatchRows; ticker: string }): JSX.Element {
  const { row, signal, note } = createCells(props);
  return (
    <>
      <GapRow height={props.list.rows.gapBefore(props.ticker)} />
      <tr
        class="signal-row"
        data-row={props.ticker}
        aria-rowindex={props.list.rows.index(props.ticker) + 2}
        onFocusIn={() => {
          props.list.roving.focused(props.ticker);
        }}
      >
        <th scope="row">
          <WatchName {...row} />
        </th>
        <td class="number strong">
          <PriceText live={row.price} close={signal()?.current_price ?? null} />
        </td>
        <td class="number">
          <ChangeText value={fractionOf(row.price?.change_rate)} />
        </td>
        <td>
          <WatchSignal signal={signal()} />
        </td>
        <td class="number">
          <WatchDistance signal={signal()} price={row.price} />
        </td>
        <td class="watch-note" title={note()}>
          {note()}
        </td>
        <td class="number">
          <WatchActions {...row} canMove />
        </td>
      </tr>
    </>
  );
}

/** Pixels, before a row has been measured. */
const HEIGHTS = { row: 38, card: 66 } as const;

export function WatchTable(props: Props): JSX.Element {
  const { text } = useApp();
  const texts = useWatchTexts();
  const roomy = createMediaMatch(ROOMY);
  const [body, setBody] = createSignal<HTMLTableSectionElement>();
  // Made once for the life of the page.
  const list = createWatchRows(
    untrack(() => props.watch),
    HEIGHTS.row,
    body,
  );
  const heads = (): readonly (readonly [text: string, style: string])[] => [
    [text().colName, "at-colName"],
    [texts().price, "at-colPrice number"],
    [texts().change, "at-colPrice number"],
    [texts().signal, "at-watch"],
    [texts().distance, "at-colDistance number"],
    [texts().note, "at-note"],
    [texts().order, `${roomy() ? "at-watch" : "at-actions"} number`],
  ];
  return (
    <table ref={list.attach} class="signals" aria-rowcount={props.watch.tickers().length + 1}>
      <caption class="visually-hidden">{texts().title}</caption>
      <thead>
        <tr aria-rowindex="1">
          <For each={heads()}>
            {([name, style]) => (
              <th scope="col" class={style}>
                {name}
              </th>
            )}
          </For>
        </tr>
      </thead>
      <tbody ref={setBody}>
        <For each={list.rows.ids()}>
          {(ticker) => <TableRow watch={props.watch} onMore={props.onMore} list={list} ticker={ticker} />}
        </For>
        <GapRow height={list.rows.gapAfter()} />
      </tbody>
    </table>
  );
}

function Card(props: Props & { list: WatchRows; ticker: string }): JSX.Element {
  const { row, signal, note } = createCells(props);
  return (
    <CardRow id={props.ticker} list={props.list}>
      <div class="signal-card watch-card">
        <WatchName {...row} />
        <WatchActions {...row} canMove={false} />
        <span class="card-line number">
          <b>
            <PriceText live={row.price} close={signal()?.current_price ?? null} />
          </b>
          <ChangeText value={fractionOf(row.price?.change_rate)} />
          <WatchSignal signal={signal()} />
          <Show when={signal()}>
            <span class="card-to-pivot">
              <WatchDistance signal={signal()} price={row.price} />
            </span>
          </Show>
        </span>
        <Show when={note()}>
          <span class="card-line watch-note muted" title={note()}>
            {note()}
          </span>
        </Show>
      </div>
    </CardRow>
  );
}

export function WatchCards(props: Props): JSX.Element {
  const texts = useWatchTexts();
  const [element, setElement] = createSignal<HTMLUListElement>();
  const list = createWatchRows(
    untrack(() => props.watch),
    HEIGHTS.card,
    element,
  );
  return (
    <ul
      ref={(made) => {
        setElement(made);
        list.attach(made);
      }}
      class="signal-cards"
      aria-label={texts().title}
    >
      <For each={list.rows.ids()}>
        {(ticker) => <Card watch={props.watch} onMore={props.onMore} list={list} ticker={ticker} />}
      </For>
      <CardGap height={list.rows.gapAfter()} />
    </ul>
  );
}
