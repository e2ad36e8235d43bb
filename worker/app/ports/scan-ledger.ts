/** The system of record of one scan: run, signals, events, gate and outbox, saved in one atomic batch. */
import type { AlertEvent } from "../../core/alerts/alert-event.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import type { Exchange, Market } from "../../core/instrument/instrument.ts";
import type { Funnel } from "../../core/scan/scan-result.ts";
import type { Signal, SignalEvent } from "../../core/lifecycle/signal.ts";
import type { FindingKind } from "../../core/session/finding.ts";
import type { SignalState } from "../../core/vcp/signal-state.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Grade } from "../../core/vcp/verdict.ts";
import type { EndingName } from "../../protocol/vocabulary.ts";
import type { WrittenSignal } from "../../protocol/signal-row.ts";

/** Who asked for the scan: the owner, the schedule, a simulated session that closed, or rows that changed after their scan. */
export type RunKind = "manual" | "cron" | "session" | "correction";
/** `skipped`: another scan was running, or there was nothing sound to scan. */
export type RunStatus = "running" | "done" | "failed" | "skipped";

/** Signal ids by what the run did to them. */
export interface RunDiff {
  readonly born: readonly string[];
  readonly revised: readonly string[];
  readonly moved: readonly string[];
  readonly ended: readonly string[];
  /** Of a correction only: signals that stand otherwise than before it, and were neither born nor ended by it. */
  readonly corrected?: readonly string[];
}

/** One scan in the history, from its request to its end. */
export interface ScanRun {
  readonly id: string;
  readonly exchange: Exchange;
  readonly kind: RunKind;
  readonly status: RunStatus;
  readonly asOf: TradingDay | null;
  readonly paramsVersion: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly request: {
    readonly market: Market | null;
    readonly topN: number;
    readonly minScore: number;
    /** Findings on the session (DY4) that the run was told to go on with. */
    readonly accept: readonly FindingKind[];
  };
  readonly funnel: Funnel | null;
  /** By rule; a run of an earlier law has the rules of that law. */
  readonly rejects: Readonly<Record<string, number>> | null;
  readonly diff: RunDiff | null;
  /** Signals written by the run. */
  readonly saved: number;
  /** Why a run failed or was skipped. */
  readonly reason: string | null;
  /** Of a correction only: the first session that it judged again, or that it found gone. */
  readonly judgedFrom?: TradingDay;
}

/** A message to publish. Its `id` makes a second publish harmless; messages of one topic are published in the order of saving. */
export interface OutboxMessage {
  readonly id: string;
  readonly exchange: Exchange;
  readonly topic: string;
  /** The message as JSON, without the epoch and seq which the topic gives it. */
  readonly body: string;
}

/** All that one scan changes; saved whole or not at all. */
export interface ScanSave {
  readonly run: ScanRun;
  /** Every signal that was born, revised, moved or ended; whole rows. */
  readonly signals: readonly Signal[];
  readonly events: readonly SignalEvent[];
  readonly gate: MarketGate;
  readonly outbox: readonly OutboxMessage[];
  /** AL1: for the alert log; one that stands there already is not written again. */
  readonly alerts: readonly AlertEvent[];
}

/** Moves inside a session, between two scans. `runId` is the scan whose list they move. */
export interface MovesSave {
  readonly exchange: Exchange;
  readonly runId: string;
  readonly at: number;
  readonly signals: readonly Signal[];
  readonly events: readonly SignalEvent[];
  readonly outbox: readonly OutboxMessage[];
  /** As of a scan. */
  readonly alerts: readonly AlertEvent[];
}

/** `null` asks for no restriction. */
export interface SignalFilter {
  readonly exchange: Exchange;
  /** Open signals only, unless a state is asked for. */
  readonly state: SignalState | null;
  readonly market: Market | null;
  readonly grade: Grade | null;
  readonly minScore: number | null;
  readonly ticker: string | null;
}

/** Where the next page begins, in the list's order: score falling, then id. */
export interface SignalCursor {
  readonly score: number;
  readonly id: string;
}

/** Which ended signals are wanted; `null` asks for no restriction. Both days are included. */
export interface EndedFilter {
  readonly exchange: Exchange;
  readonly market: Market | null;
  /** As it was at the end. */
  readonly grade: Grade | null;
  /** Listed before the entry level was reached: that of its outcome. */
  readonly entryGrade: Grade | null;
  readonly ending: EndingName | null;
  readonly from: TradingDay | null;
  readonly to: TradingDay | null;
  /** In the ticker or a name, whatever the case. */
  readonly text: string | null;
}

/** Where the next page begins, in the order of the archive: the day of the end falling, then id. */
export interface EndedCursor {
  readonly endedOn: TradingDay;
  readonly id: string;
}

/** A signal as stored, with the times and the run of its last writing. */
export type StoredSignal = WrittenSignal;

/** A stored signal that has ended. */
export interface StoredEnding extends StoredSignal {
  /** Of its outcome; `null` where none is measured, as for one that never reached its entry level. */
  readonly entryGrade: Grade | null;
}

/** An event of a signal, when it was written (milliseconds since the epoch) and by which run. */
export interface StoredEvent extends SignalEvent {
  readonly at: number;
  readonly runId: string;
  /** The correction that took it back; absent while it counts. */
  readonly supersededBy?: string;
}

/** Rejects with a `NeighbourError` when the database is out of reach; a save that rejected may be repeated. */
export interface ScanLedger {
  startRun(run: ScanRun): Promise<void>;
  /** Ends a run that saved nothing. A run that is no longer `running` stays as it is. */
  endRun(id: string, status: "failed" | "skipped", reason: string, at: number): Promise<void>;
  /** One batch: all of it or nothing, and a version of each signal as it stands after the run's session. */
  save(save: ScanSave): Promise<void>;
  /** One batch, as `save`. */
  saveMoves(save: MovesSave): Promise<void>;
  run(id: string): Promise<ScanRun | null>;
  /** Newest first. */
  runs(exchange: Exchange, limit: number): Promise<readonly ScanRun[]>;
  /** The newest run with one of these statuses, however many of others came after it; `null` when there is none. */
  lastRun(exchange: Exchange, statuses: readonly RunStatus[]): Promise<ScanRun | null>;

  openSignals(exchange: Exchange): Promise<readonly StoredSignal[]>;
  /** Signals of the exchange that ended on or after a day (LC: rebirth and relisting). */
  endedSince(exchange: Exchange, day: TradingDay): Promise<readonly StoredSignal[]>;
  /** How many events each of these signals has, superseded ones included: the next one's number follows. */
  eventCounts(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  signal(id: string): Promise<StoredSignal | null>;
  /** Score falling, then id; at most `limit`. */
  signals(filter: SignalFilter, after: SignalCursor | null, limit: number): Promise<readonly StoredSignal[]>;
  countSignals(filter: SignalFilter): Promise<number>;
  /** Ended signals, the latest end first, then by id; at most `limit`. None that a correction took back. */
  ended(filter: EndedFilter, after: EndedCursor | null, limit: number): Promise<readonly StoredEnding[]>;
  countEnded(filter: EndedFilter): Promise<number>;
  /** Oldest first. */
  events(signalId: string): Promise<readonly StoredEvent[]>;

  /** Newest first. */
  gates(exchange: Exchange, limit: number): Promise<readonly MarketGate[]>;

  /** Oldest first: messages saved and not yet published. */
  unpublished(exchange: Exchange, limit: number): Promise<readonly OutboxMessage[]>;
  markPublished(ids: readonly string[], at: number): Promise<void>;
  /** Messages waiting, and the time of the oldest. */
  outboxAge(exchange: Exchange): Promise<{ readonly waiting: number; readonly oldest: number | null }>;
}
