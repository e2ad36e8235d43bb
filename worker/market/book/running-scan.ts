/** BK63: the session that runs, judged at the prices of every share. In memory alone: the scan of the evening is the one that counts. */
import { type FormingPorts, formingToday } from "../../app/jobs/forming-today.ts";
import type { ScanBars } from "../../app/jobs/scan-bars.ts";
import type { FormingList, RunningJudgement, RunningMoment } from "../../app/ports/forming.ts";
import type { RunLedger } from "../../app/ports/correction-ledger.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { Log } from "../../app/ports/log.ts";
import type { QuotingBook } from "../../app/ports/live-upstream.ts";
import type { BookSummary } from "../../app/ports/market-book.ts";
import { type Columns, viewOf } from "../../core/bars/columns.ts";
import { concatenate } from "../../core/bars/take-rows.ts";
import { type Exchange, INDEX_CODES } from "../../core/instrument/instrument.ts";
import { breadthOf, GATE_ROWS, type GateBasis } from "../../core/scan/running-gate.ts";
import { tickerOf } from "../../core/nominal.ts";
import type { BarStore } from "../bars/bar-store.ts";

export interface RunningScanDeps {
  readonly ports: FormingPorts & { readonly clock: Clock; readonly ledger: Pick<RunLedger, "gates"> };
  readonly log: Log;
  readonly bars: ScanBars & Pick<BarStore, "tickers"> & { summary(): Pick<BookSummary, "lastDay"> };
  readonly quotes: QuotingBook["quotes"];
  exchange(): Exchange;
  /** A run holds the book: what it saves decides what is new. */
  isBusy(): boolean;
}

/** A copy, for a view would travel with all the rows that it is a part of. */
function lastRows(columns: Columns): Columns {
  const rows = columns.day.length;
  return concatenate(viewOf(columns, Math.max(0, rows - GATE_ROWS), rows), viewOf(columns, rows, rows));
}

export class RunningScan {
  readonly #deps: RunningScanDeps;
  #list: FormingList | null = null;
  #isJudging = false;

  constructor(deps: RunningScanDeps) {
    this.#deps = deps;
  }

  /** `null` also while another call judges: each asks for the whole market. Rejects as the vendor and the stores do. */
  async judge(moment: RunningMoment): Promise<RunningJudgement | null> {
    if (this.#isJudging || this.#deps.isBusy()) {
      return null;
    }
    this.#isJudging = true;
    try {
      return await this.#judge(moment);
    } finally {
      this.#isJudging = false;
    }
  }

  list(): FormingList | null {
    const last = this.#deps.bars.summary().lastDay;
    return this.#list !== null && (last === null || last < this.#list.day) ? this.#list : null;
  }

  /** GT8: closes of the indices, and the breadth of the last gate. */
  async basis(): Promise<GateBasis> {
    const { bars, ports } = this.#deps;
    const [gate] = await ports.ledger.gates(this.#deps.exchange(), 1);
    const indices = INDEX_CODES.flatMap((code) => {
      const columns = bars.indexSeries(code);
      return columns === null ? [] : [[code, lastRows(columns)] as const];
    });
    return {
      indices: Object.fromEntries(indices),
      last: gate === undefined ? null : { day: gate.day, breadth: breadthOf(gate) },
    };
  }

  async #judge(moment: RunningMoment): Promise<RunningJudgement | null> {
    const { bars, log, ports } = this.#deps;
    const exchange = this.#deps.exchange();
    const at = ports.clock.now();
    const answer = await this.#deps.quotes(bars.tickers().map((ticker) => tickerOf(ticker)));
    if (answer?.status !== "ok") {
      // Without a vendor that the Worker asks itself there is no answer at all.
      log.write("warn", "session_not_judged", { exchange, missing: answer?.status ?? "source" });
      return null;
    }
    const outcome = await formingToday(exchange, bars, { ...moment, at, quotes: answer.value }, ports);
    if ("missing" in outcome) {
      const { missing, quoted, expected } = outcome;
      log.write("warn", "session_not_judged", { exchange, missing, quoted, expected });
      return null;
    }
    this.#list = outcome;
    return { at: outcome.at, count: outcome.signals.length, breadth: outcome.breadth };
  }
}
