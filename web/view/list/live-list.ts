/** All that the rows of the live list read: the order, the prices, which rows exist, and where the focus is. */
import { type Accessor, type JSX, onCleanup } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { RealtimePrices } from "../../store/realtime-prices.ts";
import { createRoving, listKeys, rove, type Roving } from "./create-roving.ts";
import type { LiveOrder } from "./create-row-order.ts";
import type { ShownRows } from "./rows.ts";
import { createShownRows } from "./shown-rows.ts";

type Handler<E extends Event> = JSX.EventHandler<HTMLElement, E>;

interface ListHandlers {
  readonly onPointerEnter: Handler<PointerEvent>;
  readonly onPointerLeave: Handler<PointerEvent>;
  readonly onFocusIn: Handler<FocusEvent>;
  readonly onFocusOut: Handler<FocusEvent>;
  readonly onKeyDown: Handler<KeyboardEvent>;
}

/** The handlers of a list: while the pointer or the focus is in it no row moves, and the arrows walk through it. */
function makeListHandlers(hold: LiveOrder["hold"], roving: Roving): ListHandlers {
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

/** What a table and a list of cards have in common. */
export interface LiveList {
  readonly order: LiveOrder;
  readonly prices: RealtimePrices;
  readonly rows: ShownRows;
  readonly roving: Roving;
  readonly handlers: ListHandlers;
  row(id: string): SignalRow | null;
}

interface Options {
  readonly order: LiveOrder;
  readonly prices: RealtimePrices;
  readonly height: number;
  readonly list: Accessor<HTMLElement | undefined>;
}

/** For the table or for the cards: each has rows of its own height. With its owner end the keys and the hold. */
export function createLiveList({ order, prices, height, list }: Options): LiveList {
  const ids = (): readonly string[] => order.order().ids;
  const rows = createShownRows({ ids, height, list, kept: () => roving.active() });
  const roving: Roving = createRoving({ ids, scrollTo: rows.scrollTo, list });
  onCleanup(listKeys.use(roving));
  onCleanup(() => {
    order.hold(false);
  });
  const handlers = makeListHandlers(order.hold, roving);
  return { order, prices, rows, roving, handlers, row: (id) => order.row(id) };
}
