/** All that the rows of the live list read: the order, the prices, which rows exist, and where the focus is. */
import type { Accessor, JSX } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { RealtimePrices } from "../../store/realtime-prices.ts";
import { createRoving, rove, type Roving } from "./create-roving.ts";
import type { LiveOrder } from "./create-row-order.ts";
import type { ShownRows } from "./rows.ts";
import { createShownRows } from "./shown-rows.ts";

type Handler<E extends Event> = JSX.EventHandler<HTMLElement, E>;

export interface ListHandlers {
  readonly onPointerEnter: Handler<PointerEvent>;
  readonly onPointerLeave: Handler<PointerEvent>;
  readonly onFocusIn: Handler<FocusEvent>;
  readonly onFocusOut: Handler<FocusEvent>;
  readonly onKeyDown: Handler<KeyboardEvent>;
}

/** The handlers of a list: while the pointer or the focus is in it no row moves, and the arrows walk through it. */
export function makeListHandlers(hold: LiveOrder["hold"], roving: Roving): ListHandlers {
  let hasPointer = false;
  let hasFocus = false;
  const update = (): void => {
    hold(hasPointer || hasFocus);
  };
  return {
    onPointerEnter: (event) => {
      // A finger that has left holds no row, a mouse does.
      hasPointer = event.pointerType === "mouse";
      update();
    },
    onPointerLeave: () => {
      hasPointer = false;
      update();
    },
    onFocusIn: () => {
      hasFocus = true;
      update();
    },
    onFocusOut: (event) => {
      hasFocus = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
      update();
    },
    onKeyDown: (event) => {
      if (rove(roving, event.key)) {
        event.preventDefault();
      }
    },
  };
}

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
