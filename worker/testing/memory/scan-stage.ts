/** The scan job over a ledger in memory, run after run. */
import { runScan } from "../../app/jobs/run-scan.ts";
import type { RunOutcome, RunRequest } from "../../app/ports/market-book.ts";
import type { ScanRun, ScanSave } from "../../app/ports/scan-ledger.ts";
import { TEXTBOOK_BASE } from "../builders/base-builder.ts";
import { buildMarket, type ConstructedMarket } from "../builders/constructed-market.ts";
import { MarketBars } from "../builders/market-bars.ts";
import { makeRun } from "../builders/signal-builder.ts";
import { MemoryLedger } from "./memory-ledger.ts";
import { MemoryInstruments } from "./memory-ports.ts";

const MARKET: ConstructedMarket = buildMarket(TEXTBOOK_BASE, 12);
export const LEADER: string = MARKET.leader.ticker;
const ALL: RunRequest = { kind: "manual", market: null, topN: 0, minScore: 0, accept: [] };
export const START: number = Date.UTC(2025, 5, 13, 9, 20);

/** Keeps every save as it was given, beside storing it. */
export class WatchedLedger extends MemoryLedger {
  readonly saves: ScanSave[] = [];
  failure: Error | null = null;

  override async save(save: ScanSave): Promise<void> {
    if (this.failure) {
      throw this.failure;
    }
    this.saves.push(save);
    await super.save(save);
  }
}

export interface ScanStage {
  readonly bars: MarketBars;
  readonly ledger: WatchedLedger;
  /** Each scan is a minute after the one before it; the first is `krx-1`. */
  readonly scan: (request?: Partial<RunRequest>) => Promise<RunOutcome>;
}

/** `bars`: the constructed market unless others are given. */
export function stageScan(bars: MarketBars = new MarketBars(MARKET)): ScanStage {
  const ledger = new WatchedLedger();
  const instruments = new MemoryInstruments();
  let runs = 0;
  const scan = async (request: Partial<RunRequest> = {}): Promise<RunOutcome> => {
    runs += 1;
    const startedAt = START + runs * 60_000;
    const run: ScanRun = {
      ...makeRun({ status: "running", id: `krx-${runs}`, exchange: "KRX", asOf: null }),
      startedAt,
    };
    await ledger.startRun(run);
    const clock = { now: () => startedAt + 500 };
    return runScan(run, { ...ALL, ...request }, bars, { clock, ledger, instruments });
  };
  return { bars, ledger, scan };
}
