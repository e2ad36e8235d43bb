/** A real Worker that fills its past in from the fake of KRX, killed and started again, and what its book must be like at the end. */
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { barPages } from "../../cli/backup/save-bars.ts";
import { makeOwnerClient, type OwnerClient } from "../../cli/terminal/owner-client.ts";
import {
  formatTradingDay,
  type TradingDay,
  tradingDayAt,
  tradingDayOf,
} from "../../core/calendar/trading-day.ts";
import { INDEX_CODES } from "../../core/instrument/instrument.ts";
import { BackfillBody } from "../../protocol/rest/owner.ts";
import { regularRow, SimulatedExchange } from "../fakes/exchange/simulated-exchange.ts";
import { serveMarket, type ServedMarket } from "../fakes/served-market.ts";
import { peakOf } from "../load/process-figures.ts";
import { askOwner } from "../stage/ask-owner.ts";
import type { OtherTime } from "../stage/other-time.ts";
import { type RealWorker, startWorker, type WorkerOptions } from "../stage/real-worker.ts";
import { brokenAt, brokenAtRest, brokenBetween } from "./record-promises.ts";
import { readRecords, type StoredRecords } from "./stored-records.ts";

const EXCHANGE = "KRX";
/** The clock's turn that begins a backfill, as `wrangler.toml` has it. */
const TURN = "5-55/10 * * * *";
const BARS = "sto/stk_bydd_trd";
/** Of the sessions that a book wants at most. */
const WANTED = 400;

export interface BackfillSize {
  readonly names: number;
  /** About so many; never more than the book wants are compared. */
  readonly sessions: number;
}

/** How the Worker is started, beside what every start has, and the time at which it and the exchange are: now, by default. */
export interface BackfillWorker extends Pick<WorkerOptions, "entry" | "config" | "vars" | "env"> {
  readonly time?: OtherTime;
}

export class BackfillSubject {
  readonly broken: string[] = [];
  readonly exchange: SimulatedExchange;
  readonly stateDir: string;
  /** Resident bytes of workerd, over all lives. */
  peak = 0;
  readonly #market: ServedMarket;
  readonly #port: number;
  readonly #options: BackfillWorker;
  #worker: RealWorker | null = null;
  #isMigrated = false;
  #records: StoredRecords | null = null;

  private constructor(
    exchange: SimulatedExchange,
    place: { readonly market: ServedMarket; readonly stateDir: string; readonly port: number },
    options: BackfillWorker,
  ) {
    this.exchange = exchange;
    this.#market = place.market;
    this.stateDir = place.stateDir;
    this.#port = place.port;
    this.#options = options;
  }

  /** The fakes stand in this process, which outlives every Worker: their counts are of all lives. */
  static async open(
    folder: string,
    port: number,
    { names, sessions }: BackfillSize,
    options: BackfillWorker = {},
  ): Promise<BackfillSubject> {
    const clock = options.time ?? { now: () => Date.now() };
    const today = tradingDayAt(clock.now());
    const exchange = new SimulatedExchange({
      first: tradingDayOf(today - Math.ceil(sessions * 1.55) - 10),
      last: tradingDayOf(today + 40),
      names,
      seed: 1,
    });
    const place = {
      market: await serveMarket(exchange, clock),
      stateDir: await mkdtemp(join(folder, "state-")),
      port,
    };
    const subject = new BackfillSubject(exchange, place, options);
    await subject.rise();
    await askOwner(subject.worker, "PUT", "/api/admin/exchange", '{"exchange":"KRX"}');
    return subject;
  }

  get worker(): RealWorker {
    if (this.#worker === null) {
      throw new Error("The Worker is not running");
    }
    return this.#worker;
  }

  /** The clock rings: nobody else begins a backfill, or makes up for a scan that died. */
  async begin(): Promise<void> {
    const { url } = this.worker;
    await (await fetch(`${url}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(TURN)}`)).text();
  }

  async end(): Promise<void> {
    await this.#worker?.stop();
    this.#worker = null;
    await this.#market.end();
  }

  /** SIGKILL, a look at what was left, and a new life. */
  async die(when: string): Promise<void> {
    this.#notePeak();
    await this.worker.kill();
    this.#look(`killed ${when}`);
    await this.rise();
  }

  async rise(): Promise<void> {
    const { time, ...options } = this.#options;
    this.#worker = await startWorker({
      ...options,
      stateDir: this.stateDir,
      port: this.#port,
      isMigrated: this.#isMigrated,
      vars: {
        ...this.#market.vars,
        MARKET_SOURCES: "krx",
        DEMO_SESSION_S: "86400",
        ...time?.vars(),
        ...options.vars,
      },
    });
    this.#isMigrated = true;
  }

  /** The names and values by which the fakes are asked, for a program beside the Worker. */
  get vendorVars(): ServedMarket["vars"] {
    return this.#market.vars;
  }

  /** Sessions that are published by now, oldest first: what the book is to hold. */
  published(): readonly TradingDay[] {
    return this.exchange.sessions.filter((day) => this.#market.krx.isPublished(day)).slice(-WANTED);
  }

  /** Dates that the Worker has asked for, in all of its lives. */
  asked(): number {
    return this.#market.krx.datesOf(BARS).size;
  }

  mastersAsked(): number {
    return this.#market.krx.mastersAsked;
  }

  calls(): number {
    return this.#market.krx.callsInAll;
  }

  /** The most often that one service was asked of one date. */
  mostOfOneDate(): number {
    return this.#market.krx.mostOfOneDate;
  }

  async progress(): Promise<BackfillBody> {
    return v.parse(BackfillBody, await this.#client.send("GET", `/api/admin/backfill?exchange=${EXCHANGE}`));
  }

  /** The past is there and a run has judged it; nothing waits. */
  isOver(): boolean {
    const records = readRecords(this.stateDir, EXCHANGE);
    return records.runs.some(({ status }) => status === "done") && brokenAtRest(records).length === 0;
  }

  /** Holds the book against the exchange, and the records against their promises; returns how many rows were compared. */
  async compare(): Promise<number> {
    this.#notePeak();
    const sessions = this.published();
    const { runs } = this.#look("at the end");
    this.broken.push(...brokenAtRest(readRecords(this.stateDir, EXCHANGE)));
    const done = runs
      .filter(({ status }) => status === "done")
      .map(({ kind, as_of: day }) => `${kind} ${day}`);
    this.#hold(done.join(", ") === `cron ${sessions.at(-1)}`, `the scans are ${done.join(", ")}`);
    const { status, sessions: found } = await this.progress();
    this.#hold(status === "done" && found === sessions.length, `it ends ${status} with ${found} sessions`);
    await this.#compareIndices(sessions);
    return this.#compareBars(sessions);
  }

  async #compareBars(sessions: readonly TradingDay[]): Promise<number> {
    const truth = new Map<string, string>();
    for (const day of sessions) {
      for (const row of this.exchange.rows(day)) {
        const { open, high, low, close, volume, value, shares, base } = regularRow(row);
        const cells = [open, high, low, close, volume, value, shares, base].join(",");
        truth.set(`${row.listing.ticker},${formatTradingDay(day)}`, cells);
      }
    }
    const rows = truth.size;
    let wrong = 0;
    for await (const page of barPages(this.#client, EXCHANGE, () => undefined, true)) {
      for (const line of page.split("\n").filter((text) => /^\w{6},\d/.test(text))) {
        const [, key = "", cells = "", origin = ""] = /^(\w+,[\d-]+),(.*),([^,]*)$/.exec(line) ?? [];
        const isTrue = truth.get(key) === cells && origin.startsWith("krx/regular/final/");
        wrong += isTrue ? 0 : 1;
        truth.delete(key);
      }
    }
    this.#hold(wrong === 0, `${wrong} rows are not the exchange's`);
    this.#hold(truth.size === 0, `${truth.size} rows of ${rows} are missing`);
    return rows;
  }

  async #compareIndices(sessions: readonly TradingDay[]): Promise<void> {
    const text = await (await this.#client.read(`/api/admin/indices?exchange=${EXCHANGE}`)).text();
    const expected = INDEX_CODES.flatMap((code) =>
      sessions.flatMap((day) => {
        const row = this.exchange.index(day, code);
        return row === null
          ? []
          : [`${code},${formatTradingDay(day)},${row.open},${row.high},${row.low},${row.close}`];
      }),
    );
    const lines = text.split("\n").slice(1, -1);
    const wrong = expected.filter((line, n) => lines[n]?.startsWith(`${line},`) !== true).length;
    this.#hold(wrong === 0 && lines.length === expected.length, `${wrong} rows of the indices are wrong`);
  }

  #hold(promise: boolean, otherwise: string): void {
    if (!promise) {
      this.broken.push(otherwise);
    }
  }

  #notePeak(): void {
    this.peak = Math.max(this.peak, peakOf(this.worker.pid) ?? 0);
  }

  #look(when: string): StoredRecords {
    const records = readRecords(this.stateDir, EXCHANGE);
    const lost = this.#records === null ? [] : brokenBetween(this.#records, records);
    this.broken.push(...[...brokenAt(records), ...lost].map((promise) => `${when}: ${promise}`));
    this.#records = records;
    return records;
  }

  get #client(): OwnerClient {
    const { url, ownerToken } = this.worker;
    return makeOwnerClient({ url: new URL(url), token: ownerToken });
  }
}
