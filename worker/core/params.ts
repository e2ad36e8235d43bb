/**
 * Every constant of the detector, in one versioned object. `version` is stored with every signal and run:
 * change a number, change the version. Fractions are fractions (0.08 is 8 %), spans are bars of pattern time.
 * Sources: SPEC.md beside this file; the doctrine's numbers are Minervini's, the rest was calibrated on KRX bars.
 */

export interface Params {
  readonly version: string;
  readonly swing: {
    /** SW2: multiples of the average true range. */
    readonly scales: readonly number[];
    readonly minThreshold: number;
    readonly maxThreshold: number;
    /** SW1: span of the running average true range. */
    readonly atrSpan: number;
  };
  readonly base: {
    readonly maxContractions: number;
    readonly maxRatio: number;
    readonly maxMeanRatio: number;
    readonly lowFloor: number;
    readonly shakeoutFloor: number;
    readonly shakeoutBars: number;
    readonly highFloor: number;
    readonly highCeiling: number;
    readonly firstDepth: readonly [min: number, max: number];
    readonly deepDepth: number;
    readonly lastDepth: number;
    /** CT10: bars from H_T to L_T below which a candidate yields to any other. */
    readonly lastLegBars: number;
    readonly yearFall: number;
    readonly bars: readonly [min: number, max: number];
    readonly advanceBars: readonly [min: number, max: number];
    readonly advance: number;
    readonly yearHighShare: number;
    readonly extended: number;
    readonly maxDryUp: number;
    readonly maxVolumeTrend: number;
    readonly dryBars: readonly [short: number, long: number];
    readonly haltedBars: number;
  };
  readonly year: number;
  readonly young: { readonly judged: number; readonly listed: number; readonly full: number };
  readonly relativeStrength: { readonly formula: string; readonly minimum: number };
  readonly eligibility: {
    readonly valueSessions: number;
    readonly value: number;
    readonly leaderValue: number;
    readonly price: number;
    readonly zeroSessions: number;
    readonly maxZero: number;
    readonly haltSessions: number;
    readonly maxHalts: number;
    readonly limit: number;
    readonly suspectBars: number;
  };
  readonly grades: {
    readonly S: GradeGate;
    readonly A: GradeGate;
    readonly B: GradeGate;
    readonly C: GradeGate;
    /** A listed signal keeps its listing down to here. */
    readonly keep: { readonly score: number; readonly passed: number };
  };
  readonly plan: { readonly maxRisk: number; readonly wide: number };
  readonly life: {
    readonly ready: number;
    readonly breakoutVolume: number;
    readonly volumeBars: number;
    readonly extended: number;
    readonly overextended: number;
    readonly incumbentMargin: number;
    readonly misses: number;
    readonly relistSessions: number;
    readonly suspendedSessions: number;
    readonly pivotFailBars: number;
    readonly squatBars: number;
    readonly lateVolumeBars: number;
    readonly ageBars: number;
  };
}

export interface GradeGate {
  /** RS at least; 0 asks for none. */
  readonly rs: number;
  readonly score: number;
  readonly passed: number;
  readonly lastDepth: number;
  readonly dryUp: number;
}

export const PARAMS: Params = {
  version: "vcp-3",
  swing: { scales: [1.2, 1.8, 2.6, 3.8, 5.4], minThreshold: 0.012, maxThreshold: 0.2, atrSpan: 20 },
  base: {
    maxContractions: 6,
    maxRatio: 0.8,
    maxMeanRatio: 0.72,
    lowFloor: 0.99,
    shakeoutFloor: 0.97,
    shakeoutBars: 3,
    highFloor: 0.9,
    highCeiling: 1.05,
    firstDepth: [0.08, 0.45],
    deepDepth: 0.35,
    lastDepth: 0.12,
    lastLegBars: 2,
    yearFall: 0.6,
    bars: [15, 325],
    advanceBars: [20, 126],
    advance: 1.3,
    yearHighShare: 0.75,
    extended: 0.05,
    maxDryUp: 1,
    maxVolumeTrend: 1,
    dryBars: [5, 50],
    haltedBars: 10,
  },
  year: 252,
  young: { judged: 60, listed: 120, full: 252 },
  relativeStrength: { formula: "rs-1", minimum: 70 },
  eligibility: {
    valueSessions: 20,
    value: 1e9,
    leaderValue: 3e9,
    price: 1_000,
    zeroSessions: 60,
    maxZero: 3,
    haltSessions: 20,
    maxHalts: 5,
    limit: 0.31,
    suspectBars: 252,
  },
  grades: {
    S: { rs: 90, score: 75, passed: 8, lastDepth: 0.06, dryUp: 0.6 },
    A: { rs: 90, score: 68, passed: 8, lastDepth: 0.08, dryUp: 0.7 },
    B: { rs: 0, score: 60, passed: 7, lastDepth: 1, dryUp: 1 },
    C: { rs: 0, score: 50, passed: 6, lastDepth: 1, dryUp: 1 },
    keep: { score: 45, passed: 5 },
  },
  plan: { maxRisk: 0.08, wide: 0.1 },
  life: {
    ready: -0.08,
    breakoutVolume: 1.5,
    volumeBars: 50,
    extended: 1.05,
    overextended: 1.1,
    incumbentMargin: 5,
    misses: 3,
    relistSessions: 10,
    suspendedSessions: 20,
    pivotFailBars: 10,
    squatBars: 10,
    lateVolumeBars: 10,
    ageBars: 60,
  },
};
