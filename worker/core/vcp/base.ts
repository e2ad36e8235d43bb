/** A valid candidate written down: contractions, footprint, plan and the state a new signal would take. */
import type { Candidate } from "./candidate.ts";
import { isShakeout } from "./base-rules.ts";
import type { Params } from "../params.ts";
import { planOf } from "./plan.ts";
import type { PriceGrid } from "../bars/tick-size.ts";
import type { Base, Contraction, Flag } from "./verdict.ts";

/** Whole per cent, half up (CT9). In doubles 0.145 x 100 is a hair below 14.5: the noise is taken out first. */
function percent(fraction: number): number {
  return Math.floor(Number((fraction * 100).toFixed(9)) + 0.5);
}

/**
 * CT9, in fractions.
 *
 * @example
 * footprintOf(40, [0.31, 0.17, 0.08, 0.03]); // "40W 31/3 4T"
 */
export function footprintOf(weeks: number, depths: readonly number[]): string {
  return `${weeks}W ${percent(depths[0] ?? 0)}/${percent(depths.at(-1) ?? 0)} ${depths.length}T`;
}

function contractionOf(c: Candidate, leg: number): Contraction {
  return {
    highDay: c.bars.dayAt(c.highBar(leg)),
    high: c.high(leg),
    lowDay: c.bars.dayAt(c.lowBar(leg)),
    low: c.low(leg),
    depth: c.depth(leg),
    bars: c.lowBar(leg) - c.highBar(leg),
    meanVolume: c.legVolume(leg),
  };
}

/** CT8, CT9, PL: prices in won of the last row's shares, everything else fractions and bars; with the flags of the base. */
export function baseOf(
  c: Candidate,
  grid: PriceGrid,
  params: Params,
): { readonly base: Base; readonly flags: readonly Flag[] } {
  const contractions = Array.from({ length: c.count }, (_, leg) => contractionOf(c, leg));
  const weeks = Math.ceil(c.length / 5);
  const { wide, ...plan } = planOf(c.pivot, c.low(c.lastLeg), grid, params.plan);
  const shakeouts = contractions.filter((_, leg) => leg < c.lastLeg && isShakeout(c, leg, params)).length;
  const flags: Flag[] = [];
  if (c.depth(0) > params.base.deepDepth) {
    flags.push("deep");
  }
  if (c.provisional) {
    flags.push("prov");
  }
  if (wide) {
    flags.push("wide");
  }
  if (shakeouts > 0) {
    flags.push("shakeout");
  }
  const base: Base = {
    scale: params.swing.scales[c.scale] ?? 0,
    contractions,
    footprint: footprintOf(
      weeks,
      contractions.map((leg) => leg.depth),
    ),
    weeks,
    bars: c.length,
    pivot: c.pivot,
    overhead: c.baseHigh / c.pivot - 1,
    ...plan,
    distance: c.distance,
    dryUp: c.dryUp(params.base.dryBars),
    volumeTrend: c.volumeTrend,
    contractionRatio: c.depth(c.lastLeg) / c.depth(0),
    shakeouts,
    breakout: c.breakout === null ? null : { day: c.bars.dayAt(c.breakout), bars: c.today - c.breakout },
    state: stateOf(c, params),
  };
  return { base, flags };
}

/** LC rows 0 and 1: what a signal born from this candidate would be. */
function stateOf(c: Candidate, params: Params): Base["state"] {
  if (c.distance > 0) {
    return hasBreakoutVolume(c, params.life) ? "CONFIRMED" : "UNCONFIRMED";
  }
  return c.provisional || c.distance < params.life.ready ? "FORMING" : "READY";
}

/** Some close above the pivot since L_T came with at least 1.5 times the mean volume of the 50 bars before it. */
function hasBreakoutVolume(c: Candidate, life: Params["life"]): boolean {
  const { bars } = c;
  for (let k = c.lowBar(c.lastLeg) + 1; k <= c.today; k++) {
    const ratio = (bars.volume[k] ?? 0) / bars.meanVolume(k - life.volumeBars, k - 1);
    if ((bars.close[k] ?? 0) > c.pivot && ratio >= life.breakoutVolume) {
      return true;
    }
  }
  return false;
}
