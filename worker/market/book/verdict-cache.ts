/** BK16: the verdicts of one state of the bars, judged once for all questions. A cache only: a new process judges again. */
import { type ScanBars, scanBars } from "../../app/jobs/scan-bars.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { InstrumentStore } from "../../app/ports/instrument-store.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";

/** Verdicts also rest on the master, which can change without the bars. */
const JUDGED_MS = 60_000;

type Verdicts = ReadonlyMap<string, Verdict>;

/** What the cache asks of its book. */
export interface VerdictDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly instruments: Pick<InstrumentStore, "all">;
  /** Equal revisions mean equal bars. */
  readonly bars: ScanBars & { revision(): number };
  exchange(): Exchange;
}

/** The verdicts, or the work on them. */
interface Judging {
  readonly revision: number;
  /** When it began, milliseconds since the epoch. */
  readonly at: number;
  readonly verdicts: Promise<Verdicts>;
}

/** RS needs all tickers, so the first question about one share judges the market, and the later ones read. */
export class VerdictCache {
  readonly #deps: VerdictDeps;
  #judging: Judging | null = null;

  constructor(deps: VerdictDeps) {
    this.#deps = deps;
  }

  /** `null` for a ticker without bars. Rejects when the master is out of reach; the next question reads it again. */
  async of(ticker: string): Promise<Verdict | null> {
    const judging = this.#current() ?? this.#begin();
    return (await judging.verdicts).get(ticker) ?? null;
  }

  #current(): Judging | null {
    const { bars, clock } = this.#deps;
    const judging = this.#judging;
    return judging?.revision === bars.revision() && clock.now() - judging.at < JUDGED_MS ? judging : null;
  }

  #begin(): Judging {
    const { bars, clock } = this.#deps;
    const judging = { revision: bars.revision(), at: clock.now(), verdicts: this.#judge() };
    this.#judging = judging;
    judging.verdicts.catch((error: unknown) => {
      logFailure(this.#deps.log, "market_not_judged", error, { exchange: this.#deps.exchange() });
      if (this.#judging === judging) {
        this.#judging = null;
      }
    });
    return judging;
  }

  /** Bars that change while the master is read are part of the verdicts, and no later question uses these. */
  async #judge(): Promise<Verdicts> {
    const exchange = this.#deps.exchange();
    const instruments = await this.#deps.instruments.all(exchange);
    const master = new Map(instruments.map((one) => [one.ticker, one]));
    const verdicts = scanBars(exchange, this.#deps.bars, master)?.verdicts ?? [];
    return new Map(verdicts.map((verdict) => [verdict.ticker, verdict]));
  }
}
