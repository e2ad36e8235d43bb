/** All that the rows of the live list read: the order, the prices, which rows exist, and where the focus is. */
import type { Accessor } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { RealtimePrices } from "../../store/realtime-prices.ts";
import type { LiveOrder } from "./create-row-order.ts";
import { createRoving, type Roving } from "./create-roving.ts";
import { createShownRows } from "./shown-rows.ts";
import { type ShownRows } from "./rows.ts";

export interface LiveList {
  readonly order: LiveOrder;
  readonly prices: RealtimePrices;
  readonly rows: ShownRows;
  readonly roving: Roving;
  row(id: string): SignalRow | null;
}

interface Options {
  readonly order: LiveOrder;
  readonly prices: RealtimePrices;
  readonly height: number;
  readonly list: Accessor<HTMLElement | undefined>;
}

/** Made by the table, and by the cards: each has rows of its own height. */
export function createLiveList({ order, prices, height, list }: Options): LiveList {
  const ids = (): readonly string[] => order.order().ids;
  const rows = createShownRows({ ids, height, list, kept: () => roving.active() });
  const roving: Roving = createRoving({ ids, scrollTo: rows.scrollTo, list });
  return { order, prices, rows, roving, row: (id) => order.row(id) };
}
