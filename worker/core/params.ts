/**
 * Every constant of the detector, in one versioned object. `version` is stored with every signal and run:
 * change a number, change the version. Fractions are fractions (0.08 is 8 %), spans are bars of pattern time.
 *
 * Each field names its rule in SPEC.md and its source:
 * "doctrine" is Minervini's books; "calibrated" was chosen, or kept, after measuring KRX bars (2023-12 to 2025-06), null
 * series and constructed bases; "KRX" is a fact of the exchange; "chosen" has no measurement behind it.
 */

export interface Params {
  /** PR1: a number changed is a version changed. */
  readonly version: string;
  readonly swing: {
    /** SW2: multiples of the average true range; calibrated, so that a last leg of 3 % and a first of 30 % are both seen. */
    readonly scales: readonly number[];
    /** SW2: no smaller move is a swing, a fraction; calibrated against the noise of quiet shares. */
    readonly minThreshold: number;
    /** SW2: a move of this size is always a swing, a fraction; calibrated. */
    readonly maxThreshold: number;
    /** SW1: span of the running average true range in bars; chosen, a month of sessions. */
    readonly atrSpan: number;
  };
  readonly base: {
    /** T at most; doctrine: two to six contractions. */
    readonly maxContractions: number;
    /** CT1r: a contraction's depth against the one before; doctrine says about half, 0.8 is calibrated. */
    readonly maxRatio: number;
    /** CT1g: geometric mean of all ratios; calibrated, stricter than each one so that not all are at the limit. */
    readonly maxMeanRatio: number;
    /** CT2low: a low against the one before; doctrine: rising lows, with a per cent of room. */
    readonly lowFloor: number;
    /** CT2: how far below the low before a shakeout may reach; doctrine allows shakeouts, the depth is chosen (1 to 2 % of bases use it). */
    readonly shakeoutFloor: number;
    /** CT2: bars in which a shakeout has to close back; chosen. */
    readonly shakeoutBars: number;
    /** CT2h90: a high against the base's highest; calibrated. */
    readonly highFloor: number;
    /** CT2h105: a high against the one before; calibrated: above it the base is an advance. */
    readonly highCeiling: number;
    /** CT3d1lo, CT3d1hi: first depth; doctrine 10 to 35 %, widened for the wider moves of KRX. */
    readonly firstDepth: readonly [min: number, max: number];
    /** CT3: from here on the flag `deep`; beyond doctrine's usual 35 %, so at most grade B. */
    readonly deepDepth: number;
    /** CT3dT: last depth; doctrine: tight before the pivot, the figure is calibrated. */
    readonly lastDepth: number;
    /** CT10: bars from H_T to L_T below which a candidate yields to any other; measured in decision 011. */
    readonly lastLegBars: number;
    /** CT3d60: fall from the year's high that rejects; doctrine. */
    readonly yearFall: number;
    /** CT4short, CT4long: bars from H_1 to the as-of bar; doctrine: 3 to 65 weeks. */
    readonly bars: readonly [min: number, max: number];
    /** CT5: fewest and most bars before H_1 on which the advance is measured; chosen, one to six months. */
    readonly advanceBars: readonly [min: number, max: number];
    /** CT5adv: H_1 against the lowest low before it; doctrine: a base needs an advance before it, of 30 %. */
    readonly advance: number;
    /** CT5h252: base high against the year's high; doctrine, as TT7. */
    readonly yearHighShare: number;
    /** CT6ext: close above the pivot, a fraction, up to which a base is still new; doctrine: no chasing. */
    readonly extended: number;
    /** CT7dry: volume before the as-of bar, short mean against long; doctrine: volume dries up. */
    readonly maxDryUp: number;
    /** CT7vtr: volume of the last leg against the first; doctrine, as above. */
    readonly maxVolumeTrend: number;
    /** CT7: spans of the two means; the 50 is doctrine, the 5 is chosen. */
    readonly dryBars: readonly [short: number, long: number];
    /** BR4: halted rows inside a base that spoil it; chosen, two weeks. */
    readonly haltedBars: number;
  };
  /** TT6, TT7, CT5, RS3: bars of a year; doctrine's 52 weeks in the customary 252 sessions. */
  readonly year: number;
  /** BR5: fewest bars to be judged, to be listed, and to have a template (a year); chosen. */
  readonly young: { readonly judged: number; readonly listed: number; readonly full: number };
  /** RS2: the version of the formula, stored. TT8: the least rating, doctrine. */
  readonly relativeStrength: { readonly formula: string; readonly minimum: number };
  readonly eligibility: {
    /** EL3: sessions of the median traded value; chosen, a month. */
    readonly valueSessions: number;
    /** EL3: won a session; calibrated: it leaves about 28 % of KRX tickers eligible. */
    readonly value: number;
    /** EL3, SC8: won a session for S and A; chosen, three times as much. */
    readonly leaderValue: number;
    /** EL3: won; chosen: below it one tick is a tenth of a per cent or more. */
    readonly price: number;
    /** EL4: sessions looked at for missing volume; chosen, a quarter. */
    readonly zeroSessions: number;
    /** EL4: sessions without volume that are still allowed; chosen. */
    readonly maxZero: number;
    /** BR4: sessions looked at for halts of the ticker; chosen, a month. */
    readonly haltSessions: number;
    /** BR4: halts among them that make it `halted`; chosen, a week. */
    readonly maxHalts: number;
    /** BR3: daily limit of 30 % and one point for rounding; KRX since 2015-06-15, 15 points less before. */
    readonly limit: number;
    /** BR3: bars for which a move beyond the limit makes a ticker suspect; a year, until every average has left it behind. */
    readonly suspectBars: number;
  };
  /** SC8: thresholds calibrated, so that S and A occur and nulls stay below EV2; those on RS in decision 015. */
  readonly grades: {
    readonly S: GradeGate;
    readonly A: GradeGate;
    readonly B: GradeGate;
    readonly C: GradeGate;
    /** SC10: a listed signal keeps its listing down to here; calibrated: without it 30 % of the list changed every day. */
    readonly keep: { readonly score: number; readonly passed: number };
  };
  /** PL2: risk at most; doctrine: 6 to 7 % on average, 10 % never exceeded. PL3: risk to L_T from which the plan is `wide`; doctrine's absolute 10 %. */
  readonly plan: { readonly maxRisk: number; readonly wide: number };
  readonly life: {
    /** READY from this distance to the pivot, a fraction; chosen; the middle half of a day's list lies from -5.8 to +0.4 %. */
    readonly ready: number;
    /** LCR13, LCR15: volume of a breakout against its mean; doctrine: half as much again. */
    readonly breakoutVolume: number;
    /** LC: bars of that mean; doctrine: the 50-day average. */
    readonly volumeBars: number;
    /** Close against P from which a signal is EXTENDED; doctrine: not more than 5 % above. */
    readonly extended: number;
    /** Close against P from which it is OVEREXTENDED; chosen, twice that. */
    readonly overextended: number;
    /** LCI3: points by which another candidate must be better; calibrated, keeps the pivot from day to day. */
    readonly incumbentMargin: number;
    /** LCR9: scans in a row that do not list it; calibrated: 46 names of 100 sessions' lists left and came back within three. */
    readonly misses: number;
    /** LCI4: sessions in which a signal that left is reopened; chosen, two weeks. */
    readonly relistSessions: number;
    /** LCR4: sessions after which a suspended signal ends; chosen, a month. */
    readonly suspendedSessions: number;
    /** LCR16: bars after the trigger in which a stop is a failure of the pivot; doctrine's ten days, as LCR20. */
    readonly pivotFailBars: number;
    /** LCR20: bars after which a squat ends; doctrine: a squat may recover within ten days. */
    readonly squatBars: number;
    /** LCR18: bars after the breakout in which heavy volume still confirms it; chosen, as the two above. */
    readonly lateVolumeBars: number;
    /** LCR17: bars after the breakout; chosen, the longest horizon of an outcome (EV1a). */
    readonly ageBars: number;
  };
}

/** SC8: what a grade asks for beside the eight rules of the template. */
export interface GradeGate {
  /** RS at least; 0 asks for none. */
  readonly rs: number;
  /** Points of 100 at least. */
  readonly score: number;
  /** Rules of the template that pass at least. */
  readonly passed: number;
  /** d_T at most, a fraction; 1 asks for none. */
  readonly lastDepth: number;
  /** Dry-up (CT7) at most; 1 asks for no more than CT7. */
  readonly dryUp: number;
}

/** The parameters that ship. Another object of the type judges by other numbers: no rule has a constant of its own (PR1). */
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
