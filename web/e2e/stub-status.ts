/** How the days of a market come in, on a good evening: what the page of the status asks for. */
import type { FeedStatusBody } from "../../worker/protocol/messages/live-update.ts";
import { type BackfillFacts, encodeBackfill } from "../../worker/protocol/rest/backfill.ts";
import type { MissingScan } from "../../worker/protocol/rest/day-step.ts";
import type { MarketStatusBody } from "../../worker/protocol/rest/market-status.ts";
import { HEALTH_BARE } from "./stub-market.ts";
import { RUNS } from "./stub-pages.ts";

const AT = "2025-06-13T18:21:04.000+09:00";

const NO_PAST: BackfillFacts = encodeBackfill(null);

const { status: _ok, server_time: _time, last_run: _run, ...STATE } = HEALTH_BARE;

export const DAYS_STATUS: MarketStatusBody = {
  ...STATE,
  book: { tickers: 2_761, rows: 1_104_400, sessions: 400, first_day: "2023-10-30", last_day: "2025-06-13" },
  outbox: { waiting: 0, oldest_age_s: null },
  exchange_switch: { exchange: "KRX", generation: 3, disagreeing: [] },
  overdue: false,
  failures: [
    {
      neighbour: "KIS",
      at: "2025-06-12T15:35:20.000+09:00",
      event: "vendor_call_repeated",
      detail: "KIS failed to give quotes: more calls than it takes in a second",
    },
  ],
  plan: { evening: true, morning: true },
  sources: [
    {
      id: "krx",
      named: true,
      missing_secrets: [],
      denials: [],
      served_at: "2025-06-13T08:05:00.000+09:00",
      calls_today: 6,
      calls_per_day: 10_000,
      token: null,
    },
    {
      id: "kis",
      named: true,
      missing_secrets: [],
      denials: [],
      served_at: "2025-06-13T15:35:21.000+09:00",
      calls_today: 97,
      calls_per_day: null,
      token: { issued_at: "2025-06-13T08:45:00.000+09:00", until: "2025-06-14T08:45:00.000+09:00" },
    },
  ],
  steps: [
    {
      kind: "official_day",
      session: "2025-06-12",
      status: "stored",
      text: "2761 rows: 3 new, volume 1204, value 1188, close 1",
      at: "2025-06-13T08:05:04.000+09:00",
    },
    {
      kind: "present_master",
      session: "2025-06-13",
      status: "stored",
      text: "2761 instruments: 2 new, 14 changed",
      at: "2025-06-13T08:45:02.000+09:00",
    },
    {
      kind: "evening_snapshot",
      session: "2025-06-13",
      status: "stored",
      text: "2758 rows, 2755 of 2758 shares",
      at: "2025-06-13T15:35:21.000+09:00",
    },
  ],
  next: { kind: "official_day", session: "2025-06-13", at: "2025-06-16T08:05:00.000+09:00" },
  newest_final: "2025-06-12",
  newest_provisional: "2025-06-13",
  days_off: ["2025-06-03"],
  stated_days: [{ day: "2025-06-03", session: false }],
  differences: [
    {
      session: "2025-06-12",
      rows: 2_761,
      fields: [
        { field: "close", stocks: 1 },
        { field: "volume", stocks: 1_204 },
        { field: "value", stocks: 1_188 },
      ],
      added: 3,
      unconfirmed: 1,
      at: "2025-06-13T08:05:04.000+09:00",
    },
    {
      session: "2025-06-11",
      rows: 2_760,
      fields: [],
      added: 0,
      unconfirmed: 0,
      at: "2025-06-12T08:05:04.000+09:00",
    },
    // Rows that were all new: nothing to compare.
    {
      session: "2025-06-10",
      rows: 2_760,
      fields: [],
      added: 2_760,
      unconfirmed: 0,
      at: "2025-06-11T08:05:04.000+09:00",
    },
  ],
  backfill: { ...NO_PAST, status: "done", sessions: 400, wanted: 400, fetched: 400 },
  missing: null,
  runs: RUNS.runs,
  generated_at: AT,
};

/** An evening on which the vendor was down. */
export const MISSED_EVENING: MissingScan = {
  session: "2025-06-13",
  due_at: "2025-06-13T15:45:00.000+09:00",
  has_rows: false,
  outcome: {
    kind: "evening_snapshot",
    session: "2025-06-13",
    status: "failed",
    text: "KIS failed to give quotes: no answer. The vendor is down, or does not let this address in",
    at: "2025-06-13T15:55:41.000+09:00",
  },
  reason: null,
  next: { kind: "official_day", session: "2025-06-13", at: "2025-06-16T08:05:00.000+09:00" },
};

export const PAST_RUNNING: BackfillFacts = {
  ...NO_PAST,
  status: "running",
  sessions: 128,
  wanted: 400,
  fetched: 128,
  next_day: "2024-12-04",
  started_at: "2025-06-13T18:18:00.000+09:00",
  seconds_left: 354,
};

export const PAST_WAITING: BackfillFacts = {
  ...PAST_RUNNING,
  status: "waiting",
  seconds_left: null,
  reason: "denied, krx: bad_key, KRX_AUTH_KEY; a key is good for a year, renew it or set another",
};

/** A new owner with one key that is not taken, and nothing else. */
export const REFUSED_STATUS: MarketStatusBody = {
  ...DAYS_STATUS,
  plan: { evening: false, morning: true },
  sources: DAYS_STATUS.sources.map((source) =>
    source.id === "krx"
      ? {
          ...source,
          served_at: null,
          denials: [
            {
              why: "bad_key",
              subject: "KRX_AUTH_KEY; a key is good for a year, renew it or set another",
              service: null,
              at: "2025-06-13T18:15:00.000+09:00",
              until: "2025-06-14T18:15:00.000+09:00",
            },
          ],
        }
      : {
          ...source,
          missing_secrets: ["KIS_APP_KEY", "KIS_APP_SECRET"],
          served_at: null,
          token: null,
          calls_today: 0,
        },
  ),
  steps: [],
  newest_final: null,
  newest_provisional: null,
  backfill: PAST_WAITING,
};

/** The feed of a real exchange with more shares than its vendor and its turns have room for. */
export const LIVE_SESSION = {
  exchange: "KRX",
  state: "live",
  source: "kis",
  clock: "2025-06-13T10:32:05.000+09:00",
  session: "open",
  tickers: 340,
  phase: "open",
  coverage: { slots: 41, followed: 40, polled: 300, dropped: 12, turn_s: 18 },
} as const satisfies FeedStatusBody;
