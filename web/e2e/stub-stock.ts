/** A share that is no candidate by one rule of its base, which is drawn all the same. */
import { latinName } from "../../worker/protocol/romanise.ts";
import { FORM_RULES, type FormRule } from "../../worker/core/vcp/form-rules.ts";
import type { StockBody } from "../../worker/protocol/rest/stock.ts";
import type { ExplainedVerdictBody } from "../../worker/protocol/verdict.ts";
import { chartOf } from "./stub-chart.ts";

const TICKER = "068270";
const NAME = "셀트리온";
const DAY = "2025-06-13";
const CLOSE = 158_300;
const PIVOT = 168_900;

/** Measured on the base below; of the other rules the limit itself is met. */
const MEASURED: Readonly<Record<string, number>> = {
  passed: 8,
  rs: 81,
  contractions: 2,
  firstDepth: 0.195,
  lastDepth: 0.137,
  distance: CLOSE / PIVOT - 1,
};

function isUnmet({ side }: FormRule, value: number, limit: number): boolean {
  return side === "atLeast" ? value < limit : value > limit;
}

const RULES: ExplainedVerdictBody["rules"] = FORM_RULES.map((rule: FormRule) => {
  // Nothing of the kind happened in this base: it is not held against the share.
  const value = rule.measure === "recoveryBars" ? null : (MEASURED[rule.measure] ?? rule.limit);
  const met = value === null || !isUnmet(rule, value, rule.limit);
  return { id: rule.id, value, threshold: rule.limit, keep: rule.keep, met };
});

/** The one that the last contraction is too deep for. */
export const LACKING: FormRule = (() => {
  const rules: readonly FormRule[] = FORM_RULES;
  const found = rules.find(({ id }) => RULES.some((rule) => rule.id === id && rule.met === false));
  if (found === undefined) {
    throw new Error("One rule is unmet");
  }
  return found;
})();

const TEMPLATE = [
  [158_300, 149_400],
  [151_900, 147_200],
  [147_200, 144_600],
  [156_100, 151_900],
  [158_300, 156_100],
  [158_300, 140_270],
  [158_300, 128_400],
  [81, 70],
] as const;
const IDS = ["TT1", "TT2", "TT3", "TT4", "TT5", "TT6", "TT7", "TT8"] as const;

export const NEAR_BASE: NonNullable<NonNullable<ExplainedVerdictBody["near_miss"]>["base"]> = {
  footprint: "13W 20/14 2T",
  contractions: [
    {
      high_date: "2025-03-18",
      high: 171_200,
      low_date: "2025-04-09",
      low: 137_900,
      depth: 0.1945,
      bars: 16,
      mean_volume: 812_000,
    },
    {
      high_date: "2025-05-02",
      high: PIVOT,
      low_date: "2025-05-23",
      low: 145_700,
      depth: 0.1374,
      bars: 13,
      mean_volume: 604_000,
    },
  ],
  base_bars: 61,
  pivot: PIVOT,
  stop_loss: 155_400,
};

/** Its nearest base lacks one rule. */
export const STOCK_NEAR: StockBody = {
  exchange: "KRX",
  ticker: TICKER,
  instrument: {
    ticker: TICKER,
    name: NAME,
    ...latinName(NAME, "Celltrion"),
    market: "KOSPI",
    kind: "common",
    notice: null,
    industry: "의약품",
    listed_on: "2018-02-09",
    listed_shares: 217_000_000,
  },
  verdict: {
    ticker: TICKER,
    name: NAME,
    market: "KOSPI",
    as_of: DAY,
    last_date: DAY,
    current_price: CLOSE,
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
    trend_template: IDS.map((id, i) => {
      const [value = null, threshold = null] = TEMPLATE[i] ?? [];
      return { id, value, threshold, result: "pass" };
    }),
    passed: 8,
    rs: 81,
    rs_raw: 0.31,
    eligibility: { ok: true, reason: null, value: null, threshold: null },
    near_miss: {
      rule: LACKING.id,
      value: MEASURED[LACKING.measure] ?? null,
      threshold: LACKING.limit,
      base: NEAR_BASE,
    },
    flags: [],
    rules: RULES,
    rules_of: "nearest",
  },
  generated_at: "2025-06-13T18:21:04.000+09:00",
};

export const STOCK_CHART: ReturnType<typeof chartOf> = chartOf({
  exchange: "KRX",
  ticker: TICKER,
  name: NAME,
  applied_on: DAY,
  contractions: NEAR_BASE.contractions,
  pivot: PIVOT,
  current_price: CLOSE,
});
