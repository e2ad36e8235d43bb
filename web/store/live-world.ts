/** A page's stores over the simulated market, for tests: REST answers from the same rows as the sockets. */
import { createRoot } from "solid-js";
import { afterEach, vi } from "vitest";
import { assert } from "../../worker/core/assert.ts";
import { formatKst } from "../../worker/protocol/format.ts";
import { encodeProblem } from "../../worker/protocol/rest/problem.ts";
import type { PriceQuote } from "../../worker/protocol/rest/quote.ts";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import { SimulatedMarket } from "../live/simulated-market.ts";
import { makeSimulatedTime, type SimulatedTime } from "../live/simulated-time.ts";
import { type ActiveExchange, createExchange } from "./exchange.ts";
import { createLiveSocket, type LiveConnection, type LivePlatform } from "./live-socket.ts";
import { createMarketGate, type GateAnswer } from "./market-gate.ts";
import type { Remote } from "./remote.ts";
import { createSignals, type Signals } from "./signals/signals.ts";

const AT = "2025-06-13T18:21:04.000+09:00";

/** A page's surroundings in memory: time, server, REST. */
export interface LiveWorld {
  readonly time: SimulatedTime;
  readonly market: SimulatedMarket;
  readonly platform: LivePlatform;
  /** The exchange that the list of signals names, and the one that all other answers name. */
  exchange: "KRX" | "DEMO";
  others: "KRX" | "DEMO";
  /** Quotes that REST gives instead of closes, by ticker. */
  readonly quotes: Map<string, Partial<PriceQuote>>;
  /** REST is out of reach too. */
  isRestDown: boolean;
  /** Paths with query, in the order in which they were asked. */
  readonly asked: string[];
  /** In the place of the browser's. */
  readonly fetch: (path: string) => Promise<Response>;
}

/** `row`: what the market's signals are copies of. */
export function makeLiveWorld(
  random: () => number,
  row: SignalRow | undefined,
  tickers: readonly string[],
): LiveWorld {
  assert(row !== undefined, "The simulated market copies a row");
  // Its ticks are of this session, its closes of the one before.
  const time = makeSimulatedTime(Date.parse(AT));
  const market = new SimulatedMarket(time, random, row, tickers);
  const { WebSocket } = market.server;
  const asked: string[] = [];
  const world: LiveWorld = {
    time,
    market,
    platform: { url: "ws://test/ws", ...time, random, WebSocket, wakes: null },
    exchange: "KRX",
    others: "KRX",
    quotes: new Map(),
    isRestDown: false,
    asked,
    fetch: async (path) => {
      asked.push(path);
      if (world.isRestDown) {
        throw new TypeError("Out of reach");
      }
      return answer(world, new URL(path, "http://test"));
    },
  };
  return world;
}

/** Lets every answer that is on its way arrive. */
export async function settleRequests(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  }
}

/** Lets time pass, then whatever was requested arrive. */
export async function pass(world: LiveWorld, ms: number): Promise<void> {
  world.time.pass(ms);
  await settleRequests();
}

/** Stores of one page over one connection, until `end`. */
export function openStores<T>(
  world: LiveWorld,
  build: (live: LiveConnection) => T,
): T & { readonly live: LiveConnection; readonly end: () => void } {
  return createRoot((end) => {
    const live = createLiveSocket(world.platform);
    return { ...build(live), live, end };
  });
}

/** One file of store tests. */
export interface StoreStage {
  /** Its REST takes the place of `fetch` until the test ends. */
  readonly newWorld: (seed: number) => LiveWorld;
  /** Stores of a page; they end with the test. */
  readonly onPage: typeof openStores;
}

/** To be called once in a file of tests. */
export function stageStores(make: (seed: number) => LiveWorld): StoreStage {
  let ends: (() => void)[] = [];
  afterEach(() => {
    ends.forEach((end) => {
      end();
    });
    ends = [];
    vi.unstubAllGlobals();
  });
  return {
    newWorld: (seed) => {
      const world = make(seed);
      vi.stubGlobal("fetch", world.fetch);
      return world;
    },
    onPage: (world, build) => {
      const page = openStores(world, build);
      ends.push(page.end);
      return page;
    },
  };
}

interface MarketStores {
  readonly exchange: ActiveExchange;
  readonly signals: Signals;
  readonly gate: Remote<GateAnswer>;
}

/** The list of signals, which decides the exchange, and the gate, which follows it. */
export function marketOf(live: LiveConnection): MarketStores {
  const exchange = createExchange(live);
  return { exchange, signals: createSignals(live, exchange), gate: createMarketGate(live, exchange) };
}

function answer({ time, market, exchange, others, quotes }: LiveWorld, url: URL): Response {
  const frame = { exchange: others, generated_at: AT };
  switch (url.pathname) {
    case "/api/kr/signals": {
      const signals = [...market.rows.values()];
      return Response.json({ ...frame, exchange, signals, count: signals.length, next_cursor: null });
    }
    case "/api/kr/market-gate":
      return market.gate === null
        ? Response.json(encodeProblem("not-found", { detail: "No gate yet." }, "req"), { status: 404 })
        : Response.json({ ...frame, ...market.gate });
    case "/api/kr/realtime-prices": {
      const tickers = (url.searchParams.get("tickers") ?? "").split(",");
      const prices = Object.fromEntries(
        tickers.map((ticker) => [ticker, { ...closeOf(ticker), ...quotes.get(ticker) }]),
      );
      return Response.json({ ...frame, prices, missing: [] });
    }
    case "/api/health":
      return Response.json({ server_time: formatKst(time.server()) });
    default:
      return Response.json(encodeProblem("unavailable", { detail: "Not in this world." }, "req"), {
        status: 503,
      });
  }
}

function closeOf(ticker: string): PriceQuote {
  const none = { change: null, change_rate: null, open: null, high: null, low: null, halted: false };
  const quote = { ticker, price: 1, volume: 1, ...none, as_of: "2025-06-12", timestamp: null, stale: false };
  return { ...quote, source: "closes" };
}
