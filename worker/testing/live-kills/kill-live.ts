/**
 * Kills of a real Worker at random moments of a session: after each restart it must be live within ten seconds, show what is true of every
 * share, and have one event for each signal whose level was passed, also where that was while it was dead, at a page that stays open.
 */
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "../../cli/serve/local-port.ts";
import { brokenAt, brokenBetween } from "../faults/record-promises.ts";
import { readRecords, type StoredRecords } from "../faults/stored-records.ts";
import { quantile } from "../load/quantile.ts";
import { LiveReader } from "./live-reader.ts";
import { type LiveShare, LiveSubject } from "./live-subject.ts";
import { SESSION } from "./live-bars.ts";

/** Each session has some thirty shares whose signals move once. */
const KILLS_A_SESSION = 25;
const LIVE_MS = 10_000;
/** Everything else that is owed after a restart. */
const OWED_MS = 10_000;
const STEP_MS = 50;
const FIRST_MS = 60_000;
/** A life, once all of the one before is there. */
const SHORTEST_MS = 100;
const LONGEST_MS = 4_000;
/** A signal is moved at most a second after its trade: kills fall into that second as often as not. */
const AFTER_STRIKE_MS = 1_500;
/** Looked at without a signal; the last of them have no place on the connection. */
const WATCHED = 10;

interface Tools {
  readonly random: () => number;
  readonly print: (line: string) => void;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

class LiveKills {
  readonly broken: string[] = [];
  readonly liveMs: number[] = [];
  readonly wholeMs: number[] = [];
  /** Levels that were passed while the Worker lived, and while it was dead. */
  readonly struck = { alive: 0, dead: 0 };
  /** Of those that were passed while it lived: the kill came before the event was stored. */
  unsaved = 0;
  readonly reader: LiveReader;
  readonly #subject: LiveSubject;
  readonly #stateDir: string;
  readonly #random: () => number;
  #left: LiveShare[];
  #records: StoredRecords | null = null;

  constructor(subject: LiveSubject, stateDir: string, random: () => number) {
    this.#subject = subject;
    this.#stateDir = stateDir;
    this.#random = random;
    this.#left = subject.shares.toSorted(() => random() - 0.5);
    const tickers = [...subject.shares.map(({ ticker }) => ticker), ...this.#watched];
    const topics = ["signal:vcp", "market_gate", "feed", ...tickers.map((ticker) => `price:${ticker}`)];
    this.reader = new LiveReader(`${subject.days.worker.url.replace("http:", "ws:")}/ws`, topics, random);
  }

  get #watched(): readonly string[] {
    return this.#subject.others.slice(0, WATCHED);
  }

  /** One life, its end, and what the next one owes. */
  async kill(n: number): Promise<string> {
    const subject = this.#subject;
    subject.play();
    const strikes = this.#random() < 0.7 ? this.#take(1 + Math.floor(this.#random() * 1.5)) : [];
    const life = SHORTEST_MS + this.#random() * (LONGEST_MS - SHORTEST_MS);
    await sleep(life);
    for (const share of strikes) {
      subject.strike(share);
    }
    this.struck.alive += strikes.length;
    const after = strikes.length === 0 ? 0 : this.#random() * AFTER_STRIKE_MS;
    await sleep(after);
    await subject.days.worker.kill();
    const records = this.#look(`killed the ${n}th time`);
    const unsaved = strikes.filter(({ id }) => movesOf(records, id) === 0).length;
    this.unsaved += unsaved;
    const dead = this.#random() < 0.5 ? this.#take(1) : [];
    for (const share of dead) {
      subject.strike(share);
    }
    this.struck.dead += dead.length;
    for (const ticker of this.#watched) {
      subject.nudge(ticker);
    }
    await subject.rise();
    await this.owed(`after kill ${n}`, LIVE_MS);
    const passed = `${strikes.length} passed in life (${unsaved} without an event yet), ${dead.length} while dead`;
    return `after ${seconds(life + after)} s of life, ${passed}; live ${seconds(this.liveMs.at(-1) ?? Number.NaN)} s, whole ${seconds(this.wholeMs.at(-1) ?? Number.NaN)} s after the restart`;
  }

  /** Resolves when the Worker is live and nothing is wrong any more, or when its time is over. */
  async owed(when: string, liveMs: number): Promise<void> {
    const began = performance.now();
    this.reader.retry();
    const isLive = async (): Promise<readonly string[]> => {
      const { feed } = await this.#subject.health();
      return feed?.state === "live" ? [] : [`the feed is ${feed?.state ?? "not there"}`];
    };
    this.#hold(when, await soon(isLive, liveMs));
    this.liveMs.push(performance.now() - began);
    // From here on nothing is traded but the indices, so that there is one truth to be shown.
    await this.#subject.pause();
    this.#hold(when, await soon(() => Promise.resolve(this.#wrong()), OWED_MS));
    this.wholeMs.push(performance.now() - began);
    this.#look(when);
    this.#hold(when, this.reader.broken.splice(0));
  }

  /** Each signal that moved more or less than its prices demand, and each share that is shown otherwise than it is. */
  #wrong(): readonly string[] {
    const { shares, truth } = this.#subject;
    const records = readRecords(this.#stateDir, "KRX");
    const wrong: string[] = [];
    for (const share of shares) {
      const { id, ticker, isWaiting } = share;
      const { high, low } = truth.of(ticker);
      const owed = isWaiting ? high >= share.entry : low < share.stop;
      const moves = movesOf(records, id);
      if (moves !== (owed ? 1 : 0)) {
        wrong.push(`${id} moved ${moves} times in the session, and its prices demand ${owed ? 1 : 0}`);
      }
      const shown = this.reader.states.get(id) ?? "gone";
      const isMoved = shown === (isWaiting ? "TRIGGERED" : "gone");
      if (isMoved !== owed || (shown === "gone" && !owed)) {
        wrong.push(`${id} is shown as ${shown}`);
      }
    }
    const waiting = records.outbox.filter((message) => message.published_at === null).length;
    return [...wrong, ...(waiting > 0 ? [`${waiting} messages wait`] : []), ...this.#wrongPrices()];
  }

  #wrongPrices(): readonly string[] {
    const { shares, truth } = this.#subject;
    const wrong = [...shares.map(({ ticker }) => ticker), ...this.#watched].flatMap((ticker) => {
      const { price, base, open, high, low, volume } = truth.of(ticker);
      const expected = { price, change: price - base, volume, open, high, low, stale: false };
      const data = this.reader.prices.get(ticker)?.data;
      const shown = Object.fromEntries(
        Object.keys(expected).map((field) => [field, data === undefined ? null : Reflect.get(data, field)]),
      );
      return JSON.stringify(shown) === JSON.stringify(expected)
        ? []
        : [`${ticker} is shown as ${JSON.stringify(shown)}, and is ${JSON.stringify(expected)}`];
    });
    return [
      ...wrong,
      ...(this.reader.feedState === "live" ? [] : [`the page shows a feed ${this.reader.feedState}`]),
    ];
  }

  #take(count: number): readonly LiveShare[] {
    return this.#left.splice(0, count);
  }

  #look(when: string): StoredRecords {
    const records = readRecords(this.#stateDir, "KRX");
    const between = this.#records === null ? [] : brokenBetween(this.#records, records);
    this.#hold(when, [...brokenAt(records), ...between]);
    this.#records = records;
    return records;
  }

  #hold(when: string, wrong: readonly string[]): void {
    this.broken.push(...wrong.map((one) => `${when}: ${one}`));
  }
}

/** Moves of one signal in the session. */
function movesOf({ events }: StoredRecords, id: string): number {
  return events.filter(({ signal_id: signal, row }) => signal === id && row.startsWith(`[${SESSION},`))
    .length;
}

/** What is still wrong when the time is over; empty as soon as nothing is. */
async function soon(wrong: () => Promise<readonly string[]>, ms: number): Promise<readonly string[]> {
  const until = performance.now() + ms;
  for (;;) {
    const now = await wrong().catch((error: unknown) => [String(error)]);
    if (now.length === 0 || performance.now() >= until) {
      return now;
    }
    await sleep(STEP_MS);
  }
}

interface SessionFigures {
  readonly kills: LiveKills;
  readonly shares: number;
}

async function killSession(
  kills: number,
  stateDir: string,
  { random, print }: Tools,
): Promise<SessionFigures> {
  const subject = await LiveSubject.open({ stateDir, random, port: await findFreePort() });
  try {
    await subject.begin();
    const live = new LiveKills(subject, stateDir, random);
    try {
      subject.play();
      await live.owed("at the first start", FIRST_MS);
      print(
        `live: ${subject.shares.length} open signals, whole ${((live.wholeMs.pop() ?? 0) / 1_000).toFixed(1)} s after the first start`,
      );
      live.liveMs.length = 0;
      let known = 0;
      for (let n = 1; n <= kills; n++) {
        print(`live kill ${n}: ${await live.kill(n)}`);
        for (const promise of live.broken.slice(known)) {
          print(`BROKEN ${promise}`);
        }
        known = live.broken.length;
      }
    } finally {
      live.reader.close();
    }
    return { kills: live, shares: subject.shares.length };
  } finally {
    await subject.end();
  }
}

/** Half, 95 % and all of them, in seconds. */
function sharesOf(times: readonly number[]): string {
  return [0.5, 0.95, 1].map((share) => seconds(quantile(times, share))).join(", ");
}

/** Resolves with the promises that were broken. */
export async function killLive(kills: number, folder: string, tools: Tools): Promise<readonly string[]> {
  const all: SessionFigures[] = [];
  for (let done = 0; done < kills; done += KILLS_A_SESSION) {
    const stateDir = await mkdtemp(join(folder, "live-"));
    all.push(await killSession(Math.min(KILLS_A_SESSION, kills - done), stateDir, tools));
  }
  const sum = (of: (one: LiveKills) => number): number =>
    all.reduce((whole, one) => whole + of(one.kills), 0);
  const [live, whole] = [all.flatMap((one) => one.kills.liveMs), all.flatMap((one) => one.kills.wholeMs)];
  tools.print(
    `live: ${kills} kills, ${sum(({ struck }) => struck.alive)} levels passed in a life, ${sum(({ unsaved }) => unsaved)} of them killed before their event was stored, ${sum(({ struck }) => struck.dead)} passed while dead`,
  );
  tools.print(
    `live: after a restart live within ${sharesOf(live)} s (p50, p95, most), all prices and signals right within ${sharesOf(whole)} s`,
  );
  tools.print(
    `live: ${sum(({ reader }) => reader.messages)} messages at the open page, ${sum(({ reader }) => reader.resets)} resets`,
  );
  return all.flatMap((one) => one.kills.broken);
}
