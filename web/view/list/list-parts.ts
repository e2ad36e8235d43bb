/** What the list is made of: the rows of the stores, the choice of the address, the live prices, and the order that follows from them. */
import { type Accessor, createComputed, createMemo, createSignal } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { Device } from "../../store/device/device.ts";
import { STARRED } from "../../store/device/stars.ts";
import { createRealtimePrices, type RealtimePrices } from "../../store/realtime-prices.ts";
import type { WatchLists } from "../../store/watch/watch-lists.ts";
import { afterFrame } from "../after-frame.ts";
import { useApp } from "../app-context.tsx";
import { createListFilter, type ListFilter } from "../filter/create-list-filter.ts";
import { type FilterFacts, filterRows } from "../filter/list-filter.ts";
import { ACTIONABLE } from "../filter/list-query.ts";
import { shownList } from "../flip/flip-list.ts";
import { useMarket } from "../market-context.tsx";
import { createShortcuts } from "../keys/shortcuts.ts";
import { listKeys } from "./create-roving.ts";
import { createRowOrder, type LiveOrder } from "./create-row-order.ts";
import { createSelection, type Selection } from "./create-selection.ts";

export interface ListParts {
  /** Signals that are open now. */
  readonly open: Accessor<readonly SignalRow[]>;
  readonly filter: ListFilter;
  readonly prices: RealtimePrices;
  readonly order: LiveOrder;
  readonly selection: Selection;
  /** How many the usual choice shows. */
  readonly actionable: Accessor<number>;
  /** This device has been here before. */
  readonly hasVisit: Accessor<boolean>;
}

/** The session whose touches are today's: the running one of a live feed, else the last one with closes. */
function createToday(): Accessor<string | null> {
  const { feed, session } = useMarket();
  return createMemo(() => {
    const live = feed();
    return live?.session === "open" && live.clock !== null
      ? live.clock.slice(0, "2025-06-17".length)
      : session();
  });
}

/** Which shares are on which list; what lists other than the stars hold loads with the first address that names one. */
function createMembership(device: Device): (list: string, ticker: string) => boolean {
  const [lists, setLists] = createSignal<WatchLists | null>(null);
  let isAsked = false;
  return (list, ticker) => {
    if (list === STARRED) {
      return device.stars.has(ticker);
    }
    if (!isAsked) {
      isAsked = true;
      import("../../store/watch/watch-lists.ts").then(
        ({ watchListsOf }) => setLists(() => watchListsOf(device)),
        // Expected offline: the list is shown whole, and the next choice asks again.
        () => {
          isAsked = false;
        },
      );
    }
    return lists()?.has(list, ticker) ?? true;
  };
}

/** What the choice depends on, read anew with each change of it. */
export function createFacts(): FilterFacts {
  const { device } = useApp();
  const { exchange } = useMarket();
  const today = createToday();
  const base = createMemo(() => {
    const active = exchange.active();
    return active === null ? null : device.visits(active).base();
  });
  return {
    get today() {
      return today();
    },
    get since() {
      return base()?.as_of ?? null;
    },
    isOn: createMembership(device),
  };
}

/** The row that has the focus; `null` for none. */
function focusedRow(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("[data-row]") ?? null;
}

/** Beside the list: shows the row, and from a row that is shown goes on to the next. Without room there: opens its page. */
function preview(selection: Selection): boolean {
  const row = focusedRow();
  const id = row?.dataset["row"] ?? null;
  if (selection.isOn()) {
    if (id === null || id === selection.id()) {
      return selection.step(1);
    }
    selection.select(id);
    return true;
  }
  row?.querySelector("a")?.click();
  return row !== null;
}

/** From beside the list back to its row. */
function leavePreview(selection: Selection): boolean {
  const id = selection.id();
  const isThere = document.querySelector(".list-preview")?.contains(document.activeElement) === true;
  if (id !== null && isThere) {
    listKeys.show(id, true);
  }
  return isThere;
}

function createListKeys(all: () => readonly SignalRow[], order: LiveOrder, selection: Selection): void {
  const { device, preferences } = useApp();
  const step = (by: 1 | -1) => (): boolean => selection.isOn() && selection.step(by);
  createShortcuts(
    {
      s: order.sortNow,
      w: () => {
        const id = focusedRow()?.dataset["row"] ?? selection.chosen();
        const row = all().find((one) => one.id === id);
        return row !== undefined && device.stars.toggle(row.ticker);
      },
      "[": step(-1),
      "]": step(1),
      Space: () => preview(selection),
      Escape: () => leavePreview(selection),
    },
    preferences.keys,
  );
}

/** Once for the life of the panel. `ended`: what has ended lately; `null` while unknown. */
export function createListParts(ended: Accessor<readonly SignalRow[] | null>): ListParts {
  const { naming, preferences } = useApp();
  const { live, exchange, signals } = useMarket();
  const open = createMemo(() => signals.value()?.signals ?? []);
  const all = createMemo(() => [...open(), ...(ended() ?? [])]);
  const facts = createFacts();
  const filter = createListFilter(() => all(), facts);
  const priced = (): readonly SignalRow[] => (filter.query().states.includes("ended") ? all() : open());
  const tickers = createMemo(() => [...new Set(priced().map(({ ticker }) => ticker))].toSorted(), [], {
    equals: (a, b) => a.join() === b.join(),
  });
  const prices = createRealtimePrices(live, exchange, () => tickers());
  const order = createRowOrder({
    rows: () => filter.filtered().rows,
    all: () => all(),
    asked: filter.search,
    sorting: () => filter.query().sort,
    price: (ticker) => prices.price(ticker),
    nameOf: (row) => naming(row).name,
    behindPress: afterFrame,
  });
  const selection = createSelection(order, preferences.beside);
  createListKeys(() => all(), order, selection);
  createComputed(() => {
    shownList.note({ exchange: exchange.active(), search: filter.search(), ids: order.order().ids });
  });
  const actionable = createMemo(() => filterRows(open(), ACTIONABLE, facts).rows.length);
  return { open, filter, prices, order, selection, actionable, hasVisit: () => facts.since !== null };
}
