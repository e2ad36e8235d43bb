/** PL, GT, SN and what a scan asks of the whole market, broken one by one. */
import { type Mutation, mutationsOf } from "./mutation.ts";

export const MARKET_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf("core/bars/tick-size.ts", [
    ["PL1", "Math.floor(ticksIn(price, tick)) + 1", "Math.ceil(ticksIn(price, tick))"],
  ]),
  ...mutationsOf("core/vcp/plan.ts", [
    ["PL2", "below - tickAt(below, grid)", "below"],
    ["PL2", "entry * (1 - params.maxRisk)", "entry * (1 - 2 * params.maxRisk)"],
    ["PL3", "(entry - low) / entry > params.wide", "(entry - low) / entry >= params.wide / 2"],
    ["PL4", "entry + 3 * risk", "entry + 4 * risk"],
    ["PL5", "twoR: tickUp(entry + 2 * risk, grid)", "twoR: entry + 2 * risk"],
  ]),
  ...mutationsOf("core/scan/gate.ts", [
    ["GT1", "x?.mean50Before ?? nan, 4", "x?.mean20 ?? nan, 4"],
    ["GT1", "points: value > threshold ? max : 0", "points: value < threshold ? max : 0"],
    ["GT2", '"breadth.above50", breadth.above50, 0.3', '"breadth.above50", breadth.above50, 0.4'],
    ["GT3", "breadth.newHighsLessLows, -0.02", "breadth.newHighsLessLows, 0"],
    ["GT4", "change(k) <= DISTRIBUTION_FALL && heavier", "change(k) <= DISTRIBUTION_FALL"],
    ["GT4", "x?.distribution ?? null, 6, 2, 5", "x?.distribution ?? null, 6, 3, 5"],
    ["GT5", "x?.change ?? null, -0.02, 0, 2.5", "x?.change ?? null, -0.02, 0.01, 2.5"],
    ["GT6", "level === null || confidence < 0.5", "level === null || confidence < 0.4"],
    ["GT6", 'level >= 70 ? "GREEN"', 'level > 70 ? "GREEN"'],
    ["GT6", 'level >= 40 ? "YELLOW"', 'level > 40 ? "YELLOW"'],
    ["GT6", "components.filter((component) => component.points !== null)", "components"],
  ]),
  ...mutationsOf("core/scan/breadth.ts", [
    ["GT3", "bars.low[t] === trend.yearLow ? 1 : 0", "bars.low[t] === trend.yearLow ? 0 : 1"],
    ["GT7", "count >= MIN_SECTOR", "count > MIN_SECTOR"],
  ]),
  ...mutationsOf("core/scan/scan.ts", [
    ["SN1", "const rows = untilDay(raw, this.#day);", "const rows = raw;"],
    ["SN1", "findings.sort((a, b) => (a.ticker < b.ticker ? -1 : 1));", ""],
    [
      "EL3",
      "liquidity.medianValue >= params.eligibility.leaderValue",
      "liquidity.medianValue > params.eligibility.leaderValue",
    ],
  ]),
  ...mutationsOf("core/scan/rate.ts", [
    ["RS2", "common && x.lastDay === day &&", "common &&"],
    ["RS2", ' && x.eligibility.reason !== "adjustment_suspect"', ""],
  ]),
  ...mutationsOf("core/scan/funnel.ts", [
    [
      "SN2",
      "if (nearMiss !== null) {",
      'if (nearMiss === null) {\n      continue;\n    } else if (nearMiss.rule !== "EL1") {',
    ],
    ["SC10", "nearMiss === null || !BEFORE_BASE.has(nearMiss.rule)", "nearMiss === null"],
  ]),
  ...mutationsOf("core/params.ts", [["PR1", 'version: "vcp-', 'version: "']]),
];

/** What is asked of a scan's answer, after the scan. */
export const ANSWER_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf("core/scan/list-detected.ts", [
    ["SN3", "market === null || verdict.market === market", "true"],
    ["SN3", "topN === 0 ? found : found.slice(0, topN)", "found.slice(0, topN)"],
    ["SN3", ">= minScore", "> minScore"],
  ]),
];
