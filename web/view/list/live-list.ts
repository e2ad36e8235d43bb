/** All that the rows of the live list read: the order, the prices, which rows exist, and where the focus is. */
import { useBeforeLeave, useNavigate } from "@solidjs/router";
import { type Accessor, onCleanup } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { RealtimePrices } from "../../store/realtime-prices.ts";
import { createRoving, listKeys, rove, type Roving } from "./create-roving.ts";
import { useAnswersTag } from "../flip/answers-tag.ts";
import type { LiveOrder } from "./create-row-order.ts";
import type { Selection } from "./create-selection.ts";
import { createRowFollow } from "./row-follow.ts";
import type { ShownRows } from "./rows.ts";
import { createShownRows } from "./shown-rows.ts";

/** Put on the element one by one: what spreads over it whatever it is given would be in the first script of every page. */
type Attach = (element: HTMLElement) => void;

interface Handled {
  readonly order: LiveOrder;
  readonly roving: Roving;
  readonly selection: Selection | null;
  /** The reader is at a row, and may open it. */
  readonly intend: (id: string | null) => void;
  /** Goes to the address of a row, behind the frame of its press. */
  readonly follow: (href: string) => void;
}

/** The id of the row that an event is about. */
function rowAt(target: EventTarget | null): string | null {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  return row?.dataset["row"] ?? null;
}

/** The row that an event chooses: none where it is at a control within the row, which acts by itself. */
function chosenAt(target: EventTarget | null): string | null {
  const control =
    target instanceof Element ? target.closest("button, summary, label, a, input, select") : null;
  return control === null || control.matches(".row-link") ? rowAt(target) : null;
}

/** Where a plain press on the link of a row leads; `null` for any other press: one with a key opens a tab of its own. */
function linkOf({ target, button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): string | null {
  const isPlain = button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
  const link = isPlain && target instanceof Element ? target.closest("a.row-link") : null;
  return link?.getAttribute("href") ?? null;
}

/** How long the reader must be at a row before what it opens is asked for. */
const INTENT_MS = 120;

/** Asks ahead for what a row opens. */
function createIntent(order: LiveOrder): Handled["intend"] {
  const tag = useAnswersTag();
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => {
    clearTimeout(timer);
  });
  return (id) => {
    clearTimeout(timer);
    const row = id === null ? null : order.row(id);
    if (row !== null) {
      timer = setTimeout(() => {
        // A part that cannot be loaded now is loaded, or its failure shown, when the row is opened.
        import("../flip/fetch-ahead.ts").then(
          ({ askAhead }) => {
            askAhead(tag(), row);
          },
          () => undefined,
        );
      }, INTENT_MS);
    }
  };
}

/** While the pointer or the focus is in the list no row moves, and the arrows walk through it. */
function makeAttach({ order, roving, selection, intend, follow }: Handled): Attach {
  let hasPointer = false;
  let hasFocus = false;
  const update = (): void => {
    order.hold(hasPointer || hasFocus);
  };
  const choose = (id: string | null): void => {
    if (id !== null && selection?.isOn() === true) {
      selection.select(id);
    }
  };
  return (element) => {
    element.addEventListener("pointerenter", (event) => {
      // A finger that has left holds no row, a mouse does.
      hasPointer = event.pointerType === "mouse";
      update();
    });
    element.addEventListener("pointerleave", () => {
      hasPointer = false;
      update();
    });
    element.addEventListener("focusin", ({ target }) => {
      hasFocus = true;
      update();
      choose(chosenAt(target));
      intend(rowAt(target));
    });
    element.addEventListener("focusout", ({ relatedTarget }) => {
      hasFocus = relatedTarget instanceof Node && element.contains(relatedTarget);
      update();
    });
    element.addEventListener("keydown", (event) => {
      if (rove(roving, event)) {
        event.preventDefault();
      }
    });
    element.addEventListener("click", (event) => {
      choose(chosenAt(event.target));
      const href = linkOf(event);
      if (href !== null) {
        // In place of the router, which would make the page of the signal within the frame of the press.
        event.preventDefault();
        follow(href);
      }
    });
    element.addEventListener("pointerover", ({ target }) => {
      intend(rowAt(target));
    });
  };
}

/** What a table and a list of cards have in common. */
export interface LiveList {
  readonly order: LiveOrder;
  readonly prices: RealtimePrices;
  readonly rows: ShownRows;
  readonly roving: Roving;
  /** What stands beside the list; `null` for a form of it that has no room there. */
  readonly selection: Selection | null;
  /** Makes the element that holds the rows follow the reader. */
  readonly attach: Attach;
  row(id: string): SignalRow | null;
}

interface Options {
  readonly order: LiveOrder;
  readonly prices: RealtimePrices;
  readonly height: number;
  readonly list: Accessor<HTMLElement | undefined>;
  readonly selection: Selection | null;
}

/** For the table or for the cards: each has rows of its own height. With its owner end the keys and the hold. */
export function createLiveList({ order, prices, height, list, selection }: Options): LiveList {
  const ids = (): readonly string[] => order.order().ids;
  const rows = createShownRows({ ids, height, list, kept: () => roving.active() });
  const roving: Roving = createRoving({ ids, scrollTo: rows.scrollTo, list });
  onCleanup(listKeys.use(roving));
  onCleanup(() => {
    order.hold(false);
  });
  const follow = createRowFollow(useNavigate());
  useBeforeLeave(follow.leave);
  const attach = makeAttach({ order, roving, selection, intend: createIntent(order), follow: follow.press });
  return { order, prices, rows, roving, selection, attach, row: (id) => order.row(id) };
}
