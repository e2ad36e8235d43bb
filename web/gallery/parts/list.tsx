/** The list of signals in every state, and why it is empty; on a narrow screen as cards. */
import type { JSX } from "solid-js";
import type { SignalsBody } from "../../../worker/protocol/rest/signal-list.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { HEALTH_BARE, RUN_DONE, STATUS } from "../../e2e/stub-market.ts";
import { EMPTY_SIGNALS, ROWS, SIGNALS } from "../../e2e/stub-signals.ts";
import { PAST_RUNNING } from "../../e2e/stub-status.ts";
import type { Update } from "../../live/update.ts";
import { SignalPanel } from "../../view/part/signals/signal-panel.tsx";
import { usedDevice } from "../device.ts";
import { arrived, failed, kept, waiting } from "../remote.ts";
import { LONG_NAMES, STATE_ROWS } from "../rows.ts";
import { type Scene, scened } from "../stage.tsx";
import type { Views } from "../views.ts";
import { LIVE_FEED, SESSION } from "./market.tsx";

function bodyOf(rows: readonly SignalRow[]): SignalsBody {
  return { ...SIGNALS, signals: [...rows], count: rows.length };
}

/** The list under an address of its own. */
function list(scene: Scene, search = "?state=all&grade=all"): () => JSX.Element {
  const at = { path: `/${search}`, pattern: "/" };
  return scened(scene, () => <SignalPanel ended={[]} />, at);
}

function tick(ticker: string, price: number, change: number, stale: boolean): readonly [string, Update] {
  const data = {
    price,
    change: Math.round((price * change) / 100),
    change_rate: change,
    volume: 1_200_000,
    bid_price: null,
    ask_price: null,
    open: null,
    high: null,
    low: null,
    session: "open",
    stale,
  } as const;
  return [
    `price:${ticker}`,
    {
      type: "price_update",
      topic: `price:${ticker}`,
      epoch: "e1",
      seq: 1,
      ticker,
      data,
      source: "kis",
      timestamp: "2025-06-13T10:32:05.000+09:00",
    },
  ];
}

/** The first at the upper limit, the second stale, the third at the lower limit, the rest by closes, the last by none. */
const TICKS = new Map([
  tick("005930", 92_560, 30, false),
  tick("042700", 182_100, -0.4, true),
  tick("012450", 645_000, -29.97, false),
]);

const NO_PRICE: readonly SignalRow[] = ROWS.map((row, i) =>
  i === ROWS.length - 1 ? { ...row, current_price: null } : row,
);

const FUNNEL = { universe: 2_761, eligible: 1_204, template: 187, base: 12, detected: 0 };

export const LIST: Views<"list" | "empty"> = {
  list: {
    "all-states": list({ signals: arrived(bodyOf(STATE_ROWS)), device: usedDevice }),
    prices: list({ ...SESSION, signals: arrived(bodyOf(NO_PRICE)), updates: TICKS }),
    "long-names": list({ signals: arrived({ ...bodyOf(LONG_NAMES), count: 512 }), feed: LIVE_FEED }),
    actionable: list({ device: usedDevice }, ""),
    loading: list({ signals: waiting() }),
    failed: list({ signals: failed() }),
    kept: list({ signals: kept(SIGNALS) }),
  },
  empty: {
    hidden: list({}, "?state=halted&grade=S"),
    "no-bars": list({
      signals: arrived(EMPTY_SIGNALS),
      scan: arrived({ ...STATUS, last_run: null }),
      answers: { "/api/health": { body: HEALTH_BARE } },
    }),
    "not-scanned": list({ signals: arrived(EMPTY_SIGNALS), scan: arrived({ ...STATUS, last_run: null }) }),
    "nothing-found": list({
      signals: arrived(EMPTY_SIGNALS),
      scan: arrived({ ...STATUS, last_run: { ...RUN_DONE, funnel: FUNNEL } }),
    }),
    past: list({
      signals: arrived(EMPTY_SIGNALS),
      scan: arrived({ ...STATUS, last_run: null, backfill: PAST_RUNNING }),
      answers: { "/api/kr/scan/status": { body: { ...STATUS, last_run: null, backfill: PAST_RUNNING } } },
    }),
  },
};
