/** Plausible signals, written with the protocol's own types: a page test needs no Worker to see a full list. */
import type { SignalDetail } from "../../worker/protocol/rest/signal.ts";
import type { SignalsBody } from "../../worker/protocol/rest/signal-list.ts";
import { latinName } from "../../worker/protocol/romanise.ts";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";

const AT = "2025-06-13T18:21:04.000+09:00";
const RUN = "run-20250613-1";
const DAY = "2025-06-13";

/** The others have none, and are romanised. */
const NAMES_EN: ReadonlyMap<string, string> = new Map([
  ["005930", "Samsung Electronics"],
  ["042700", "Hanmi Semiconductor"],
  ["012450", "Hanwha Aerospace"],
  ["064350", "Hyundai Rotem"],
  ["267260", "HD Hyundai Electric"],
]);

type Brief = readonly [
  ticker: string,
  name: string,
  market: SignalRow["market"],
  state: SignalRow["state"],
  grade: SignalRow["grade"],
  score: number,
  pivot: number,
  distance: number,
  rs: number | null,
  dryUp: number,
  footprint: string,
  ...depths: number[],
];

const BRIEFS: readonly Brief[] = [
  [
    "005930",
    "삼성전자",
    "KOSPI",
    "READY",
    "A",
    71.3,
    71_900,
    -0.97,
    88,
    0.58,
    "15W 15/4 3T",
    0.15,
    0.08,
    0.04,
  ],
  [
    "042700",
    "한미반도체",
    "KOSPI",
    "READY",
    "S",
    79.4,
    186_400,
    -2.31,
    97,
    0.44,
    "24W 27/5 4T",
    0.27,
    0.14,
    0.08,
    0.05,
  ],
  [
    "012450",
    "한화에어로스페이스",
    "KOSPI",
    "CONFIRMED",
    "A",
    74,
    921_000,
    1.84,
    99,
    0.61,
    "9W 18/6 2T",
    0.18,
    0.06,
  ],
  [
    "196170",
    "알테오젠",
    "KOSDAQ",
    "UNCONFIRMED",
    "B",
    63.8,
    402_500,
    3.2,
    93,
    0.72,
    "12W 22/8 3T",
    0.22,
    0.13,
    0.08,
  ],
  [
    "257720",
    "실리콘투",
    "KOSDAQ",
    "READY",
    "B",
    66.1,
    48_350,
    -4.55,
    95,
    0.66,
    "18W 31/7 4T",
    0.31,
    0.18,
    0.11,
    0.07,
  ],
  [
    "403870",
    "에이치피에스피",
    "KOSDAQ",
    "FORMING",
    "C",
    52.9,
    31_200,
    -9.13,
    74,
    0.93,
    "31W 34/11 3T",
    0.34,
    0.2,
    0.11,
  ],
  [
    "475150",
    "새내기상장",
    "KOSDAQ",
    "FORMING",
    "C",
    50.2,
    12_340,
    -8.6,
    null,
    0.88,
    "7W 19/9 2T",
    0.19,
    0.09,
  ],
  ["064350", "현대로템", "KOSPI", "SQUAT", "B", 61, 178_900, -0.42, 98, 0.8, "11W 17/7 2T", 0.17, 0.07],
  [
    "267260",
    "HD현대일렉트릭",
    "KOSPI",
    "EXTENDED",
    "C",
    57.7,
    412_000,
    6.4,
    91,
    0.69,
    "14W 24/9 3T",
    0.24,
    0.15,
    0.09,
  ],
];

function rowOf([
  ticker,
  name,
  market,
  state,
  grade,
  score,
  pivot,
  distance,
  rs,
  dryUp,
  footprint,
  ...depths
]: Brief): SignalRow {
  const entry = Math.round(pivot * 1.001);
  const stop = Math.round(entry * 0.944);
  return {
    id: `sig-${ticker}`,
    ticker,
    name,
    ...latinName(name, NAMES_EN.get(ticker) ?? null),
    market,
    signal_type: "VCP",
    state,
    score,
    grade,
    footprint,
    depths,
    pivot,
    rs,
    entry_price: entry,
    stop_loss: stop,
    target_price: entry + 2 * (entry - stop),
    current_price: Math.round(pivot * (1 + distance / 100)),
    distance_pct: distance,
    volume_dry_up: dryUp,
    contraction_ratio: (depths.at(-1) ?? 1) / (depths[0] ?? 1),
    flags: rs === null ? ["young"] : [],
    signal_date: DAY,
    triggered_on: null,
    created_at: AT,
    updated_at: AT,
    run_id: RUN,
  };
}

export const ROWS: readonly SignalRow[] = BRIEFS.map(rowOf);

export const SIGNALS: SignalsBody = {
  exchange: "KRX",
  signals: ROWS,
  count: ROWS.length,
  generated_at: AT,
  next_cursor: null,
};

export const EMPTY_SIGNALS: SignalsBody = { ...SIGNALS, signals: [], count: 0 };

const TERM_POINTS: SignalDetail["score_terms"] = {
  leader_rs: 3.9,
  leader_trend: 6.2,
  leader_advance: 4.1,
  base_first: 6.25,
  base_last: 6.25,
  base_count: 6.25,
  base_widest: 3.8,
  quiet_shelf: 4.4,
  quiet_width: 4.9,
  quiet_week: 3.1,
  quiet_range: 2.6,
  quiet_volume: 5.4,
  pivot_distance: 6.25,
  pivot_overhead: 5.8,
  right_time: 2.8,
  right_height: 5.1,
};

/** The detail of any row: three legs, seven conditions passed, one failed. */
export function detailOf(row: SignalRow): SignalDetail {
  const days = [
    "2025-03-04",
    "2025-03-25",
    "2025-04-16",
    "2025-05-02",
    "2025-05-19",
    "2025-06-02",
    "2025-06-05",
    "2025-06-09",
  ];
  const terms: readonly (readonly [number, number])[] = [
    [71_200, 66_480],
    [66_480, 63_110],
    [63_110, 62_270],
    [69_340, 66_480],
    [71_200, 69_340],
    [71_200, 64_900],
    [71_200, 57_800],
    [64, 70],
  ];
  const ids = ["TT1", "TT2", "TT3", "TT4", "TT5", "TT6", "TT7", "TT8"] as const;
  return {
    ...row,
    exchange: "KRX",
    contractions: row.depths.map((depth, i) => ({
      high_date: days[2 * i] ?? DAY,
      high: row.pivot,
      low_date: days[2 * i + 1] ?? DAY,
      low: Math.round(row.pivot * (1 - depth)),
      depth,
      bars: 15 - 3 * i,
      mean_volume: 14_200_000 / (i + 1),
    })),
    trend_template: ids.map((id, i) => {
      const [value = null, threshold = null] = terms[i] ?? [];
      return { id, value, threshold, result: id === "TT8" ? "fail" : "pass" };
    }),
    passed: 7,
    score_terms: TERM_POINTS,
    targets: [row.target_price, row.target_price + (row.entry_price - row.stop_loss)],
    risk_pct: 5.6,
    foreign_5d: null,
    inst_5d: null,
    weeks: 15,
    base_bars: 72,
    overhead_pct: 1.2,
    touched_on: null,
    previous_state: null,
    reason: "new",
    applied_on: DAY,
    measured_on: DAY,
    ended_on: null,
    params_version: "vcp-4",
  };
}
