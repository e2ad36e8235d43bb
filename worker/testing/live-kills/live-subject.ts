/** A real Worker in a session of a real exchange, before the fake of KIS over real connections, with open signals that are near their levels. */
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { chunksOf } from "../../cli/files/csv-chunks.ts";
import { assert } from "../../core/assert.ts";
import { HealthBody } from "../../protocol/rest/health.ts";
import { SignalsBody } from "../../protocol/rest/signal-list.ts";
import { dayOf } from "../builders/signal-builder.ts";
import type { FakeTrade } from "../fakes/kis/kis-trades.ts";
import { inSeoul, RealDays, type RealDaysOptions, type StartOptions } from "../stage/real-days.ts";
import { makeLiveBars, SESSION } from "./live-bars.ts";
import { TruePrices } from "./true-prices.ts";

/** A share with an open signal; prices in won. */
export interface LiveShare {
  readonly id: string;
  readonly ticker: string;
  /** Waits below its trigger; otherwise it was triggered the evening before. */
  readonly isWaiting: boolean;
  readonly entry: number;
  readonly stop: number;
}

export interface LiveSubjectOptions extends Pick<RealDaysOptions, "entry" | "config" | "port"> {
  readonly stateDir: string;
  readonly random: () => number;
  /** Further variables of the Worker in the session. */
  readonly vars?: StartOptions["vars"];
}

const EVENING_MINUTE = 20 * 60 + 30;
/** The day's volume says something from the thirtieth minute on. */
const BEGIN_MINUTE = 9 * 60 + 31;
const LIVE = { READERS: "public" };
const TURN_MS = 100;
const HEARTBEAT_TURNS = 100;
/** Shares that move in a turn. */
const MOVED = 3;

export class LiveSubject {
  readonly days: RealDays;
  /** With an open signal when the session began. */
  readonly shares: readonly LiveShare[];
  /** Without one. */
  readonly others: readonly string[];
  readonly truth: TruePrices;
  readonly #random: () => number;
  readonly #live: StartOptions;
  #playing: Promise<void> | null = null;
  #isPlaying = false;
  #turns = 0;

  private constructor(
    days: RealDays,
    shares: readonly LiveShare[],
    others: readonly string[],
    truth: TruePrices,
    { random, vars }: Pick<LiveSubjectOptions, "random" | "vars">,
  ) {
    this.days = days;
    this.shares = shares;
    this.others = others;
    this.truth = truth;
    this.#random = random;
    this.#live = { sources: "kis", vars: { ...LIVE, ...vars } };
  }

  /** Imports and scans two evenings, so that half of the shares wait and half were triggered; the session is not begun. */
  static async open({ random, vars, ...options }: LiveSubjectOptions): Promise<LiveSubject> {
    const exchange = { first: dayOf("2026-08-24"), last: dayOf("2026-10-02"), names: 30, seed: 7 };
    const days = new RealDays({ exchange, ...options });
    try {
      const bars = makeLiveBars();
      await days.startAt(inSeoul(dayOf("2026-09-15"), EVENING_MINUTE), { sources: "" });
      await send(days, "instruments?exchange=KRX", bars.instruments);
      await send(days, "indices?exchange=KRX", bars.indices);
      await sendBars(days, bars.past);
      const waiting = await scan(days);
      const risers = new Map(
        waiting.filter((_, n) => n % 2 === 0).map(({ ticker, entry }) => [ticker, entry]),
      );
      const evening = bars.evening(risers);
      await send(days, "indices?exchange=KRX", evening.indices);
      await sendBars(days, evening.bars);
      const shares = await scan(days);
      const [row] = days.exchange.rows(SESSION).filter(({ volume }) => volume > 0);
      assert(row !== undefined, "A share is traded");
      const truth = new TruePrices(bars.closesAfter(risers), days.vendors.kis.shown, row);
      const own = new Set(shares.map(({ ticker }) => ticker));
      const others = bars.others.filter((ticker) => !own.has(ticker));
      return new LiveSubject(days, shares, others, truth, {
        random,
        ...(vars && { vars }),
      });
    } catch (error) {
      await days.end();
      throw error;
    }
  }

  /** The Worker of the evening ends, and one in the session begins. */
  async begin(): Promise<void> {
    await this.days.startAt(inSeoul(SESSION, BEGIN_MINUTE), this.#live);
  }

  /** Where the clock stands; the one before was killed. */
  async rise(): Promise<void> {
    await this.days.startAt(this.days.now(), this.#live);
  }

  async health(): Promise<HealthBody> {
    const response = await fetch(`${this.days.worker.url}/api/health`);
    return v.parse(HealthBody, await response.json());
  }

  /** Trades go on ten times a second, and a heartbeat each ten seconds, until `pause`. */
  play(): void {
    this.#isPlaying = true;
    this.#playing ??= this.#run();
  }

  async pause(): Promise<void> {
    this.#isPlaying = false;
    await this.#playing;
    this.#playing = null;
  }

  /** The price touches the trigger of a share that waits, or breaks the stop of one that was triggered, for one trade. */
  strike({ ticker, isWaiting, entry, stop }: LiveShare): void {
    const usual = this.truth.of(ticker).price;
    this.trade(ticker, isWaiting ? Math.ceil(entry * 1.002) : Math.floor(stop * 0.995));
    this.trade(ticker, usual);
  }

  /** One trade at this price, in won. */
  trade(ticker: string, price: number): void {
    this.#send([this.truth.trade(ticker, price, 10, this.days.now())]);
  }

  /** What a connection without a trade of a share has: a heartbeat, and an index. */
  tend(): void {
    this.days.vendors.kis.socket.heartbeat();
    this.#turns += 1;
    this.#moveIndices();
  }

  /** A trade near the last close, which moves no signal. */
  nudge(ticker: string): void {
    this.#send([this.#nudged(ticker)]);
  }

  #nudged(ticker: string): FakeTrade {
    const { base } = this.truth.of(ticker);
    const price = Math.round(base * (1 + 0.004 * (2 * this.#random() - 1)));
    return this.truth.trade(ticker, price, 1 + Math.floor(40 * this.#random()), this.days.now());
  }

  async #run(): Promise<void> {
    while (this.#isPlaying) {
      this.#turns += 1;
      const { socket } = this.days.vendors.kis;
      const shares = socket.registered().filter((key) => this.#isShare(key));
      for (let n = 0; n < MOVED && shares.length > 0; n++) {
        this.nudge(shares[Math.floor(this.#random() * shares.length)] ?? "");
      }
      this.#moveIndices();
      if (this.#turns % HEARTBEAT_TURNS === 0) {
        socket.heartbeat();
      }
      await sleep(TURN_MS);
    }
  }

  #isShare(key: string): boolean {
    return this.others.includes(key) || this.shares.some(({ ticker }) => ticker === key);
  }

  #moveIndices(): void {
    const { days } = this;
    const price = 2_600 + (this.#turns % 7) / 100;
    const index = { at: days.now(), price, base: 2_590, open: 2_595, high: 2_601, low: 2_594 };
    days.vendors.kis.socket.index({ code: "KOSPI", ...index, volume: 1_000 + this.#turns });
  }

  #send(trades: readonly FakeTrade[]): void {
    this.days.vendors.kis.socket.trade(trades);
  }

  async end(): Promise<void> {
    await this.pause();
    await this.days.end();
  }
}

async function send({ client }: RealDays, path: string, csv: string | Uint8Array): Promise<void> {
  await client.send("POST", `/api/admin/${path}`, {
    type: "text/csv",
    bytes: new Uint8Array(Buffer.from(csv)),
  });
}

async function* parts(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function sendBars(days: RealDays, csv: string): Promise<void> {
  for await (const { bytes, firstLine } of chunksOf(parts(csv))) {
    await send(days, `bars?exchange=KRX&first_line=${firstLine}&close=regular`, bytes);
  }
}

/** The open signals after a scan. */
async function scan({ worker, client }: RealDays): Promise<readonly LiveShare[]> {
  const bytes = new Uint8Array(Buffer.from('{"top_n":0}'));
  await client.send("POST", "/api/kr/scan?exchange=KRX", { type: "application/json", bytes });
  const response = await fetch(`${worker.url}/api/kr/signals?exchange=KRX&limit=100`);
  const { signals } = v.parse(SignalsBody, await response.json());
  return signals.map(({ id, ticker, state, entry_price: entry, stop_loss: stop }) => ({
    id,
    ticker,
    isWaiting: state === "FORMING" || state === "READY",
    entry,
    stop,
  }));
}
