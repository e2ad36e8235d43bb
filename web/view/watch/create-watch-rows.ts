/** Which rows of a list exist, where the focus is among them, and the prices of those near the screen. */
import { type Accessor, createMemo, onCleanup } from "solid-js";
import { createRealtimePrices, type RealtimePrices } from "../../store/realtime-prices.ts";
import { createRoving, listKeys, rove, type Roving } from "../list/create-roving.ts";
import type { ShownRows } from "../list/rows.ts";
import { createShownRows } from "../list/shown-rows.ts";
import { useMarket } from "../market-context.tsx";
import { moveBy, type Watch } from "./create-watch.ts";

/** Rows whose prices are followed together: fewer steps while the reader scrolls, and at most 200 topics of a socket's 512. */
const PRICED = 100;

export interface WatchRows {
  readonly rows: ShownRows;
  readonly roving: Roving;
  readonly prices: RealtimePrices;
  /** Makes the element that holds the rows follow the keys. */
  readonly attach: (element: HTMLElement) => void;
}

/** `height`: pixels of a row before it has been measured. */
export function createWatchRows(
  watch: Watch,
  height: number,
  list: Accessor<HTMLElement | undefined>,
): WatchRows {
  const { live, exchange } = useMarket();
  const ids = watch.tickers;
  const rows = createShownRows({ ids, height, list, kept: () => roving.active() });
  const roving: Roving = createRoving({ ids, scrollTo: rows.scrollTo, list });
  onCleanup(listKeys.use(roving));
  const priced = createMemo(
    () => {
      const pages = new Set(rows.ids().map((id) => Math.floor(rows.index(id) / PRICED)));
      return ids().filter((ticker, i) => pages.has(Math.floor(i / PRICED)) && watch.isShown(ticker));
    },
    [],
    { equals: (a, b) => a.length === b.length && a.toSorted().join() === b.toSorted().join() },
  );
  const prices = createRealtimePrices(live, exchange, priced);

  function onKeyDown(event: KeyboardEvent): void {
    const { target } = event;
    const ticker =
      target instanceof Element ? target.closest<HTMLElement>("[data-row]")?.dataset["row"] : undefined;
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (ticker !== undefined && event.altKey && by !== 0) {
      event.preventDefault();
      moveBy(watch, ticker, by);
      // The row is where it was put, and so is the focus.
      roving.focused(ticker);
      roving.move(0);
    } else if (rove(roving, event)) {
      event.preventDefault();
    }
  }
  const attach = (element: HTMLElement): void => {
    element.addEventListener("keydown", onKeyDown);
  };
  return { rows, roving, prices, attach };
}
