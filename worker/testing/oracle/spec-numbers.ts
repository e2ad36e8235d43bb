/**
 * The numbers of the form as SPEC.md states them, written or read from there a second time: a number that moves in
 * worker/core alone makes the two implementations disagree.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { assert } from "../../core/assert.ts";
import { PARAMS, type Params } from "../../core/params.ts";
import { byRule, type FormLimits } from "../../core/vcp/form-rules.ts";

/** BS1, BS2, CT1, CT2, CT8, CT10, PV1, PV4, QT1, RR1, SC1, SC2, NM1, FL1. */
const BASE: Params["base"] = {
  bars: [18, 250],
  overBars: 120,
  level: 0.005,
  leastBefore: 20,
  advanceBars: 120,
  spikeBars: 10,
  maxContractions: 6,
  maxRatio: 0.8,
  recoveryGap: 2,
  contractionBars: 2,
  noiseFloor: 0.02,
  noiseRanges: 1.1,
  noiseBars: 50,
  deepDepth: 0.35,
  usualBars: 120,
  recovered: 0.9,
  quietBars: 10,
  weekBars: 5,
  smoothBars: 60,
  dryBars: [10, 50],
  breakoutBars: 5,
  breakoutSpan: 20,
  formerBars: 120,
  ready: { distance: -0.06, shelf: 3 },
  wick: 0.05,
  gap: 0.03,
};

/** `>= 7`, `<= 3 %`: the number, per cent as a fraction. */
function numberIn(cell: string): number {
  const [, digits, percent] = /^[<>]= (-?[\d.]+)( %)?$/.exec(cell) ?? [];
  assert(digits !== undefined, `${cell} is no limit`);
  return percent === undefined ? Number(digits) : Number((Number(digits) / 100).toFixed(12));
}

/** The limits of the table in SPEC.md, by rule. */
function limitsIn(spec: string): FormLimits {
  const lines = spec.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  return byRule(({ id }) => {
    const [, , , , limit = "", keep = ""] = lines.find((cells) => cells[1] === id) ?? [];
    return { limit: numberIn(limit), keep: numberIn(keep) };
  });
}

const SPEC = join(projectRoot, "worker/core/SPEC.md");

/** The parameters of the second implementation; what is no part of the form is that of production. */
export const SPEC_PARAMS: Params = { ...PARAMS, form: limitsIn(readFileSync(SPEC, "utf8")), base: BASE };
