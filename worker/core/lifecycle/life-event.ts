/** LC: what can happen to a signal, and what comes of it. */
import type { Price } from "../nominal.ts";
import type { Signal } from "./signal.ts";
import type { SignalState } from "../vcp/signal-state.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import type { UnmetRule, Verdict } from "../vcp/verdict.ts";

/** A closed session of the signal's ticker. */
export interface LifeBar {
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  /** Volume over the mean of the 50 bars before; `null` with fewer bars. */
  readonly volumeRatio: number | null;
  /** Closed at the upper limit without any range (LC4). */
  readonly locked: boolean;
}

/** A price inside a session. */
export interface LifeTick {
  readonly price: Price;
  /** Share of the session that has passed, in [0, 1): places the tick among the day's events. */
  readonly elapsed: number;
  /** Volume so far over what 50 mean sessions would have traded by now; `null` in the first 30 minutes. */
  readonly runRate: number | null;
  /** LC4: at the upper limit, and the session has had no other price; absent where the source does not state the session's range. */
  readonly isLocked?: boolean;
}

/**
 * Events of one session come in the order action, ticks, bar (or halt, or no row), then scan. All prices are those of
 * their own session; `factor` turns the prices of the session before into them (BR3a). The scan has the same session's
 * bar with it, because a revision can lower the trigger under that day's high (row 7).
 */
export type LifeEvent =
  | { readonly type: "action"; readonly day: TradingDay; readonly factor: number }
  | { readonly type: "tick"; readonly day: TradingDay; readonly tick: LifeTick }
  | { readonly type: "bar"; readonly day: TradingDay; readonly bar: LifeBar }
  | { readonly type: "halt"; readonly day: TradingDay; readonly cause: string }
  | { readonly type: "no_row"; readonly day: TradingDay }
  | {
      readonly type: "scan";
      readonly day: TradingDay;
      readonly bar: LifeBar;
      readonly finding: ScanFinding;
    };

/** LCI3: why a base is read otherwise than when its signal was last listed. */
export type RevisionCause =
  | "higher_high"
  | "lower_low"
  | "deeper_fall"
  | "contraction"
  | "pivot_raised"
  | "breakout"
  | "rows_corrected";

/** The scan's finding about one signal. */
export type ScanFinding =
  /** Its pattern stands (SC10), or another base took its place; `cause` is why it is read otherwise (LCI3), `null` when it is not. */
  | { readonly kind: "belongs"; readonly verdict: Verdict; readonly cause: RevisionCause | null }
  /** LCI6: it was listed by an earlier law, and its pattern is not read again. */
  | { readonly kind: "frozen" }
  /** Another pattern of the ticker is listed, and this one is none of it. */
  | { readonly kind: "superseded" }
  /** `LCI4`: the ticker's pattern is that of another signal, past its trigger or ended. */
  | { readonly kind: "absent"; readonly rule: UnmetRule | "LCI4" };

/** What a transition rests on (LC2): measured values by name, as they are stored. */
export type EventValues = Readonly<Record<string, number | string | boolean | null>>;

/** One transition or revision of LC2, without its place in the log. */
export interface Transition {
  readonly day: TradingDay;
  readonly from: SignalState | null;
  readonly to: SignalState;
  readonly reason: string;
  readonly values: EventValues;
}

/** The answer of the reducer: the signal afterwards, and what became of it. */
export interface Step {
  readonly signal: Signal;
  /** Empty when no row matched. */
  readonly transitions: readonly Transition[];
}
