/** What a list listens to: while the pointer or the focus is in it its rows stay where they are, and the arrows walk through it. */
import type { JSX } from "solid-js";
import type { LiveOrder } from "./create-row-order.ts";
import { type Roving, rove } from "./create-roving.ts";

type Handler<E extends Event> = JSX.EventHandler<HTMLElement, E>;

export interface ListHandlers {
  readonly onPointerEnter: Handler<PointerEvent>;
  readonly onPointerLeave: Handler<PointerEvent>;
  readonly onFocusIn: Handler<FocusEvent>;
  readonly onFocusOut: Handler<FocusEvent>;
  readonly onKeyDown: Handler<KeyboardEvent>;
}

export function makeListHandlers(hold: LiveOrder["hold"], roving: Roving): ListHandlers {
  let hasPointer = false;
  let hasFocus = false;
  const update = (): void => {
    hold(hasPointer || hasFocus);
  };
  return {
    onPointerEnter: (event) => {
      // A finger leaves nothing behind that a row could jump away from.
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
