/** A signal: one pattern of one ticker, kept from birth to its end, and the log of what happened to it. */
import type { Exchange, Market } from "../instrument/instrument.ts";
import type { Price, SignalId, Ticker } from "../nominal.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import type { OpenState, PostState, PreState, SignalState } from "../vcp/signal-state.ts";
import type { Base, Flag, Grade, StoredTerms, TemplateTerm } from "../vcp/verdict.ts";

/**
 * One signal as it is stored: its pattern, its levels and the counters that the rows of LC read. Prices in the shares of
 * its last event; a corporate action rewrites them (LCR22).
 */
export interface Signal {
  /** `005930.20250210.20250415`: ticker, date of H_1, date of H_T; fixed at birth (LCI1). */
  readonly id: SignalId;
  readonly exchange: Exchange;
  readonly ticker: Ticker;
  readonly name: string;
  /** `null` while no master names the ticker: an unknown board stays unknown. */
  readonly market: Market | null;
  readonly state: SignalState;
  /** The state to return to from SUSPENDED. */
  readonly prev: PreState | PostState | null;
  readonly base: Base;
  readonly score: number;
  readonly scoreTerms: StoredTerms;
  readonly grade: Grade;
  readonly template: readonly TemplateTerm[];
  readonly passed: number;
  readonly rs: number | null;
  readonly flags: readonly Flag[];
  readonly close: Price;
  readonly bornOn: TradingDay;
  /**
   * Session of the scan that last listed its pattern: template, RS, dry-up and score are of its closes, while `close` goes
   * on. `null` in signals that were stored before this was kept and have not been listed since.
   */
  readonly measuredOn: TradingDay | null;
  /** Session and place of the last applied event: -1 a corporate action, 0..1 a tick, 1 the bar, 2 the scan (LC1). */
  readonly appliedOn: TradingDay;
  readonly appliedSeq: number;
  readonly endedOn: TradingDay | null;
  /** Why the signal stands where it stands: `new`, `left_scan:QT1`, `PIVOT_FAIL`, ... */
  readonly reason: string;
  readonly triggeredOn: TradingDay | null;
  /** Bars since the trigger, since the first close above the pivot, and since the squat began. */
  readonly sinceTrigger: number | null;
  readonly sinceBreak: number | null;
  readonly sinceSquat: number | null;
  readonly volumeOk: boolean;
  /** Bars from H_1 to the last bar, and whether a close since the last scan lay below L_T. */
  readonly baseBars: number;
  readonly belowLow: boolean;
  /** Median traded value reaches what S and A ask for (EL3). */
  readonly leaderValue: boolean;
  /** Consecutive scans that did not list it, and sessions spent suspended. */
  readonly misses: number;
  readonly suspended: number;
  readonly paramsVersion: string;
}

/** One transition or revision (LC2). Never edited. */
export interface SignalEvent {
  readonly signalId: SignalId;
  /** Counts from 1 within one signal. */
  readonly seq: number;
  readonly day: TradingDay;
  readonly from: SignalState | null;
  readonly to: SignalState;
  readonly reason: string;
  readonly values: Readonly<Record<string, number | string | boolean | null>>;
}

/** Neither FAILED nor EXPIRED. */
export function isOpen(state: SignalState): state is OpenState {
  return state !== "FAILED" && state !== "EXPIRED";
}

/** FORMING or READY. */
export function isPreTrigger(state: SignalState): state is PreState {
  return state === "FORMING" || state === "READY";
}
