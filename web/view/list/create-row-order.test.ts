import { createRoot, createSignal } from "solid-js";
import { describe, it, vi } from "vitest";
import { ROWS } from "../../e2e/stub-signals.ts";
import { ALL, type Sorting } from "../filter/list-query.ts";
import type { LivePrice } from "../../store/live-price.ts";
import { createRowOrder, type LiveOrder } from "./create-row-order.ts";

/** Pivots of 100: the distance is the price less 100. */
const [NEAR, FAR] = ROWS.map((row, i) => ({
  ...row,
  pivot: 100,
  distance_pct: -1 - i,
  current_price: 99 - i,
}));

function tickOf(ticker: string, price: number): LivePrice {
  const at = "2025-06-13T10:32:05.000+09:00";
  const book = { bid_price: null, ask_price: null, open: null, high: null, low: null } as const;
  const data = { price, change: null, change_rate: null, volume: null, session: null, stale: false, ...book };
  return { ...data, ticker, at, as_of: "2025-06-13", source: "demo" };
}

interface Opened {
  readonly order: LiveOrder;
  readonly ids: () => readonly string[];
  readonly setPrices: (prices: readonly LivePrice[]) => void;
  readonly ask: (sorting: Sorting) => void;
  /** What waits for the frame of a press. */
  readonly paint: () => void;
  readonly end: () => void;
}

function open(): Opened {
  return createRoot((end) => {
    const rows = [NEAR, FAR].filter((row) => row !== undefined);
    const [byTicker, setByTicker] = createSignal<ReadonlyMap<string, LivePrice>>(new Map());
    const [sorting, ask] = createSignal<Sorting>(ALL.sort);
    const behind = new Set<() => void>();
    const order = createRowOrder({
      rows: () => rows,
      all: () => rows,
      asked: () => JSON.stringify(sorting()),
      sorting,
      behindPress: (run) => {
        behind.add(run);
        return () => behind.delete(run);
      },
      nameOf: ({ name }) => name,
      price: (ticker) => byTicker().get(ticker) ?? null,
    });
    const setPrices = (prices: readonly LivePrice[]): void => {
      setByTicker(new Map(prices.map((one) => [one.ticker, one])));
    };
    const paint = (): void => {
      for (const run of behind) {
        behind.delete(run);
        run();
      }
    };
    return { order, ids: () => order.order().ids, setPrices, ask, paint, end };
  });
}

const SWAPPED = [tickOf(NEAR?.ticker ?? "", 90), tickOf(FAR?.ticker ?? "", 99.9)];

describe("a list just opened", () => {
  it("[UI18] is sorted as soon as its first live prices are here", ({ expect }) => {
    const { ids, setPrices, end } = open();
    expect(ids()).toEqual([NEAR?.id, FAR?.id]);
    setPrices(SWAPPED.map((price) => ({ ...price, at: null })));
    expect(ids()).toEqual([NEAR?.id, FAR?.id]);
    setPrices(SWAPPED);
    expect(ids()).toEqual([FAR?.id, NEAR?.id]);
    // From then on a tick waits for the regular sorting: rows do not dance.
    setPrices(SWAPPED.toReversed().map((price, i) => ({ ...price, ticker: SWAPPED[i]?.ticker ?? "" })));
    expect(ids()).toEqual([FAR?.id, NEAR?.id]);
    end();
  });

  it("[UI18] stays as it is under the pointer, and knows that its order is old", ({ expect }) => {
    const { order, ids, setPrices, end } = open();
    order.hold(true);
    setPrices(SWAPPED);
    expect(ids()).toEqual([NEAR?.id, FAR?.id]);
    expect(order.order().isOld).toBe(true);
    order.hold(false);
    expect(ids()).toEqual([FAR?.id, NEAR?.id]);
    end();
  });

  it("[UI313] states within a second that a tick has made the order of a held list old", ({ expect }) => {
    vi.useFakeTimers();
    const { order, ids, setPrices, end } = open();
    setPrices(SWAPPED);
    // The time of the first prices is over.
    vi.advanceTimersByTime(5_000);
    order.hold(true);
    const shown = ids();
    setPrices(SWAPPED.toReversed().map((price, i) => ({ ...price, ticker: SWAPPED[i]?.ticker ?? "" })));
    vi.advanceTimersByTime(1_000);
    expect([ids(), order.order().isOld]).toEqual([shown, true]);
    setPrices(SWAPPED);
    vi.advanceTimersByTime(1_000);
    expect([ids(), order.order().isOld]).toEqual([shown, false]);
    end();
    vi.useRealTimers();
  });

  it("[UI251] follows a press behind its frame, held or not, and makes nothing else move before", ({
    expect,
  }) => {
    const { order, ids, setPrices, ask, paint, end } = open();
    order.hold(true);
    ask({ ...ALL.sort, isDescending: true });
    expect(ids()).toEqual([NEAR?.id, FAR?.id]);
    order.hold(false);
    expect(ids()).toEqual([NEAR?.id, FAR?.id]);
    order.hold(true);
    paint();
    expect([ids(), order.order().isOld]).toEqual([[FAR?.id, NEAR?.id], false]);
    // Two presses within a frame: the rows are made once, for the last.
    ask({ ...ALL.sort, isDescending: false });
    ask({ ...ALL.sort, isDescending: true });
    ask({ ...ALL.sort, isDescending: false });
    paint();
    expect(ids()).toEqual([NEAR?.id, FAR?.id]);
    setPrices(SWAPPED);
    expect(order.order().isOld).toBe(true);
    end();
  });
});
