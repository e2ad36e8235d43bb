/**
 * A real Worker in front of the vendors' fakes over HTTP, at an hour of Seoul that its user chooses: workerd, its objects, D1 and the
 * wire are the product's own, the book's clock and the fakes' are set to the same other time (`other-time-worker.ts`).
 */
import { chunksOf } from "../../cli/files/csv-chunks.ts";
import { makeOwnerClient, type OwnerBody, type OwnerClient } from "../../cli/terminal/owner-client.ts";
import { formatTradingDay, midnightOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import { INDEX_CODES } from "../../core/instrument/instrument.ts";
import { type ExchangeOptions, regularRow, SimulatedExchange } from "../fakes/exchange/simulated-exchange.ts";
import { serveMarket, type ServedMarket } from "../fakes/served-market.ts";
import { OtherTime } from "./other-time.ts";
import { type RealWorker, startWorker, type WorkerOptions } from "./real-worker.ts";

/** The clock's turn of `wrangler.toml` that asks the vendors. */
const TURN = "5-55/10 * * * *";
const ENTRY = "worker/testing/stage/other-time-worker.ts";
const HEADER = "date,open,high,low,close,volume,value,shares,base_price\n";

export interface RealDaysOptions extends Pick<WorkerOptions, "entry" | "config" | "env" | "port"> {
  readonly exchange: ExchangeOptions;
  readonly stateDir: string;
}

export interface StartOptions {
  /** Of `MARKET_SOURCES`. */
  readonly sources: string;
  /** How much faster than this machine's clock; 1 by default. */
  readonly speed?: number;
  /** Further variables; they win. */
  readonly vars?: WorkerOptions["vars"];
}

/** `time` in minutes after midnight in Seoul, in milliseconds since the epoch. */
export function inSeoul(day: TradingDay, minute: number): number {
  return midnightOf(day) + minute * 60_000;
}

export class RealDays {
  readonly exchange: SimulatedExchange;
  readonly #options: RealDaysOptions;
  #market: ServedMarket | null = null;
  #time = new OtherTime({ origin: 0, shift: 0, speed: 1 });
  #worker: RealWorker | null = null;
  #isMigrated = false;

  constructor(options: RealDaysOptions) {
    this.#options = options;
    this.exchange = new SimulatedExchange(options.exchange);
  }

  /** The Worker of a later hour on the same state, the one before ended; its first start makes KRX the active exchange. */
  async startAt(at: number, { sources, speed = 1, vars }: StartOptions): Promise<void> {
    await this.#worker?.stop();
    this.#market ??= await serveMarket(this.exchange, { now: () => this.now() });
    this.#time = new OtherTime({ origin: Date.now(), shift: at - Date.now(), speed });
    const { entry = ENTRY, config, env, port, stateDir } = this.#options;
    this.#worker = await startWorker({
      stateDir,
      entry,
      ...(config !== undefined && { config }),
      ...(env !== undefined && { env }),
      ...(port !== undefined && { port }),
      isMigrated: this.#isMigrated,
      vars: {
        ...this.#market.vars,
        MARKET_SOURCES: sources,
        DEMO_SESSION_S: "86400",
        ...this.#time.vars(),
        ...vars,
      },
    });
    if (!this.#isMigrated) {
      await this.client.send("PUT", "/api/admin/exchange", asBody("application/json", '{"exchange":"KRX"}'));
    }
    this.#isMigrated = true;
  }

  async end(): Promise<void> {
    await this.#worker?.stop();
    await this.#market?.end();
  }

  get worker(): RealWorker {
    if (this.#worker === null) {
      throw new Error("The Worker is not running");
    }
    return this.#worker;
  }

  get vendors(): ServedMarket {
    if (this.#market === null) {
      throw new Error("The vendors do not stand yet");
    }
    return this.#market;
  }

  get client(): OwnerClient {
    const { url, ownerToken } = this.worker;
    return makeOwnerClient({ url: new URL(url), token: ownerToken });
  }

  /** Of book and vendors. */
  now(): number {
    return this.#time.now();
  }

  /** The clock rings; resolves when the Worker has answered it. */
  async turn(): Promise<void> {
    const query = `cron=${encodeURIComponent(TURN)}&time=${this.now()}`;
    const url = `${this.worker.url}/cdn-cgi/local/scheduled?${query}`;
    const response = await fetch(url);
    await response.text();
    if (!response.ok) {
      throw new Error(`The clock's turn was answered with ${response.status}`);
    }
  }

  /** Imports the exchange's own rows of these sessions, ticker by ticker, as an owner's file. */
  async importSessions(days: readonly TradingDay[]): Promise<void> {
    const lines = new Map<string, string[]>();
    for (const day of days) {
      for (const row of this.exchange.rows(day)) {
        const { open, high, low, close, volume, value, shares, base } = regularRow(row);
        const cells = [formatTradingDay(day), open, high, low, close, volume, value, shares, base];
        const { ticker } = row.listing;
        const own = lines.get(ticker) ?? [];
        own.push(`${ticker},${cells.join(",")}\n`);
        lines.set(ticker, own);
      }
    }
    const texts = Array.from(lines.values(), (own) => Buffer.from(own.join("")));
    for await (const { bytes, firstLine } of chunksOf(parts([Buffer.from(`ticker,${HEADER}`), ...texts]))) {
      const query = `exchange=KRX&first_line=${firstLine}&close=regular`;
      await this.client.send("POST", `/api/admin/bars?${query}`, asBody("text/csv", bytes));
    }
    await this.client.send(
      "POST",
      "/api/admin/indices?exchange=KRX",
      asBody("text/csv", this.#indices(days)),
    );
  }

  #indices(days: readonly TradingDay[]): string {
    const rows = INDEX_CODES.flatMap((code) =>
      days.flatMap((day) => {
        const row = this.exchange.index(day, code);
        return row === null
          ? []
          : [
              [
                code,
                formatTradingDay(day),
                row.open,
                row.high,
                row.low,
                row.close,
                row.volume,
                row.value,
                "",
                row.base,
              ],
            ];
      }),
    );
    return `index,${HEADER}${rows.map((row) => `${row.join(",")}\n`).join("")}`;
  }
}

async function* parts(source: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* source;
}

function asBody(type: OwnerBody["type"], content: string | Uint8Array): OwnerBody {
  return { type, bytes: new Uint8Array(Buffer.from(content)) };
}
