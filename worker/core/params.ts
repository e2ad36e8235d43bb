/**
 * Every constant of the detector, in one versioned object. `version` is stored with every signal and run:
 * change a number, change the version. Fractions are fractions (0.08 is 8 %), spans are bars of pattern time.
 *
 * Each field names its rule in SPEC.md and its source:
 * "doctrine" is Minervini's books; "calibrated" was chosen, or kept, after measuring KRX bars (2023-12 to 2025-06), null
 * series and constructed bases; "KRX" is a fact of the exchange; "chosen" has no measurement behind it.
 */

import { GRADE_SCORES } from "./scan/grade-scores.ts";
import { type FormLimits, shippedLimits } from "./vcp/form-rules.ts";

export interface Params {
  /** PR1: a number changed is a version changed. */
  readonly version: string;
  /** The limits of the rules of the form, by rule; the table has a source for each (`vcp/form-rules.ts`). */
  readonly form: FormLimits;
  readonly base: {
    /** BS1: bars from H_1 to the as-of bar; doctrine: three weeks to a year; of 19 shorter ones judges called 17 no. */
    readonly bars: readonly [min: number, max: number];
    /** BS1: the bars before H_1 that it has to top; gold, half a year. */
    readonly overBars: number;
    /** BS1: tops that differ by less are level, and the later one is taken; gold. */
    readonly level: number;
    /** BS2: fewest bars before H_1; chosen, a month. */
    readonly leastBefore: number;
    /** BS2: bars before H_1 over which the advance is measured; gold, half a year. */
    readonly advanceBars: number;
    /** BS3, BS4: bars before H_1 of a spike; chosen, two weeks. */
    readonly spikeBars: number;
    /** T at most; doctrine: two to six contractions. */
    readonly maxContractions: number;
    /** CT1: a contraction against the one counted before; doctrine says about half, 0.8 is calibrated. */
    readonly maxRatio: number;
    /** CT1: bars from a low until the next contraction may begin; calibrated. */
    readonly recoveryGap: number;
    /** CT1: bars from the high of a contraction to its low at least: a single bar is none. */
    readonly contractionBars: number;
    /** CT1: no smaller fall is a contraction, a fraction; gold. */
    readonly noiseFloor: number;
    /** CT1: nor one below so many median ranges of the bars before; gold. */
    readonly noiseRanges: number;
    readonly noiseBars: number;
    /** From this first depth on the flag `deep`; beyond doctrine's usual 35 %, so at most grade B. */
    readonly deepDepth: number;
    /** CT10: bars of a usual base; among those the widest is taken; judges see one to four months. */
    readonly usualBars: number;
    /** RR3: share of the first fall that counts as made good; chosen. */
    readonly recovered: number;
    /** QT1, QT2: bars of the quiet end; two weeks. */
    readonly quietBars: number;
    /** SC: bars of the last week, and of the advance whose straightness counts; chosen. */
    readonly weekBars: number;
    readonly smoothBars: number;
    /** SC: bars of the median volume and of the mean it is held against; the 50 is doctrine. */
    readonly dryBars: readonly [short: number, long: number];
    /** PV: bars in which a breakout is still new; doctrine: a week. */
    readonly breakoutBars: number;
    /** PV: highs that a close must exceed to leave a base; chosen, a month. */
    readonly breakoutSpan: number;
    /** CT10: bars back in which a base that a share ran away from is looked for; chosen, half a year. */
    readonly formerBars: number;
    /** READY: distance to the pivot, and bars since H_T; gold. */
    readonly ready: { readonly distance: number; readonly shelf: number };
    /** Flags `wick` and `gap`: a print that no neighbour confirms, and a range that lies below the one before, fractions; chosen. */
    readonly wick: number;
    readonly gap: number;
  };
  /** TT6, TT7, RS3: bars of a year; doctrine's 52 weeks in the customary 252 sessions. */
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
  };
  /** PL2: risk at most; doctrine: 6 to 7 % on average, 10 % never exceeded. PL3: risk to L_T from which the plan is `wide`; doctrine's absolute 10 %. */
  readonly plan: { readonly maxRisk: number; readonly wide: number };
  readonly life: {
    /** LCR13, LCR15: volume of a breakout against its mean; doctrine: half as much again. */
    readonly breakoutVolume: number;
    /** LC: bars of that mean; doctrine: the 50-day average. */
    readonly volumeBars: number;
    /** Close against P from which a signal is EXTENDED; doctrine: not more than 5 % above. */
    readonly extended: number;
    /** Close against P from which it is OVEREXTENDED; chosen, twice that. */
    readonly overextended: number;
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
  /** Dry-up (SC3) at most; 10 asks for none. */
  readonly dryUp: number;
}

/** The parameters that ship. Another object of the type judges by other numbers: no rule has a constant of its own (PR1). */
export const PARAMS: Params = {
  version: "vcp-4",
  form: shippedLimits(),
  base: {
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
    S: { rs: 90, score: GRADE_SCORES.S, passed: 8, lastDepth: 0.08, dryUp: 0.9 },
    A: { rs: 90, score: GRADE_SCORES.A, passed: 8, lastDepth: 0.1, dryUp: 1.1 },
    B: { rs: 0, score: GRADE_SCORES.B, passed: 7, lastDepth: 1, dryUp: 10 },
    C: { rs: 0, score: 0, passed: 0, lastDepth: 1, dryUp: 10 },
  },
  plan: { maxRisk: 0.08, wide: 0.1 },
  life: {
    breakoutVolume: 1.5,
    volumeBars: 50,
    extended: 1.05,
    overextended: 1.1,
    misses: 3,
    relistSessions: 10,
    suspendedSessions: 20,
    pivotFailBars: 10,
    squatBars: 10,
    lateVolumeBars: 10,
    ageBars: 60,
  },
};
