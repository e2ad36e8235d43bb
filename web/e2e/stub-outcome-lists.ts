/** The lists behind the outcomes, and the archive: two pages each. */
import type {
  PerformanceSignal,
  PerformanceSignalsBody,
  StudyEntriesBody,
} from "../../worker/protocol/rest/outcome-list.ts";
import { latinName } from "../../worker/protocol/romanise.ts";
import type { EndedSignal, EndedSignalsBody } from "../../worker/protocol/rest/signal-list.ts";
import { ROWS } from "./stub-signals.ts";

const AT = "2025-06-13T18:21:04.000+09:00";
const NAMES = ["한빛전자", "가온바이오", "새한중공업"] as const;

function signal(k: number): PerformanceSignal {
  const name = NAMES[k % 3] ?? "";
  return {
    signal_id: `00000${k}.20250210.20250415`,
    ticker: `00000${k}`,
    name,
    ...latinName(name, null),
    entered_on: `2025-05-${String(28 - k)}`,
    grade: "A",
    contractions: 2,
    gate: "GREEN",
    fill: "filled",
    entry: 50_100,
    stop: 46_200,
    result:
      k === 0
        ? null
        : { change_pct: 2 * k - 3, r: 0.4, best_pct: 6, worst_pct: -2, touch: "none", baseline_pct: 0.3 },
  };
}

export const LIVE_SIGNALS: PerformanceSignalsBody = {
  exchange: "KRX",
  params_version: "vcp-4",
  as_of: "2025-06-13",
  by: "grade",
  key: "A",
  horizon: 10,
  count: 5,
  closed: 4,
  mean_pct: null,
  signals: [0, 1, 2].map(signal),
  next_cursor: "next",
  generated_at: AT,
};
export const LIVE_REST: PerformanceSignalsBody = {
  ...LIVE_SIGNALS,
  signals: [3, 4].map(signal),
  next_cursor: null,
};

export const STUDY_ENTRIES: StudyEntriesBody = {
  exchange: "KRX",
  params_version: "vcp-4",
  as_of: "2025-06-13",
  cohort: "signal_trigger",
  by: "grade",
  key: "B",
  horizon: 20,
  count: 1,
  closed: 1,
  mean: null,
  entries: [
    {
      cohort: "signal_trigger",
      signal_id: "068270.20250210.20250415",
      ticker: "068270",
      name: "셀트리온",
      ...latinName("셀트리온", "Celltrion"),
      market: "KOSPI",
      listed_on: "2025-03-03",
      entered_on: "2025-03-05",
      grade: "B",
      contractions: 2,
      gate: "YELLOW",
      price: 1_000,
      stop: 950,
      target: 1_100,
      change: { 5: 0.01, 10: 0.02, 20: 0.1, 60: null },
      touch: "target",
    },
  ],
  next_cursor: null,
  generated_at: AT,
};

function ended(k: number, rest: Pick<EndedSignal, "ending" | "reason" | "ended_on">): EndedSignal {
  const row = ROWS[k];
  if (row === undefined) {
    throw new Error(`There is no row ${k}`);
  }
  const isFailed = rest.ending === "stopped" || rest.ending === "broken";
  return {
    ...row,
    ...rest,
    state: isFailed ? "FAILED" : "EXPIRED",
    signal_date: "2025-05-12",
    triggered_on: rest.ending === "stopped" ? "2025-05-20" : null,
    entry_grade: rest.ending === "stopped" ? "B" : null,
  };
}

export const ARCHIVE: EndedSignalsBody = {
  exchange: "KRX",
  signals: [
    ended(0, { ending: "stopped", reason: "PIVOT_FAIL", ended_on: "2025-06-12" }),
    ended(1, { ending: "left", reason: "left_scan:QT1", ended_on: "2025-06-11" }),
  ],
  count: 3,
  next_cursor: "next",
  generated_at: AT,
};
export const ARCHIVE_REST: EndedSignalsBody = {
  ...ARCHIVE,
  signals: [ended(2, { ending: "broken", reason: "BASE_FAIL", ended_on: "2025-06-10" })],
  next_cursor: null,
};
export const ARCHIVE_EMPTY: EndedSignalsBody = { ...ARCHIVE, signals: [], count: 0, next_cursor: null };
