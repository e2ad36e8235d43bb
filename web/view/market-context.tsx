/** The live market, made once for all pages: one socket, one active exchange, and what several pages read from them. */
import {
  type Accessor,
  createComputed,
  createContext,
  createMemo,
  type JSX,
  on,
  untrack,
  useContext,
} from "solid-js";
import { assert } from "../../worker/core/assert.ts";
import type { ScanStatus } from "../../worker/protocol/rest/scan-run.ts";
import { type ActiveExchange, createExchange } from "../store/exchange.ts";
import { createFeed, type Feed } from "../store/feed.ts";
import { createGap, type Gap } from "../store/gap.ts";
import { createIndices, type IndexValues } from "../store/indices.ts";
import { createLiveSocket, type LiveConnection } from "../store/live-socket.ts";
import { createMarketGate, type GateAnswer } from "../store/market-gate.ts";
import type { Remote } from "../store/remote.ts";
import { createScanStatus } from "../store/scan-status.ts";
import { createSignals, type Signals } from "../store/signals/signals.ts";

/** The stores of the page; one of each, whatever parts read them. */
export interface Market {
  readonly live: LiveConnection;
  readonly exchange: ActiveExchange;
  readonly feed: Accessor<Feed | null>;
  readonly signals: Signals;
  readonly gap: Accessor<Gap | null>;
  readonly gate: Remote<GateAnswer>;
  readonly status: Remote<ScanStatus>;
  readonly indices: Remote<IndexValues>;
  /** The last session whose closes the lists stand on, `2025-06-17`; `null` before the first scan. */
  readonly session: Accessor<string | null>;
  readonly busy: Accessor<boolean>;
  readonly reload: () => void;
}

/** Exported for the gallery, whose market stands still. */
export const MarketContext = createContext<Market>();

function createMarket(): Market {
  const live = createLiveSocket();
  const exchange = createExchange(live);
  const feed = createFeed(live, exchange);
  const signals = createSignals(live, exchange);
  const gate = createMarketGate(live, exchange);
  const status = createScanStatus(live, exchange);
  const indices = createIndices(live, exchange);
  // The messages of its signals are the first sign of a scan.
  createComputed(
    on(
      signals.lastRunId,
      (id) => {
        if (id !== null && id !== untrack(status.value)?.last_run?.id) {
          void status.reload();
        }
      },
      { defer: true },
    ),
  );
  const all = [signals, gate, status, indices];
  const busy = createMemo(() => all.some((remote) => remote.busy()));
  // The gate is of the last scan that ended well; a failed one has changed nothing.
  const session = createMemo(() => gate.value()?.gate?.as_of ?? status.value()?.last_run?.as_of ?? null);
  return {
    live,
    exchange,
    feed,
    signals,
    gap: createGap(live, signals),
    gate,
    status,
    indices,
    session,
    busy,
    reload: () => {
      for (const remote of all) {
        void remote.reload();
      }
    },
  };
}

/** Outside of the routes, so that a change of page keeps the socket. */
export function MarketProvider(props: { children: JSX.Element }): JSX.Element {
  const market = createMarket();
  return <MarketContext.Provider value={market}>{props.children}</MarketContext.Provider>;
}

/** Outside of the provider is a broken invariant. */
export function useMarket(): Market {
  const market = useContext(MarketContext);
  assert(market, "A part that shows the market stands inside MarketProvider");
  return market;
}
