/** A list as a market of 2,700 shares has it after some weeks: every state, every grade, both markets, breakouts of several days. */
import { SIGNALS, ROWS } from "./stub-signals.ts";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import type { SignalsBody } from "../../worker/protocol/rest/signal-list.ts";
import { assert } from "../../worker/core/assert.ts";

/** The session of the stub's last scan. */
export const TODAY = "2025-06-13";
const EARLIER = "2025-06-05";

/** State, grade, and the session of the trigger: as often as a real list of about a hundred has them. */
const KINDS: readonly (readonly [
  times: number,
  state: SignalRow["state"],
  grade: SignalRow["grade"],
  triggered: string | null,
])[] = [
  [1, "READY", "S", null],
  [3, "READY", "A", null],
  [4, "READY", "B", null],
  [3, "READY", "C", null],
  [2, "READY", "D", null],
  [1, "TRIGGERED", "B", TODAY],
  [2, "CONFIRMED", "A", TODAY],
  [1, "UNCONFIRMED", "B", TODAY],
  [6, "CONFIRMED", "B", EARLIER],
  [5, "UNCONFIRMED", "C", EARLIER],
  [14, "FORMING", "C", null],
  [18, "SQUAT", "B", EARLIER],
  [10, "SQUAT", "C", TODAY],
  [16, "EXTENDED", "C", EARLIER],
  [9, "OVEREXTENDED", "D", EARLIER],
  [1, "SUSPENDED", "D", null],
];

const FIRST = ["가온", "나래", "다솜", "라온", "마루", "바름", "새론", "아라", "자람", "한빛"] as const;
const SECOND = ["전자", "정밀화학", "바이오로직스", "중공업", "소프트", "에너지솔루션", "제약"] as const;

/** Where a state stands against its pivot, and the spread, in per cent; the others just above it. */
const DISTANCES: Readonly<Partial<Record<SignalRow["state"], readonly [from: number, step: number]>>> = {
  READY: [-0.2, -0.42],
  FORMING: [-5.2, -0.6],
  SQUAT: [-0.05, -0.31],
  EXTENDED: [5.2, 0.4],
  OVEREXTENDED: [10.4, 0.9],
};

function distanceOf(state: SignalRow["state"], i: number): number {
  const [from, step] = DISTANCES[state] ?? [0.1, 0.4];
  return from + step * ((i * 7) % 11);
}

function rowOf(
  i: number,
  state: SignalRow["state"],
  grade: SignalRow["grade"],
  triggered: string | null,
): SignalRow {
  const base = rowAt(ROWS, i % ROWS.length);
  const pivot = 4_000 + ((i * 7_919) % 180) * 450;
  const distance = distanceOf(state, i);
  const ticker = String(200_000 + i * 10);
  return {
    ...base,
    id: `${ticker}.20250304.20250519`,
    ticker,
    name: `${FIRST[i % FIRST.length] ?? ""}${SECOND[i % SECOND.length] ?? ""}`,
    market: i % 3 === 0 ? "KOSDAQ" : "KOSPI",
    state,
    grade,
    score: 50 + ((i * 37) % 42) + 0.3,
    rs: i % 17 === 0 ? null : 70 + ((i * 13) % 30),
    pivot,
    entry_price: Math.round(pivot * 1.001),
    stop_loss: Math.round(pivot * 0.944),
    current_price: Math.round(pivot * (1 + distance / 100)),
    distance_pct: distance,
    volume_dry_up: 0.4 + ((i * 11) % 60) / 100,
    triggered_on: triggered,
  };
}

/** 96 rows. */
export const LONG_ROWS: readonly SignalRow[] = KINDS.flatMap(([times, ...kind]) =>
  Array.from({ length: times }, () => kind),
).map((kind, i) => rowOf(i, ...kind));

export const LONG_SIGNALS: SignalsBody = { ...SIGNALS, signals: LONG_ROWS, count: LONG_ROWS.length };

/** A row that the stub has. */
export function rowAt(rows: readonly SignalRow[], at = 0): SignalRow {
  const row = rows[at];
  assert(row, `The stub has more than ${at} rows`);
  return row;
}

/** As many rows as asked for, of every state and grade, each of a share of its own. */
export function rowsOf(count: number): readonly SignalRow[] {
  return Array.from({ length: count }, (_, i) => {
    const ticker = String(100_000 + i);
    return { ...rowAt(LONG_ROWS, i % LONG_ROWS.length), ticker, id: `${ticker}.20250304.20250519` };
  });
}
