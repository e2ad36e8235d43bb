/** The detector's full answer for one ticker on one day: what it found, or the first rule that stood in the way. */
import type { Price, Ticker } from "../nominal.ts";
import type { Market } from "../instrument/instrument.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import type { FormRuleId } from "./form-rules.ts";

/** SC8, best first. */
export type Grade = "S" | "A" | "B" | "C" | "D";

/** One fall of a base: its high and its low (CT). */
export interface Contraction {
  readonly highDay: TradingDay;
  readonly high: Price;
  readonly lowDay: TradingDay;
  readonly low: Price;
  /** (high - low) / high, a fraction. */
  readonly depth: number;
  /** Bars from the high to the low. */
  readonly bars: number;
  /** Mean volume over the bars from high to low, both included. */
  readonly meanVolume: number;
}

/** The rules of the trend template, as SPEC.md numbers them. */
export type TemplateRule = "TT1" | "TT2" | "TT3" | "TT4" | "TT5" | "TT6" | "TT7" | "TT8";
/** `unavailable` is neither pass nor fail: too few bars, or no RS. */
export type TemplateResult = "pass" | "fail" | "unavailable";

/** One rule of the template, with what it measured. */
export interface TemplateTerm {
  readonly id: TemplateRule;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly result: TemplateResult;
}

/** Why a ticker cannot be judged or listed, in the order of EL. */
export type EligibilityReason =
  | "no_master"
  | "EL1"
  | "too_short"
  | "no_row"
  | "adjustment_suspect"
  | "halted"
  | "EL2"
  | "halted_today"
  | "EL3_value"
  | "EL3_price"
  | "EL4";

/** EL: whether a ticker is judged at all, else the first reason against it. */
export interface Eligibility {
  readonly ok: boolean;
  readonly reason: EligibilityReason | null;
  /** What was measured against which limit; text for a kind, a notice or a day. `null` when eligible. */
  readonly value: number | string | null;
  readonly threshold: number | string | null;
}

/** The first rule that keeps a ticker off the list. `BS0`: nothing tops the share that a base could be read from. */
export type UnmetRule = FormRuleId | EligibilityReason | "BS0";

/** Why a ticker is not listed: one rule, with what it measured and asked for (decision 009). */
export interface NearMiss {
  readonly rule: UnmetRule;
  readonly value: number | string | null;
  readonly threshold: number | string | null;
  /** The base that came nearest, to be drawn; `null` when the rule is not one of a base. */
  readonly base: Base | null;
}

/** The terms of SC by name. */
export type TermName =
  | "leaderRs"
  | "leaderTrend"
  | "leaderAdvance"
  | "baseFirst"
  | "baseLast"
  | "baseCount"
  | "baseWidest"
  | "quietShelf"
  | "quietWidth"
  | "quietWeek"
  | "quietRange"
  | "quietVolume"
  | "pivotDistance"
  | "pivotOverhead"
  | "rightTime"
  | "rightHeight";

/** Every term of SC, in points. `null`: the input is unavailable and the term counts 0. */
export type ScoreTerms = Readonly<Record<TermName, number | null>>;

/** The terms of a stored signal by name: those of the law it was judged by, which may be an earlier one. */
export type StoredTerms = Readonly<Record<string, number | null>>;

/** What a reader must know beside the grade; none of them is a rule by itself. */
export type Flag =
  | "young"
  | "deep"
  | "wide"
  | "touched"
  | "wick"
  | "gap"
  | "rs_line_high"
  | "rs_line_leads"
  | "unfillable"
  | "relisted"
  | "stop_touched"
  | "on_pace"
  | "extended_live"
  | "old_law"
  | RetiredFlag;

/** Of earlier laws; signals that were listed by them still carry them. */
export type RetiredFlag = "prov" | "shakeout";

/** A base and what is measured on it (CT, PV, PL, and the base's part of SC). */
export interface Base {
  readonly contractions: readonly Contraction[];
  readonly footprint: string;
  readonly weeks: number;
  readonly bars: number;
  readonly pivot: Price;
  readonly overhead: number;
  readonly entry: Price;
  readonly stop: Price;
  /** Entry plus two and three risks. An object, because a tuple loses its length on the way through RPC. */
  readonly targets: { readonly twoR: Price; readonly threeR: Price };
  /** (entry - stop) / entry, a fraction. */
  readonly risk: number;
  /** close / pivot - 1. */
  readonly distance: number;
  /** SC3: median volume of the last 10 bars over the mean of the last 50. */
  readonly dryUp: number;
  /** d_T / d_1: smaller is tighter; 1 without a fall. */
  readonly contractionRatio: number;
  /** CT1: no smaller fall is a contraction, a fraction; kept with a signal, so that its base is read the same way every day (LCI3). `null` under earlier laws. */
  readonly noise: number | null;
  /** PV5: H_T was traded above since, and no contraction followed: the day, and whether a close stood there. */
  readonly touched: { readonly day: TradingDay; readonly closed: boolean } | null;
  /** The first close above the pivot, and the bars since then; `null` when there is none. */
  readonly breakout: { readonly day: TradingDay; readonly bars: number } | null;
  /** The state that a new signal would take (LC rows 0 and 1). */
  readonly state: "FORMING" | "READY" | "CONFIRMED" | "UNCONFIRMED";
}

/** The scan's whole answer on one ticker, listed or not. */
export interface Verdict {
  readonly ticker: Ticker;
  readonly name: string | null;
  readonly market: Market | null;
  /** The last session judged, the ticker's last bar, and that bar's close. */
  readonly asOf: TradingDay;
  readonly lastDay: TradingDay | null;
  readonly close: Price | null;
  readonly bars: number;
  /** A base stands (CT). */
  readonly valid: boolean;
  /** Eligible, and every rule of the form is met. */
  readonly detected: boolean;
  readonly grade: Grade | null;
  readonly score: number | null;
  readonly scoreTerms: ScoreTerms | null;
  readonly base: Base | null;
  readonly template: readonly TemplateTerm[];
  readonly passed: number;
  readonly rs: number | null;
  readonly rsRaw: number | null;
  readonly eligibility: Eligibility;
  /** Median traded value reaches what S and A ask for (EL3). */
  readonly leaderValue: boolean;
  readonly nearMiss: NearMiss | null;
  readonly flags: readonly Flag[];
}
