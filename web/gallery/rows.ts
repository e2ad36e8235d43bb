/** Rows of signals in every state, and prices: what the fixtures of the tests do not have at once. */
import { SIGNAL_STATES } from "../../worker/core/vcp/signal-state.ts";
import { latinName } from "../../worker/protocol/romanise.ts";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import { ROWS } from "../e2e/stub-signals.ts";
import { rowAt } from "../e2e/stub-long-list.ts";
import type { LivePrice } from "../store/live-price.ts";

export const GRADES = ["S", "A", "B", "C", "D"] as const satisfies readonly SignalRow["grade"][];

const FIRST = rowAt(ROWS);

export function rowOf(change: Partial<SignalRow>): SignalRow {
  return { ...FIRST, ...change };
}

/** One row a state, the grades in turn. */
export const STATE_ROWS: readonly SignalRow[] = SIGNAL_STATES.map((state, i) =>
  rowOf({
    ...ROWS[i % ROWS.length],
    id: `state-${state}`,
    state,
    grade: GRADES[i % GRADES.length] ?? "C",
    score: 91 - 6 * i,
    rs: i % 4 === 3 ? null : 97 - 3 * i,
    distance_pct: i - 6,
  }),
);

/** The longest names of KRX, in both scripts, one without an English name and one without a market. */
export const LONG_NAMES: readonly SignalRow[] = [
  {
    ticker: "00088K",
    name: "한화3우B",
    en: "Hanwha Corporation 3rd Preferred Stock Class B",
    market: "KOSPI",
  },
  {
    ticker: "0114X0",
    name: "미래에셋비전기업인수목적7호스팩",
    en: "Mirae Asset Vision No.7 Special Purpose Acquisition Company",
    market: "KOSDAQ",
  },
  { ticker: "475150", name: "에스케이이터닉스퓨처엠머티리얼즈", en: null, market: "KOSPI" },
  { ticker: "900000", name: "F&F", en: "F&F", market: null },
].map(({ ticker, name, en, market }) =>
  rowOf({
    id: `long-${ticker}`,
    ticker,
    name,
    ...latinName(name, en),
    market: market === "KOSPI" || market === "KOSDAQ" ? market : null,
  }),
);

export function priceOf(price: number, change: Partial<LivePrice> = {}): LivePrice {
  return {
    ticker: FIRST.ticker,
    price,
    change: 1_200,
    change_rate: 1.71,
    volume: 8_140_233,
    bid_price: price - 100,
    ask_price: price,
    open: 70_100,
    high: 71_800,
    low: 69_900,
    session: "open",
    stale: false,
    at: "2025-06-13T10:32:05.000+09:00",
    as_of: "2025-06-13",
    source: "kis",
    ...change,
  };
}
