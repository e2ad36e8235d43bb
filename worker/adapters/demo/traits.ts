/** What does not change about the demo's shares: size, volatility and liquidity, drawn from the cross-section of real boards. */
import { Chance } from "./chance.ts";
import { toGrid } from "./price-step.ts";
import { INDUSTRIES } from "./industries.ts";
import type { InstrumentKind } from "../../core/instrument/instrument.ts";

/** The code of the board in `Traits.board`. */
export const KOSPI = 0;
/** As KOSPI. */
export const KOSDAQ = 1;

/** A share's place in the market. Row i of every list and array of the demo is the share with ticker number i + 1. */
export interface Slot {
  readonly board: typeof KOSPI | typeof KOSDAQ;
  readonly kind: InstrumentKind;
  /** Index into `INDUSTRIES`. */
  readonly industry: number;
  /** For a preferred share the slot of its company's common share. */
  readonly company: number;
}

/** What does not change in the life of a share: a column a trait, a row a share. */
export interface Traits {
  readonly board: Uint8Array;
  readonly industry: Uint8Array;
  /** Factor of a move of the market and of the industry. */
  readonly beta: Float64Array;
  /** Standard deviation of the share's own daily return in a calm market. */
  readonly spread: Float64Array;
  /** Chance of a jump on a session. */
  readonly jump: Float64Array;
  /** Usual share of all listed shares that changes hands in a session. */
  readonly turnover: Float64Array;
  /** The price in won to which the share is drawn back, and how strongly (per session, of the logarithmic distance). */
  readonly home: Float64Array;
  readonly pull: Float64Array;
  readonly shares: Float64Array;
}

/** Median and the distances (natural logarithm) from it to the 5th and 95th percentile (market-data 6.5). */
interface Spread {
  readonly median: number;
  readonly down: number;
  readonly up: number;
}

interface BoardShape {
  readonly price: Spread;
  readonly cap: Spread;
  readonly turnover: Spread;
  readonly spread: number;
  readonly jump: number;
}

const BOARDS: readonly [kospi: BoardShape, kosdaq: BoardShape] = [
  {
    price: { median: 13_300, down: 2.5, up: 2.9 },
    cap: { median: 2.73e11, down: 2.45, up: 4.2 },
    turnover: { median: 0.0034, down: 1.35, up: 1.85 },
    spread: 0.0165,
    jump: 0.0075,
  },
  {
    price: { median: 5_000, down: 1.95, up: 2.45 },
    cap: { median: 9.2e10, down: 1.75, up: 2.65 },
    turnover: { median: 0.0043, down: 1.6, up: 2.05 },
    spread: 0.0205,
    jump: 0.015,
  },
];

const Z95 = 1.645;

function drawn({ median, down, up }: Spread, z: number): number {
  return median * Math.exp((z * (z < 0 ? down : up)) / Z95);
}

/** Share of each kind among all slots; the rest are common shares (calibrated on the KRX listing). */
const SHARE_OF = { kospi: 0.345, preferred: 0.04, reit: 0.009, spac: 0.025 } as const;

/** The slots of a market of `count` shares: KOSPI first, its common shares before its preferred ones. */
export function slotsOf(seed: number, count: number): readonly Slot[] {
  const kospi = Math.round(SHARE_OF.kospi * count);
  const preferredFrom = kospi - Math.round(SHARE_OF.preferred * count);
  const reitFrom = preferredFrom - Math.round(SHARE_OF.reit * count);
  const spacFrom = count - Math.round(SHARE_OF.spac * count);
  const chance = new Chance();
  const industryOf = (company: number): number =>
    chance.aim(seed, company, 1).whole(0, INDUSTRIES.length - 1);
  return Array.from({ length: count }, (_, i): Slot => {
    if (i >= preferredFrom && i < kospi) {
      const company = (i - preferredFrom) * 3;
      return { board: KOSPI, kind: "preferred", industry: industryOf(company), company };
    }
    const kind = i >= reitFrom && i < preferredFrom ? "reit" : i >= spacFrom ? "spac" : "common";
    return { board: i < kospi ? KOSPI : KOSDAQ, kind, industry: industryOf(i), company: i };
  });
}

/** Drawn from the seed alone. */
export function traitsOf(seed: number, slots: readonly Slot[]): Traits {
  const column = (): Float64Array => new Float64Array(slots.length);
  const traits = {
    board: Uint8Array.from(slots, (slot) => slot.board),
    industry: Uint8Array.from(slots, (slot) => slot.industry),
    beta: column(),
    spread: column(),
    jump: column(),
    turnover: column(),
    home: column(),
    pull: column().fill(0.008),
    shares: column(),
  };
  const chance = new Chance();
  for (const [i, slot] of slots.entries()) {
    chance.aim(seed, i, 2);
    drawCommon(traits, i, BOARDS[slot.board], chance);
    if (slot.kind === "spac") {
      drawShell(traits, i, { price: chance.between(1_990, 2_180), cap: 1e10, spread: 0.003 });
    } else if (slot.kind === "reit") {
      drawShell(traits, i, { price: chance.between(2_600, 7_500), cap: 2e11, spread: 0.007 });
    } else if (slot.kind === "preferred") {
      traits.home[i] = toGrid((traits.home[slot.company] ?? 1) * chance.between(0.4, 0.9));
      traits.shares[i] = Math.max(1e5, Math.round((traits.shares[slot.company] ?? 1) * 0.2));
      traits.turnover[i] = drawn({ median: 0.0018, down: 1, up: 1.6 }, chance.normal());
    }
  }
  return traits;
}

function drawCommon(traits: Traits, i: number, board: BoardShape, chance: Chance): void {
  const size = chance.normal();
  const cap = drawn(board.cap, size);
  // Dear shares are rather those of large companies.
  const home = toGrid(Math.max(180, drawn(board.price, 0.55 * size + 0.835 * chance.normal())));
  traits.home[i] = home;
  traits.shares[i] = Math.max(1e5, Math.round(cap / home));
  traits.turnover[i] = drawn(board.turnover, chance.normal());
  traits.beta[i] = chance.between(0.45, 1.45);
  traits.spread[i] = board.spread * Math.exp(0.35 * chance.normal() - 0.08 * size);
  traits.jump[i] = board.jump * Math.exp(-0.3 * size);
}

/** Shares that hardly move: SPACs before a merger, real-estate trusts. */
function drawShell(
  traits: Traits,
  i: number,
  shell: { readonly price: number; readonly cap: number; readonly spread: number },
): void {
  traits.home[i] = toGrid(shell.price);
  traits.shares[i] = Math.round(shell.cap / shell.price);
  traits.beta[i] = 0.1;
  traits.spread[i] = shell.spread;
  traits.jump[i] = 0.0005;
  traits.pull[i] = 0.05;
}
