/** The state of the market in every state: gate, connection, strip. */
import type { JSX } from "solid-js";
import type { MarketGateData } from "../../../worker/protocol/market-gate.ts";
import { GATE } from "../../e2e/stub-market.ts";
import type { LiveStatus } from "../../live/connection-status.ts";
import type { Feed } from "../../store/feed.ts";
import type { Market } from "../../view/market-context.tsx";
import { ConnectionBadge } from "../../view/part/market/connection-badge.tsx";
import { GateCard } from "../../view/part/market/gate-card.tsx";
import { MarketStrip } from "../../view/part/market/market-strip.tsx";
import { arrived, failed, kept, waiting } from "../remote.ts";
import { CLOSES, NO_FEED, NOW, type Scene, Stage } from "../stage.tsx";
import type { Views } from "../views.ts";

export const LIVE_FEED: Feed = {
  ...NO_FEED,
  state: "live",
  source: "kis",
  clock: "2025-06-13T10:32:05.000+09:00",
  session: "open",
  tickers: 112,
};

function gate(change: Partial<MarketGateData>): () => JSX.Element {
  return () => <GateCard remote={arrived({ gate: { ...GATE, ...change } })} />;
}

function gateOf(remote: Market["gate"]): () => JSX.Element {
  return () => <GateCard remote={remote} />;
}

function badge(status: LiveStatus, scene: Scene = { feed: LIVE_FEED }): () => JSX.Element {
  return () => (
    <Stage scene={{ ...scene, status }}>
      <ConnectionBadge />
    </Stage>
  );
}

function strip(scene: Scene): () => JSX.Element {
  return () => (
    <Stage scene={scene}>
      <MarketStrip />
    </Stage>
  );
}

const LIVE: LiveStatus = { state: "live", lastDataAt: NOW - 400 };
const LIVE_INDICES = {
  indices: CLOSES.indices.map((one) => ({ ...one, at: "2025-06-13T10:32:05.000+09:00" })),
};
export const SESSION: Scene = {
  feed: LIVE_FEED,
  status: LIVE,
  indices: arrived(LIVE_INDICES),
  serverTime: Date.parse("2025-06-13T10:32:06.000+09:00"),
};

export const MARKET: Views<"gate" | "connection" | "strip"> = {
  gate: {
    green: gate({ status: "GREEN", level: 81.5, confidence: 1 }),
    yellow: gate({}),
    red: gate({ status: "RED", level: 12, confidence: 0.9 }),
    unknown: gate({ status: "UNKNOWN", level: 0, confidence: 0.31 }),
    running: () => (
      <GateCard
        remote={arrived({ gate: GATE })}
        running={{
          ...GATE,
          as_of: "2025-06-16",
          at: "2025-06-16T10:32:05.000+09:00",
          means_of: GATE.as_of,
          level: 58,
          confidence: 0.9,
        }}
      />
    ),
    none: gateOf(arrived({ gate: null })),
    loading: gateOf(waiting()),
    failed: gateOf(failed()),
    kept: gateOf(kept({ gate: GATE })),
  },
  connection: {
    idle: badge({ state: "idle" }),
    connecting: badge({ state: "connecting" }),
    live: badge(LIVE),
    quiet: badge({ state: "quiet", lastDataAt: NOW - 7_000 }),
    stale: badge({ state: "stale", lastDataAt: NOW - 48_000 }),
    closed: badge(
      { state: "closed", lastDataAt: NOW - 5_000 },
      { feed: { ...LIVE_FEED, session: "closed" } },
    ),
    "closes-only": badge({ state: "closed", lastDataAt: null }, {}),
    reconnecting: badge({
      state: "reconnecting",
      attempt: 4,
      retryAt: NOW + 6_000,
      lastDataAt: NOW - 31_000,
    }),
    recovered: badge({ state: "recovered", gapSeconds: 184, messages: 37, reset: false }),
    polling: badge({ state: "polling", lastDataAt: NOW - 4_000 }),
    offline: badge({ state: "offline", retryAt: null, lastDataAt: NOW - 300_000 }),
    paused: badge({ state: "paused", waiting: 1_204 }),
    refused: badge({ state: "refused", code: 4003, reason: "this origin may not connect" }),
    outdated: badge(LIVE, { feed: LIVE_FEED, isOutdated: true }),
  },
  strip: {
    closes: strip({}),
    live: strip(SESSION),
    paused: strip({ ...SESSION, status: { state: "paused", waiting: 12 } }),
    "one-missing": strip({ indices: arrived({ indices: CLOSES.indices.slice(0, 1) }) }),
    "no-change": strip({
      indices: arrived({
        indices: CLOSES.indices.map((one) => ({ ...one, change: null, change_rate: null })),
      }),
    }),
    none: strip({ indices: arrived({ indices: [] }) }),
    loading: strip({ indices: waiting(), exchange: null, feed: null }),
    failed: strip({ indices: failed(), feed: null }),
    demo: strip({ ...SESSION, exchange: "DEMO", feed: { ...LIVE_FEED, exchange: "DEMO", source: "demo" } }),
  },
};
