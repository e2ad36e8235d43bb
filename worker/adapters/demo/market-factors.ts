/** What moves all shares at once: three regimes of the market, its volatility, and the industries. */
import { Chance } from "./chance.ts";
import { INDUSTRIES } from "./industries.ts";

/** Logarithmic returns of one session. */
export interface Factors {
  readonly session: number;
  /** By board: KOSPI, KOSDAQ. */
  readonly market: readonly [kospi: number, kosdaq: number];
  readonly industry: Float64Array;
  /** Multiplies every share's own spread: 1 in a calm market. */
  readonly heat: number;
}

/** What the chain remembers: the regime, and the logarithm of the volatility against its usual level. */
export const MARKET_FIELDS = 2;

interface Regime {
  readonly drift: number;
  readonly spread: number;
  /** Mean length in sessions. */
  readonly dwell: number;
}

/** Bull, range, bear (market-data 6.5: mean dwell 60, 40, 25 sessions). */
const REGIMES: readonly [Regime, Regime, Regime] = [
  { drift: 0.0014, spread: 0.0075, dwell: 60 },
  { drift: 0, spread: 0.0075, dwell: 40 },
  { drift: -0.0026, spread: 0.0135, dwell: 25 },
];

/** Takes the chain `memory` one session on, in place. */
export function stepMarket(seed: number, session: number, memory: Float64Array): Factors {
  const chance = new Chance().aim(seed, 0x3a11, session);
  const before = Math.trunc(memory[0] ?? 0);
  const dwell = (REGIMES[before] ?? REGIMES[1]).dwell;
  const now = chance.uniform() < 1 / dwell ? (before + chance.whole(1, 2)) % 3 : before;
  const regime = REGIMES[now] ?? REGIMES[1];
  const shock = chance.fat();
  const heat = 0.94 * (memory[1] ?? 0) + 0.05 * (Math.abs(shock) - 0.75) + 0.04 * chance.normal();
  memory[0] = now;
  memory[1] = heat;
  const spread = regime.spread * Math.exp(heat);
  const common = regime.drift + spread * shock;
  const growth = 0.8 * common + 0.6 * spread * chance.normal();
  return {
    session,
    market: [common, growth],
    industry: Float64Array.from(INDUSTRIES, () => 0.0065 * Math.exp(heat) * chance.fat()),
    heat: Math.exp(0.8 * heat) * (now === 2 ? 1.2 : 1),
  };
}
