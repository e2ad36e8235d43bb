/** The order of the live list as Solid sees it: who holds the list, when it is sorted again, and the rows that it still shows. */
import { type Accessor, createComputed, createMemo, createSignal, on, onCleanup, untrack } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { RealtimePrices } from "../../store/realtime-prices.ts";
import { sortedIds } from "../filter/list-sort.ts";
import type { Sorting } from "../filter/list-query.ts";
import { nextOrder, type RowOrder } from "./row-order.ts";

/** A list that is not held is sorted by its live prices this often. */
const RESORT_MS = 5_000;
/** A held list states this soon that live prices have made its order old; no row moves by that. */
const CHECK_MS = 1_000;

/** The order of the rows on the page, which lags behind the live values on purpose. */
export interface LiveOrder {
  readonly order: Accessor<RowOrder>;
  /** The row as last known, also after it has left the list. */
  row(id: string): SignalRow | null;
  isGone(id: string): boolean;
  /** The pointer or the focus is in the list. */
  readonly hold: (isHeld: boolean) => void;
  readonly sortNow: () => void;
}

/** How many rows have a price that is no stored close; `settle` ends the counting. */
function createPriced(
  rows: Accessor<readonly SignalRow[]>,
  price: RealtimePrices["price"],
): { readonly priced: Accessor<number>; readonly settle: () => void } {
  const [isFresh, setFresh] = createSignal(true);
  const priced = createMemo(() =>
    isFresh() ? rows().filter(({ ticker }) => (price(ticker)?.at ?? null) !== null).length : 0,
  );
  return { priced, settle: () => setFresh(false) };
}

/** Ends with its owner. */
function every(ms: number, run: () => void): void {
  const timer = setInterval(run, ms);
  onCleanup(() => {
    clearInterval(timer);
  });
}

function isSameOrder(a: RowOrder, b: RowOrder): boolean {
  return a.isOld === b.isOld && a.ids.length === b.ids.length && a.ids.every((id, i) => id === b.ids[i]);
}

/** What is ordered. */
export interface OrderOptions {
  /** The rows that are chosen; a change of the choice alone moves no row that is held. */
  readonly rows: Accessor<readonly SignalRow[]>;
  /** Every row that is known, chosen or not. */
  readonly all: Accessor<readonly SignalRow[]>;
  /** What the reader asked for, as text: when it changes, the order follows, held or not. */
  readonly asked: Accessor<string>;
  /** Runs once, behind the frame that paints the press; the returned function takes it back. */
  readonly behindPress: (run: () => void) => () => void;
  readonly sorting: Accessor<Sorting>;
  readonly price: RealtimePrices["price"];
  /** A name as it is shown. */
  readonly nameOf: (row: SignalRow) => string;
}

/** Sorting with every tick would move rows away under the pointer. */
export function createRowOrder(options: OrderOptions): LiveOrder {
  const { rows, all, asked, sorting, price, nameOf, behindPress } = options;
  const [isHeld, setHeld] = createSignal(false);
  const [order, setOrder] = createSignal<RowOrder>({ ids: [], isOld: false }, { equals: isSameOrder });
  const current = createMemo(() => new Map(all().map((row) => [row.id, row])));
  const known = createMemo<ReadonlyMap<string, SignalRow>>((before) => {
    const shown = new Set(untrack(order).ids);
    const kept = [...before].filter(([id]) => shown.has(id));
    return new Map([...kept, ...current()]);
  }, new Map());

  function sort(held: boolean): void {
    untrack(() => {
      setOrder(nextOrder(order().ids, sortedIds(rows(), sorting(), price, nameOf), held));
    });
  }

  let cancel: (() => void) | null = null;
  createComputed(
    on([rows, current, isHeld, asked], (_, before) => {
      if (before !== undefined && before[3] !== asked()) {
        // The chip or the heading is painted as pressed first: making other rows takes longer than a frame.
        cancel?.();
        cancel = behindPress(() => {
          cancel = null;
          sort(false);
        });
      } else if (cancel === null) {
        sort(isHeld());
      }
    }),
  );
  onCleanup(() => cancel?.());
  const { priced, settle } = createPriced(rows, price);
  // A list just opened is sorted by closes: each batch of first prices puts it right, not only the next regular sorting.
  createComputed(
    on(
      priced,
      () => {
        sort(untrack(isHeld));
      },
      { defer: true },
    ),
  );
  every(RESORT_MS, () => {
    settle();
    sort(untrack(isHeld));
  });
  every(CHECK_MS, () => {
    if (untrack(isHeld)) {
      sort(true);
    }
  });

  return {
    order,
    row: (id) => known().get(id) ?? null,
    isGone: (id) => !current().has(id),
    hold: setHeld,
    sortNow: () => {
      sort(false);
    },
  };
}
