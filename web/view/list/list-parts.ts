/** What the list is made of: the rows of the stores, the choice of the address, the live prices, and the order that follows from them. */
import { type Accessor, createMemo, createSignal } from "solid-js";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { Device } from "../../store/device/device.ts";
import { STARRED, type Stars } from "../../store/device/stars.ts";
import { createRealtimePrices, type RealtimePrices } from "../../store/realtime-prices.ts";
import type { WatchLists } from "../../store/watch/watch-lists.ts";
import { useApp } from "../app-context.tsx";
import { createListFilter, type ListFilter } from "../filter/create-list-filter.ts";
import { type FilterFacts, filterRows } from "../filter/list-filter.ts";
import { ACTIONABLE } from "../filter/list-query.ts";
import { useMarket } from "../market-context.tsx";
import { createShortcuts } from "../shortcuts.ts";
import { createRowOrder, type LiveOrder } from "./create-row-order.ts";

export interface ListParts {
  /** Signals that are open now. */
  readonly open: Accessor<readonly SignalRow[]>;
  readonly filter: ListFilter;
  readonly prices: RealtimePrices;
  readonly order: LiveOrder;
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
function createFacts(): FilterFacts {
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

/** Stars the share of the row that has the focus, or takes its star back. */
function starFocused(rows: readonly SignalRow[], stars: Stars): void {
  const id = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset["row"];
  const row = rows.find((one) => one.id === id);
  if (row !== undefined) {
    stars.toggle(row.ticker);
  }
}

/** Once for the life of the panel. `ended`: what has ended lately; `null` while unknown. */
export function createListParts(ended: Accessor<readonly SignalRow[] | null>): ListParts {
  const { device, preferences, naming } = useApp();
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
  });
  createShortcuts(
    {
      s: order.sortNow,
      w: () => {
        starFocused(all(), device.stars);
      },
    },
    preferences.keys,
  );
  const actionable = createMemo(() => filterRows(open(), ACTIONABLE, facts).rows.length);
  return { open, filter, prices, order, actionable, hasVisit: () => facts.since !== null };
}
