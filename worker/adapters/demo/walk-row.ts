/**
 * One session of a share outside scenarios: market, industry and a heavy-tailed shock of its own make the close, a
 * Brownian bridge between open and close makes high and low, and the volume follows the size of the shock.
 */
import { Chance } from "./chance.ts";
import type { ShareState } from "./demo-state.ts";
import { type DraftRow, writeTraded } from "./draft-row.ts";
import type { Factors } from "./market-factors.ts";
import { clamp, dailyLimits, toGrid } from "./price-step.ts";
import type { Traits } from "./traits.ts";

/** Share of a session's variance that lies in the gap from the last close to the open. */
const GAP = 0.28;

/** Pointed at one share and session by each writer below: a fresh stream a session, not a fresh object. */
const chance = new Chance();

/** The share's own shock, in multiples of its usual spread. */
function shockOf(state: ShareState, i: number): number {
  const heat = state.heat[i]!;
  const own = chance.fat();
  // Volatility clusters: the logarithm of the spread decays over weeks and rises with the size of each shock.
  state.heat[i] = clamp(0.95 * heat + 0.045 * (Math.abs(own) - 0.75) + 0.05 * chance.normal(), -1, 1.2);
  return own * Math.exp(heat);
}

/** Mean of a jump: all other sessions take it back in equal parts, so that jumps add no drift. */
const MEAN_JUMP = 0.17 * (0.82 - 0.18 * 0.6);

/** Jumps go up four times in five: limit-ups are frequent, limit-downs are not. */
function jumpOf(traits: Traits, factors: Factors, i: number): number {
  const hazard = traits.jump[i]! * factors.heat;
  if (chance.uniform() >= hazard) {
    return -hazard * MEAN_JUMP;
  }
  const size = 0.05 - 0.12 * Math.log(1 - chance.uniform());
  return chance.uniform() < 0.82 ? size : -0.6 * size;
}

/**
 * Writes the row of share `i` after `previous` (the exchange's base price) and takes its state on, in place.
 */
export function writeWalk(
  seed: number,
  i: number,
  traits: Traits,
  state: ShareState,
  factors: Factors,
  previous: number,
  row: DraftRow,
): void {
  chance.aim(seed, i + 0x1_0000, factors.session);
  const board = factors.market[traits.board[i] === 0 ? 0 : 1];
  const spread = traits.spread[i]! * factors.heat;
  const own = shockOf(state, i);
  const jump = jumpOf(traits, factors, i);
  const common = traits.beta[i]! * (board + factors.industry[traits.industry[i]!]!);
  const back = -traits.pull[i]! * Math.log(previous / state.home[i]!);
  const move = common + spread * own + jump + back;
  const limits = dailyLimits(previous);
  const close = clamp(toGrid(previous * Math.exp(move)), limits.lower, limits.upper);
  const wide = Math.max(0.004, spread * Math.exp(state.heat[i]!));
  const gap = GAP * move + Math.sqrt(GAP * (1 - GAP)) * wide * 0.8 * chance.normal();
  row.open = clamp(toGrid(previous * Math.exp(gap)), limits.lower, limits.upper);
  row.close = close;
  writeRange(row, wide * 1.05 + 0.22 * Math.abs(move - gap), limits);
  writeVolume(i, traits, state, Math.abs(move) / (traits.spread[i]! + 0.008), row);
}

/** Extremes of a bridge with spread `wide` between open and close, exact in distribution (one uniform each). */
function writeRange(
  row: DraftRow,
  wide: number,
  limits: { readonly upper: number; readonly lower: number },
): void {
  const { open, close } = row;
  const step = Math.log(close / open);
  const over = step * step - 2 * wide * wide * Math.log(1 - chance.uniform());
  const under = step * step - 2 * wide * wide * Math.log(1 - chance.uniform());
  const high = toGrid(open * Math.exp((step + Math.sqrt(over)) / 2));
  const low = toGrid(open * Math.exp((step - Math.sqrt(under)) / 2));
  row.high = clamp(high, Math.max(open, close), limits.upper);
  row.low = clamp(low, limits.lower, Math.min(open, close));
}

/** `size` is the session's move against the share's usual one. */
function writeVolume(i: number, traits: Traits, state: ShareState, size: number, row: DraftRow): void {
  const excess = Math.min(size, 8) - 0.7;
  const activity = 0.88 * state.activity[i]! + 0.3 * chance.normal() + 0.045 * excess;
  state.activity[i] = clamp(activity, -2.5, 3);
  const usual = state.shares[i]! * traits.turnover[i]!;
  writeTraded(row, usual * Math.exp(state.activity[i] + 0.28 * excess + 0.25 * chance.normal()));
}

/** A listing's first session: KRX lets it trade at 60 % to 400 % of its offer price. */
export function writeFirst(
  seed: number,
  i: number,
  traits: Traits,
  state: ShareState,
  session: number,
  row: DraftRow,
): void {
  chance.aim(seed, i + 0x2_0000, session);
  const offer = state.home[i]!;
  const calm = traits.pull[i]! > 0.01;
  const limits = calm ? dailyLimits(offer) : { upper: toGrid(offer * 3.99), lower: toGrid(offer * 0.61) };
  const move = calm ? 0.01 * chance.normal() : 0.3 + 0.45 * chance.normal();
  row.open = clamp(toGrid(offer * Math.exp(0.8 * move)), limits.lower, limits.upper);
  row.close = clamp(toGrid(offer * Math.exp(move)), limits.lower, limits.upper);
  writeRange(row, calm ? 0.005 : 0.09, limits);
  state.activity[i] = calm ? 0.5 : 2.4;
  writeTraded(row, state.shares[i]! * Math.min(0.9, traits.turnover[i]! * (calm ? 8 : 60)));
}
