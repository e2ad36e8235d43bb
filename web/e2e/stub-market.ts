/** A plausible evening of the market: run, gate, indices and health, written with the protocol's own types. */
import type { MarketGateBody } from "../../worker/protocol/market-gate.ts";
import type { HealthBody } from "../../worker/protocol/rest/health.ts";
import type { IndicesBody, PricesBody } from "../../worker/protocol/rest/quote.ts";
import type { RunBody, ScanStatus } from "../../worker/protocol/rest/scan-run.ts";
import { ROWS } from "./stub-signals.ts";

/** The last closes of the stubbed signals. One share has none: a price that is missing must stay missing. */
export const PRICES: PricesBody = {
  exchange: "KRX",
  prices: Object.fromEntries(
    ROWS.slice(0, -1).map((row, i) => {
      const price = row.current_price ?? 0;
      const change = Math.round((price * (i - 3)) / 300);
      const quote = {
        ticker: row.ticker,
        price,
        change,
        change_rate: (100 * change) / (price - change),
        volume: 1_240_000,
        open: price - change,
        high: price,
        low: price - Math.abs(change),
        halted: false,
        as_of: "2025-06-13",
        timestamp: null,
        stale: false,
        source: "closes",
      };
      return [row.ticker, quote];
    }),
  ),
  missing: ROWS.slice(-1).map(({ ticker }) => ticker),
  generated_at: "2025-06-13T18:21:04.000+09:00",
};

const AT = "2025-06-13T18:21:04.000+09:00";
const DAY = "2025-06-13";

export const RUN_DONE: RunBody = {
  id: "run-20250613-1",
  exchange: "KRX",
  kind: "cron",
  status: "done",
  as_of: DAY,
  params_version: "vcp-1",
  started_at: "2025-06-13T18:20:00.000+09:00",
  finished_at: "2025-06-13T18:20:02.000+09:00",
  request: { market: null, top_n: 30, min_score: 0 },
  funnel: { universe: 2_761, eligible: 1_204, template: 187, base: 41, detected: 9 },
  rejects: { CT1r: 88 },
  diff: { born: [], revised: [], moved: [], ended: [] },
  judged_from: null,
  saved: 9,
  reason: null,
};

export const STATUS: ScanStatus = {
  exchange: "KRX",
  progress: { run_id: null, stage: "idle", done: 0, total: 0 },
  last_run: RUN_DONE,
  overdue: false,
  generated_at: AT,
};

function indexQuote(code: "KOSPI" | "KOSDAQ", index: number, change: number): IndicesBody["indices"][number] {
  const change_rate = (100 * change) / (index - change);
  return {
    code,
    index,
    change,
    change_rate,
    volume: 480_000_000,
    as_of: DAY,
    timestamp: null,
    stale: false,
    source: "closes",
  };
}

export const INDICES: IndicesBody = {
  exchange: "KRX",
  indices: [indexQuote("KOSPI", 2_894.62, -25.41), indexQuote("KOSDAQ", 768.86, 3.16)],
  generated_at: AT,
};

type Component = MarketGateBody["components"][number];

function component(
  id: string,
  value: number | null,
  threshold: number | null,
  points: number | null,
  max: number,
): Component {
  return { id, value, threshold, points, max };
}

export const GATE: MarketGateBody = {
  exchange: "KRX",
  as_of: DAY,
  status: "YELLOW",
  level: 64.2,
  confidence: 0.96,
  kospi: 2_894.62,
  kospi_change_pct: -0.87,
  kosdaq: 768.86,
  kosdaq_change_pct: 0.41,
  components: [
    component("KOSPI.above20", 2_894.62, 2_781.04, 4, 4),
    component("KOSPI.above50", 2_894.62, 2_624.9, 6, 6),
    component("KOSPI.above200", 2_894.62, 2_561.77, 6, 6),
    component("KOSPI.rising50", 2_624.9, 2_548.31, 4, 4),
    component("KOSPI.distribution", 3, 2, 3.75, 5),
    component("KOSPI.change", -0.0087, 0, 1.41, 2.5),
    component("KOSDAQ.above20", 768.86, 748.2, 4, 4),
    component("KOSDAQ.above50", 768.86, 729.5, 6, 6),
    component("KOSDAQ.above200", 768.86, 772.43, 0, 6),
    component("KOSDAQ.rising50", null, null, null, 4),
    component("KOSDAQ.distribution", 1, 2, 5, 5),
    component("KOSDAQ.change", 0.0041, 0, 2.5, 2.5),
    component("breadth.above50", 0.581, 0.7, 10.5, 15),
    component("breadth.above200", 0.472, 0.7, 6.45, 15),
    component("breadth.newHighs", 0.011, 0.02, 7.75, 10),
    component("breadth.advancers", 0.382, 0.7, 1.03, 5),
  ],
  sectors: [],
  generated_at: AT,
};

/** A deployment without a single bar. */
export const HEALTH_BARE: HealthBody = {
  status: "ok",
  build: "test",
  exchange: "KRX",
  server_time: AT,
  book: { tickers: 0, rows: 0, sessions: 0, first_day: null, last_day: null },
  last_run: null,
  feed: null,
  outbox: { waiting: 0, oldest_age_s: null },
  failures: [],
};

/** Without a feed the stream sends the stored close and its day. */
export function closeOf(topic: "index:KOSPI" | "index:KOSDAQ"): object | null {
  const quote = INDICES.indices.find(({ code }) => topic === `index:${code}`);
  if (quote === undefined) {
    return null;
  }
  const { code, as_of, index, change, change_rate, volume } = quote;
  const data = { index, change, change_rate, volume };
  return { type: "index_update", topic, exchange: "KRX", code, name: code, as_of, data, source: "closes" };
}
