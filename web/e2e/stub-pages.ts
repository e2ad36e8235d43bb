/** What the pages behind the dashboard ask for: a history, a share that is no candidate, the scans. */
import { latinName } from "../../worker/protocol/romanise.ts";
import type { RunDetail, RunsBody } from "../../worker/protocol/rest/scan-run.ts";
import type { SignalDetail, SignalEventsBody } from "../../worker/protocol/rest/signal.ts";
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
    TT: 702,
    CT1: 96,
    TR2: 88,
    RT1: 71,
    PV2: 44,
    BS0: 31,
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
  latin_names: { "068270": latinName("셀트리온", "Celltrion") },
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
