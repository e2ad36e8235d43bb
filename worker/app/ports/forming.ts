/** What forms in a running session: a list that nobody stores, asked for by the feed of the session and read over REST. */
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import type { BreadthFigures, GateBasis, RunningGate } from "../../core/scan/running-gate.ts";
import type { StoredSignal } from "./scan-ledger.ts";

/** A session that runs, as it stands at one moment, without its shares. */
export interface RunningMoment {
  readonly day: TradingDay;
  /** Share of the session that has passed, in (0, 1]. */
  readonly elapsed: number;
  /** In points. */
  readonly indices: readonly { readonly code: IndexCode; readonly price: number }[];
}

/** What would be born, best first. */
export interface FormingList {
  readonly day: TradingDay;
  /** When the prices were asked for, milliseconds since the epoch. */
  readonly at: number;
  /** Shares with a price of this session. */
  readonly quoted: number;
  /** Shares of the session before. */
  readonly expected: number;
  /** Of all shares at these prices. */
  readonly breadth: BreadthFigures;
  readonly signals: readonly (StoredSignal & { readonly nameEn: string | null })[];
}

/** How long a list is, and of when: what the feed publishes, so that pages ask for the list. */
export interface FormingCount {
  readonly at: number;
  readonly count: number;
}

/** The judgement of a running session; a book of a version before names no breadth. */
export interface RunningJudgement extends FormingCount {
  readonly breadth?: BreadthFigures;
}

/** GT8: the gate at the prices of one moment; nothing of it is stored. */
export interface ProvisionalGate extends RunningGate {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The book of an exchange, as the driver of its session and the readers of the list see it. */
export interface FormingBook {
  /** Asks for the price of every share and judges the session; `null` where it cannot be known now. Rejects as the vendors do. */
  judgeRunning(moment: RunningMoment): Promise<RunningJudgement | null>;
  /** GT8: what the closed sessions give to the gate of the running one. Rejects when a store is out of reach. */
  gateBasis(): Promise<GateBasis>;
  /** The last list of this process; `null` without one, and once the book has the session itself. */
  forming(): Promise<FormingList | null>;
}
