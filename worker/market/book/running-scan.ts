/** BK63: the session that runs, judged at the prices of every share. In memory alone: the scan of the evening is the one that counts. */
import { type FormingPorts, formingToday } from "../../app/jobs/forming-today.ts";
import type { ScanBars } from "../../app/jobs/scan-bars.ts";
import type { FormingCount, FormingList, RunningMoment } from "../../app/ports/forming.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { Log } from "../../app/ports/log.ts";
import type { QuotingBook } from "../../app/ports/live-upstream.ts";
import type { BookSummary } from "../../app/ports/market-book.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { tickerOf } from "../../core/nominal.ts";
import type { BarStore } from "../bars/bar-store.ts";

export interface RunningScanDeps {
  readonly ports: FormingPorts & { readonly clock: Clock };
  readonly log: Log;
  readonly bars: ScanBars & Pick<BarStore, "tickers"> & { summary(): Pick<BookSummary, "lastDay"> };
  readonly quotes: QuotingBook["quotes"];
  exchange(): Exchange;
  /** A run holds the book: what it saves decides what is new. */
  isBusy(): boolean;
}

export class RunningScan {
  readonly #deps: RunningScanDeps;
  #list: FormingList | null = null;
  #isJudging = false;

  constructor(deps: RunningScanDeps) {
    this.#deps = deps;
  }

  /** `null` also while another call judges: each asks for the whole market. Rejects as the vendor and the stores do. */
  async judge(moment: RunningMoment): Promise<FormingCount | null> {
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

  async #judge(moment: RunningMoment): Promise<FormingCount | null> {
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
    return { at: outcome.at, count: outcome.signals.length };
  }
}
