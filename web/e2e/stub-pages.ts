/** What the pages behind the dashboard ask for: a history, a share that is no candidate, the scans. */
import type { RunDetail, RunsBody } from "../../worker/protocol/rest/scan-run.ts";
import type { SignalDetail, SignalEventsBody } from "../../worker/protocol/rest/signal.ts";
import type { StockBody } from "../../worker/protocol/rest/stock.ts";
import { RUN_DONE } from "./stub-market.ts";
import { ROWS } from "./stub-signals.ts";

export function eventsOf(detail: SignalDetail): SignalEventsBody {
  const at = "2025-06-13T18:20:02.000+09:00";
  const events: SignalEventsBody["events"] = [
    {
      seq: 1,
      session: "2025-05-28",
      from: null,
      to: "FORMING",
      reason: "new",
      values: {
        footprint: detail.footprint,
        pivot: detail.pivot,
        entry: detail.entry_price,
        stop: detail.stop_loss,
        score: 61.2,
        grade: "B",
      },
      at,
      run_id: "run-1",
      superseded_by: null,
    },
    {
      seq: 2,
      session: "2025-06-05",
      from: "FORMING",
      to: "FORMING",
      reason: "revised",
      values: { pivot_before: detail.pivot + 900, pivot: detail.pivot, volume_ratio: null },
      at,
      run_id: "run-2",
      superseded_by: "run-2-c",
    },
    {
      seq: 3,
      session: "2025-06-12",
      from: "FORMING",
      to: "READY",
      reason: "ready",
      values: { pivot: detail.pivot, stop: detail.stop_loss },
      at,
      run_id: "run-3",
      superseded_by: null,
    },
  ];
  return { exchange: detail.exchange, signal_id: detail.id, events, count: events.length };
}

const [BORN, MOVED, REVISED, LATER] = ROWS.map(({ id }) => id);

/** A scan with every part of its page. */
export const RUN_FULL: RunDetail = {
  ...RUN_DONE,
  rejects: {
    EL3_value: 981,
    EL1: 412,
    SC_template: 702,
    no_legs: 96,
    CT1r: 88,
    CT2low: 71,
    CT6extended: 44,
    CT7dry: 31,
    EL4: 64,
    CT99: 1,
  },
  diff: {
    born: [BORN, LATER].filter((id) => id !== undefined),
    moved: [MOVED].filter((id) => id !== undefined),
    revised: [REVISED].filter((id) => id !== undefined),
    ended: ["068270.20250210.20250415", "000660.20250210.20250415"],
  },
  names: { "068270": "셀트리온" },
};

export const RUNS: RunsBody = {
  exchange: "KRX",
  runs: [
    RUN_FULL,
    {
      ...RUN_DONE,
      id: "run-2",
      as_of: "2025-06-12",
      started_at: "2025-06-12T18:20:00.000+09:00",
      finished_at: "2025-06-12T18:20:01.600+09:00",
    },
    {
      ...RUN_DONE,
      id: "run-3",
      kind: "manual",
      status: "failed",
      as_of: null,
      funnel: null,
      rejects: null,
      diff: null,
      saved: 0,
      started_at: "2025-06-11T19:02:11.000+09:00",
      finished_at: "2025-06-11T19:02:11.400+09:00",
      reason: "interrupted",
    },
    {
      ...RUN_DONE,
      id: "run-4",
      status: "skipped",
      as_of: null,
      funnel: null,
      rejects: null,
      diff: null,
      saved: 0,
      started_at: "2025-06-10T18:20:00.000+09:00",
      finished_at: "2025-06-10T18:20:00.100+09:00",
      reason: "no_bars",
    },
  ],
  count: 4,
  generated_at: "2025-06-13T18:21:04.000+09:00",
};

/** A share that the detector does not list. */
export const STOCK_PLAIN: StockBody = {
  exchange: "KRX",
  ticker: "068270",
  instrument: {
    ticker: "068270",
    name: "셀트리온",
    market: "KOSPI",
    kind: "common",
    notice: null,
    industry: "의약품",
    listed_on: "2018-02-09",
    listed_shares: 217_000_000,
  },
  verdict: {
    ticker: "068270",
    name: "셀트리온",
    market: "KOSPI",
    as_of: "2025-06-13",
    last_date: "2025-06-13",
    current_price: 158_300,
    bars: 400,
    valid: false,
    detected: false,
    grade: null,
    score: null,
    score_terms: null,
    state: null,
    footprint: null,
    contractions: [],
    base_bars: null,
    pivot: null,
    entry_price: null,
    stop_loss: null,
    targets: [],
    risk_pct: null,
    distance_pct: null,
    volume_dry_up: null,
    contraction_ratio: null,
    trend_template: [{ id: "TT1", value: 158_300, threshold: 171_200, result: "fail" }],
    passed: 0,
    rs: 41,
    rs_raw: -0.03,
    eligibility: { ok: true, reason: null, value: null, threshold: null },
    near_miss: { rule: "QT3", value: 0.187, threshold: 0.16, base: null },
    flags: [],
  },
  generated_at: "2025-06-13T18:21:04.000+09:00",
};
