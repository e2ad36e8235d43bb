/** What is drawn before the bars are: depths, volumes and lengths of a base, and of the decoys that break one rule of the form each. */
import type { Chance } from "../chance.ts";

/**
 * The rule of the form that a decoy breaks: `equal` falls CT1, a `loose` last contraction CT3, a `pump` into the high
 * BS4, a `panic` made good in days RR3, the `overhead` of lower highs PV3, a base after a `decline` TT, a share that
 * ran away from its base (`extended`) PV2.
 */
export type Decoy = "equal" | "loose" | "pump" | "panic" | "overhead" | "decline" | "extended";

const DECOYS: readonly Decoy[] = ["equal", "loose", "pump", "panic", "overhead", "decline", "extended"];

export function decoyOf(chance: Chance): Decoy {
  return DECOYS[chance.whole(0, DECOYS.length - 1)] ?? "equal";
}

/** Sessions of a contraction's fall and of the recovery after it. */
export type Pace = readonly [fall: number, rise: number];

/** One pattern before its bars are drawn. */
export interface Design {
  /** The advance to the left-side high, as a fraction of the price before it. */
  readonly gain: number;
  /** Sessions at the end of the advance in which most of it is made; 0: it takes its time. */
  readonly rush: number;
  readonly depths: readonly number[];
  readonly paces: readonly Pace[];
  /** How far below the high before it each recovery ends; one entry fewer than depths. */
  readonly slips: readonly number[];
  /** Volume of each contraction, and of the quiet end, against a usual session of the scenario. */
  readonly volumes: readonly number[];
  readonly dry: number;
  /** Sessions of the quiet end, under the pivot. */
  readonly shelf: number;
  /** How lively the share is against a usual one: bars and own moves are so much larger. */
  readonly heat: number;
}

/** Judges see two or three contractions, seldom four, each half to two thirds of the one before. */
function depthsOf(chance: Chance): readonly number[] {
  const draw = chance.uniform();
  if (draw < 0.3) {
    const first = chance.between(0.12, 0.18);
    return [first, Math.max(0.06, first * chance.between(0.45, 0.58))];
  }
  if (draw < 0.88) {
    const first = chance.between(0.17, 0.25);
    const second = first * chance.between(0.5, 0.6);
    return [first, second, Math.max(0.056, second * chance.between(0.5, 0.62))];
  }
  const ratio = chance.between(0.58, 0.64);
  const first = chance.between(0.24, 0.3);
  return [first, first * ratio, first * ratio ** 2, first * ratio ** 3];
}

function paceOf(depth: number, chance: Chance): Pace {
  const fall = Math.round(2 + 42 * depth * chance.between(0.85, 1.2));
  return [fall, Math.round(1 + fall * chance.between(0.8, 1.25))];
}

/** A base with nothing wrong in it. */
export function trueDesign(chance: Chance): Design {
  const depths = depthsOf(chance);
  const dry = chance.between(0.28, 0.46);
  return {
    gain: chance.between(0.7, 1.15),
    rush: 0,
    depths,
    paces: depths.map((depth) => paceOf(depth, chance)),
    slips: depths.slice(1).map(() => chance.between(0.006, 0.022)),
    volumes: depths.map((_, i) => 0.95 * (dry / 0.7) ** (i / (depths.length - 1))),
    dry,
    shelf: chance.whole(6, 8),
    heat: chance.between(1, 1.3),
  };
}

/** A sound design with one thing wrong. */
export function decoyDesign(decoy: Decoy, chance: Chance): Design {
  const sound = trueDesign(chance);
  const fallsOf = (depths: readonly number[], slip: number): Design => ({
    ...sound,
    depths,
    paces: depths.map((depth) => paceOf(depth, chance)),
    slips: depths.slice(1).map(() => slip),
    volumes: depths.map((_, i) => 0.9 - 0.15 * i),
  });
  switch (decoy) {
    case "equal":
      return fallsOf([0.135, 0.125, 0.13], 0.008);
    case "loose":
      return fallsOf([0.33, 0.235, 0.175], 0.01);
    case "pump":
      // No later high of the base comes near the first: read from one, the base would have no pump before it.
      return { ...fallsOf([0.2, 0.11, 0.06], 0.045), gain: 1.1, rush: 7 };
    case "panic":
      return { ...fallsOf([0.27, 0.075], 0.005), paces: [[3, 3], paceOf(0.075, chance)] };
    case "overhead":
      return fallsOf([0.38, 0.19, 0.08], 0.082);
    case "decline":
      return { ...sound, gain: -chance.between(0.4, 0.5) };
    case "extended":
      return sound;
  }
}
