/** The outcomes of signals that passed their trigger, one row a signal and horizon, and the reads that measuring needs. */
import type { SignalId } from "../../core/nominal.ts";
import type { GateStatus } from "../../core/scan/gate.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Horizon } from "../../core/outcome/outcome.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Unfilled } from "../../core/outcome/trigger-fill.ts";
import type { Grade } from "../../core/vcp/verdict.ts";

/** `late`: nobody could have known the trigger before its session; the other values are those of an order (OC2). */
export type OutcomeFill = "filled" | "late" | Unfilled;

/** Fractions of the entry, beside those of the eligible shares over the same sessions. */
export interface OutcomeResult {
  readonly change: number;
  readonly r: number;
  readonly best: number;
  readonly worst: number;
  /** The first of stop and target (2R) within the horizon. */
  readonly touch: "stop" | "target" | "none";
  /** Mean change of the eligible shares over the same sessions, and their number; `null` when there was none. */
  readonly baseline: number | null;
  readonly peers: number;
}

/** One signal over one horizon: a row that a later measuring may complete. */
export interface SignalOutcome {
  readonly signalId: SignalId;
  readonly exchange: Exchange;
  readonly ticker: string;
  readonly horizon: Horizon;
  /** The session of the trigger; of a signal born above its pivot, that of its birth. */
  readonly enteredOn: TradingDay;
  /** As listed before the trigger. */
  readonly grade: Grade;
  readonly contractions: number;
  /** Of the last scan before the session of the trigger; `null` when there was none. */
  readonly gate: GateStatus | null;
  readonly paramsVersion: string;
  readonly fill: OutcomeFill;
  /** In won of the session of the entry; `null` unless filled. */
  readonly entry: number | null;
  readonly stop: number | null;
  /** `null` while the horizon's last session has not closed, and always unless filled. */
  readonly result: OutcomeResult | null;
}

/** How far the outcomes of an exchange are measured. */
export interface Measured {
  readonly asOf: TradingDay;
  readonly paramsVersion: string;
}

/** One measuring. */
export interface OutcomeSave extends Measured {
  readonly exchange: Exchange;
  readonly outcomes: readonly SignalOutcome[];
}

/** A signal that is measured or counted, from the session of its entry on. */
export interface TriggeredSignal {
  readonly signal: Signal;
  readonly enteredOn: TradingDay;
  /** It stood on the list with this very trigger when the session of the trigger began. */
  readonly foreknown: boolean;
}

/** The gate of one evening. */
export interface GateDay {
  readonly day: TradingDay;
  readonly status: GateStatus;
}

/** Rejects with a `NeighbourError` when the database is out of reach. */
export interface OutcomeStore {
  /** Signals that entered on a day or after it, open and ended, by id. */
  triggeredSince(exchange: Exchange, day: TradingDay): Promise<readonly TriggeredSignal[]>;
  /** From a day on, oldest first. */
  gateDays(exchange: Exchange, since: TradingDay): Promise<readonly GateDay[]>;
  /** One batch. A row that stands is replaced but for its grade, which was known at the entry and never changes. */
  save(save: OutcomeSave): Promise<void>;
  /** `null` before the first measuring. */
  measured(exchange: Exchange): Promise<Measured | null>;
  /** Of one version of the rules, by session of entry, signal and horizon. */
  outcomes(exchange: Exchange, paramsVersion: string): Promise<readonly SignalOutcome[]>;
}
