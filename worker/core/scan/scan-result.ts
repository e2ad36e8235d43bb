/** The result of one scan of a whole market (SN). */
import type { MarketGate } from "./gate.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import type { UnmetRule, Verdict } from "../vcp/verdict.ts";

/** How many tickers passed each stage, each within the one before (SN2). */
export interface Funnel {
  readonly universe: number;
  readonly eligible: number;
  readonly template: number;
  readonly base: number;
  readonly detected: number;
}

/** One session of one exchange, judged. */
export interface ScanResult {
  readonly asOf: TradingDay;
  readonly paramsVersion: string;
  readonly funnel: Funnel;
  /** Tickers by the first rule that kept them off the list. */
  readonly rejects: Readonly<Partial<Record<UnmetRule, number>>>;
  /** Every ticker, in ticker order (SN1). */
  readonly verdicts: readonly Verdict[];
  /** LCI3: by ticker the verdict on the pattern that its signal before the trigger stands on, by the limits of one that is listed. */
  readonly incumbents: ReadonlyMap<string, Verdict>;
  readonly gate: MarketGate;
}
