/** What judging sessions again reads and writes of the record: the signals as they stood after each session, and the part of the log that counts. */
import type { AlertEvent } from "../../core/alerts/alert-event.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Signal, SignalEvent } from "../../core/lifecycle/signal.ts";
import type { SignalId } from "../../core/nominal.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import type { OutboxMessage, ScanLedger, ScanRun, StoredEvent, StoredSignal } from "./scan-ledger.ts";

/** A signal as it stood after the scan of a session. */
export interface SignalVersion {
  readonly day: TradingDay;
  readonly signal: Signal;
}

/** Where an event stands. */
export type EventPlace = Pick<SignalEvent, "signalId" | "seq">;

/** All that one correction changes; saved whole or not at all, and saving it twice leaves what saving it once leaves. */
export interface CorrectionSave {
  readonly run: ScanRun;
  /** The first day that is judged again: the versions and gates of it and of later days leave before these are written. */
  readonly from: TradingDay;
  readonly signals: readonly Signal[];
  /** Signals that only wrong rows gave birth to, as ended ones; they stand in no list, and their events stay superseded. */
  readonly withdrawn: readonly Signal[];
  /** Events that no longer count; they keep their number. */
  readonly superseded: readonly EventPlace[];
  readonly events: readonly SignalEvent[];
  readonly versions: readonly SignalVersion[];
  readonly gates: readonly MarketGate[];
  /** Signals whose session of entry may be another one: their outcomes are measured from nothing. */
  readonly reentered: readonly SignalId[];
  readonly outbox: readonly OutboxMessage[];
  /** What it takes back of the alert log, and what it adds. */
  readonly alerts: readonly AlertEvent[];
}

/** Rejects with a `NeighbourError` when the database is out of reach. */
export interface CorrectionLedger {
  /** Sessions from a day on that a scan has ever judged, oldest first. */
  judgedSince(exchange: Exchange, day: TradingDay): Promise<readonly TradingDay[]>;
  /** Runs that are done and whose session is of this day or later, oldest first. */
  doneSince(exchange: Exchange, day: TradingDay): Promise<readonly ScanRun[]>;
  /** The gate of the newest judged session before a day; `null` when there is none. */
  gateBefore(exchange: Exchange, day: TradingDay): Promise<MarketGate | null>;
  /** The first day from which sessions can be judged again; `null` before the first scan that kept versions. */
  reach(exchange: Exchange): Promise<TradingDay | null>;
  /** The newest version before a day of each signal that has one, by id; of all days without one. */
  versionsBefore(exchange: Exchange, day: TradingDay | null): Promise<readonly SignalVersion[]>;
  /** Events of these signals from a day on that count, by signal and `seq`. */
  eventsSince(ids: readonly string[], day: TradingDay): Promise<readonly StoredEvent[]>;
  /** Signals that a correction took back, by id: their ids are known, and their numbers go on when they are born again. */
  withdrawn(exchange: Exchange): Promise<readonly StoredSignal[]>;
  /** One batch: all of it or nothing. */
  saveCorrection(save: CorrectionSave): Promise<void>;
}

/** The record as a run needs it. */
export type RunLedger = ScanLedger & CorrectionLedger;
