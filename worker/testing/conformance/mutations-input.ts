/** BR, SW and EL broken one by one. */
import { type Mutation, mutationsOf } from "./mutation.ts";

export const INPUT_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf("core/bars/bar.ts", [
    ["BR1", "return row.volume > 0 && row.high > 0;", "return row.high > 0;"],
    ["BR2", "row.low > (1 + BODY_TOLERANCE)", "row.low > (2 + BODY_TOLERANCE)"],
    ["BR2", "row.high < (1 - BODY_TOLERANCE)", "row.high < (0 - BODY_TOLERANCE)"],
    ["BR2", "numbers.some((x) => !Number.isFinite(x))", "numbers.some((x) => x === Infinity)"],
    ["BR2", "given.some((x) => x < 0)", "given.some((x) => x < -1e6)"],
    ["BR2", "row.day <= previous", "row.day < previous"],
    ["BR2", "row.open === 0 || row.low === 0", "row.open === 0"],
    ["BR2b", "x > LARGEST ||", "x > 10 * LARGEST ||"],
    ["BR2b", "(x > 0 && x < SMALLEST)", "false"],
  ]),
  ...mutationsOf("core/bars/pattern-time.ts", [
    ["BR1", "if (from.volume[i]! > 0 && from.high[i]! > 0) {", "if (from.close[i]! > 0) {"],
    ["BR1", "while (n < rows && volume[n]! > 0 && high[n]! > 0) {", "while (n < rows) {"],
    ["SW1", "k < atrSpan ? change / (k + 1)", "k < 9 * atrSpan ? change / (k + 1)"],
    ["SW1", "before <= h && before >= l ? h - l", "before <= h ? h - l"],
    ["SW1", "const change = wide / before - average;", "const change = wide / close[k]! - average;"],
  ]),
  ...mutationsOf("core/scan/eligibility.ts", [
    ["BR3", "move > limit && move - limit >", "move > limit + 1 && move - limit >"],
    ["BR3", "bars.n - params.suspectBars", "bars.n - params.suspectBars - 1"],
    ["BR3", "bars.day[k]! >= WIDE_LIMIT_SINCE", "bars.day[k]! < WIDE_LIMIT_SINCE"],
    ["BR3", "bars.haltsBetween(k - 1, k) > 0 && hasBase", "bars.haltsBetween(k - 1, k) > 0 || hasBase"],
    ["BR4", "x.liquidity.halted >= el.maxHalts", "x.liquidity.halted > el.maxHalts"],
    ["BR5", "x.bars.n < params.young.judged", "x.bars.n <= params.young.judged"],
    ["EL1", 'if (kind !== "common") {', 'if (kind === "fund") {'],
    ["EL2", "if (notice !== null) {", 'if (notice === "administration") {'],
    ["EL3", "x.liquidity.medianValue < el.value", "x.liquidity.medianValue <= el.value"],
    ["EL3", "close < el.price", "close <= el.price"],
    ["EL3", "if (i >= first) {", "if (i >= first && traded) {"],
    ["EL4", "x.liquidity.zeroVolume > el.maxZero", "x.liquidity.zeroVolume >= el.maxZero"],
  ]),
  ...mutationsOf("core/bars/adjust.ts", [
    ["BR3a", "columns.volume.map((x, k) => x /", "columns.volume.map((x, k) => x *"],
    ["BR3a", "return reopened && shares > 0", "return shares > 0"],
    ["BR3a", ">= tickAt(before", "> tickAt(before"],
  ]),
  ...mutationsOf("core/vcp/swings.ts", [
    [
      "SW2",
      "if (high[k]! > top) {\n          top = high[k]!;\n          extreme",
      "if (high[k]! >= top) {\n          top = high[k]!;\n          extreme",
    ],
    ["SW2", "} else if (low[k]! <= top * (1 - factor", "} else if (low[k]! < top * (1 - factor"],
    ["SW2", "} else if (high[k]! >= bottom * (1 + factor", "} else if (high[k]! > bottom * (1 + factor"],
    ["SW2", "Math.max(minThreshold, scale * range[k]!)", "scale * range[k]!"],
    ["SW2", "Math.min(maxThreshold, Math.max", "Math.min(1, Math.max"],
    ["SW2", "scale * bars.leastRange >= minThreshold && scale", "scale"],
    ["SW2", "if (!higher && low[k]!", "if (low[k]!"],
    ["SW2", "rising ? lowestBar(low, extreme + 1, k) : highestBar(high, extreme + 1, k)", "k"],
    [
      "SW3",
      "for (; k < n; k++) {\n        if (low[k]! < bottom) {",
      "for (; k < n - 1; k++) {\n        if (low[k]! < bottom) {",
    ],
    ["SW3", "const threshold = factor * range[k]!;", "const threshold = factor * range[n - 1]!;"],
    ["SW4", "this.provisional = s + 1 === swings.count;", "this.provisional = false;"],
  ]),
];
