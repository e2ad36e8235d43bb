/** A feed of a small demo market on real storage, with a clock in the test's hand, neighbours that fail on demand and gateways that record. */
import { applyD1Migrations, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { D1InstrumentStore } from "../../adapters/d1/instrument-store.ts";
import { D1ScanLedger } from "../../adapters/d1/scan-ledger.ts";
import { D1Settings } from "../../adapters/d1/settings.ts";
import { demoSource } from "../../adapters/demo/demo-source.ts";
import { makeBookPort } from "../../adapters/durable/stubs.ts";
import type { Delivery, Fragment } from "../../app/ports/live.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { Feed } from "../../market/feed/feed.ts";
import { type FeedPorts } from "../../market/feed-ports.ts";
import { MemoryLog } from "../memory/memory-log.ts";

export const SESSIONS = 60;
/** Enough shares for patterns in the tests' few sessions. */
export const SHARES = 240;
export const LENGTHS = { sessionMs: 60_000, breakMs: 10_000 };
function market(): ReturnType<typeof demoSource> {
  return demoSource(1, SESSIONS, SHARES);
}

/** A call of the book that breaks: before it was carried out, or after, when only the answer is lost. */
export interface Fault {
  readonly call: "addHistory" | "closeDay" | "addIndices" | "run";
  readonly when: "before" | "after";
}

export class RecordingGateway {
  readonly received: Fragment[] = [];
  deliveries = 0;
  answer: () => Promise<boolean> = () => Promise.resolve(true);

  deliver({ fragments }: Delivery): Promise<boolean> {
    this.deliveries += 1;
    this.received.push(...fragments);
    return this.answer();
  }

  topics(): readonly string[] {
    return this.received.map(({ topic }) => topic);
  }
}

export class DemoStage {
  /** Far enough away that no alarm rings by itself. */
  now = Date.UTC(2099, 0, 1);
  fault: Fault | null = null;
  exchange: Exchange = "DEMO";
  generation = 0;
  readonly calls: string[] = [];
  readonly log = new MemoryLog();
  readonly gateways = new Map<string, RecordingGateway>();
  readonly storage: DurableObjectStorage;
  readonly #ctx: DurableObjectState;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
    this.storage = ctx.storage;
  }

  /** A feed that was born this moment. The one before it is forgotten, as after a death. */
  birth(overrides: Partial<FeedPorts> = {}): Feed {
    return new Feed(this.#ctx, env, {
      clock: { now: () => this.now },
      log: this.log,
      settings: {
        lastSwitch: () => Promise.resolve({ exchange: this.exchange, generation: this.generation }),
      },
      instruments: new D1InstrumentStore(env.DB),
      lengths: LENGTHS,
      book: () => this.book(),
      gateway: (name) => this.gateway(name),
      market: (exchange) => (exchange === "DEMO" ? market() : null),
      formingEveryMs: 0,
      alerts: { append: () => Promise.resolve(), wake: () => Promise.resolve() },
      random: () => 0.5,
      upstream: () => null,
      ...overrides,
    });
  }

  gateway(name: string): RecordingGateway {
    const gateway = this.gateways.get(name) ?? new RecordingGateway();
    this.gateways.set(name, gateway);
    return gateway;
  }

  /** A feed whose past is in the book and whose first session is open. */
  async ready(): Promise<Feed> {
    const feed = this.birth();
    await feed.alarm();
    return feed;
  }

  /** Lets time pass to the next alarm that is planned, and rings it. */
  async ring(feed: Feed): Promise<void> {
    this.now = (await this.storage.getAlarm()) ?? this.now;
    await feed.alarm();
  }

  /** Lets time pass, alarm by alarm. */
  async live(feed: Feed, ms: number): Promise<void> {
    const until = this.now + ms;
    while (((await this.storage.getAlarm()) ?? until) <= until && this.now < until) {
      await this.ring(feed);
    }
    this.now = Math.max(this.now, until);
  }

  /** The real book, but for the call that is to break. */
  book(): ReturnType<FeedPorts["book"]> {
    const real = makeBookPort(env.MARKET_BOOK, "DEMO");
    const guarded = async <T>(call: Fault["call"], act: () => Promise<T>): Promise<T> => {
      this.calls.push(call);
      const when = this.fault?.call === call ? this.fault.when : null;
      if (when !== null) {
        this.fault = null;
      }
      if (when === "before") {
        throw new Error(`${call} did not arrive`);
      }
      const answer = await act();
      if (when === "after") {
        throw new Error(`The answer of ${call} was lost`);
      }
      return answer;
    };
    return {
      ...real,
      addHistory: async (chunk, mark) => guarded("addHistory", async () => real.addHistory(chunk, mark)),
      closeDay: async (day, mark) => guarded("closeDay", async () => real.closeDay(day, mark)),
      addIndices: async (chunk) => guarded("addIndices", async () => real.addIndices(chunk)),
      run: async (request) => guarded("run", async () => real.run(request)),
    };
  }
}

/** Everything empty, DEMO active. */
export async function freshDemo(): Promise<void> {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await new D1Settings(env.DB).setActiveExchange("DEMO");
}

export function onStage<R>(act: (stage: DemoStage) => Promise<R>): Promise<R> {
  return runInDurableObject(env.MARKET_FEED.getByName("DEMO"), async (_, ctx) => act(new DemoStage(ctx)));
}

/** The session that follows `count` live sessions. */
export function sessionAfter(count: number): ReturnType<ReturnType<typeof demoSource>["after"]> {
  const source = market();
  const past = source.history();
  let step = past.next();
  while (step.done !== true) {
    step = past.next();
  }
  let session = source.after(step.value.state);
  for (let n = 0; n < count; n++) {
    session = source.after(session.end());
  }
  return session;
}

/** A share that trades in both sessions. */
export function tradedTicker(first = sessionAfter(0), second = sessionAfter(1)): string {
  const found = first.rows().find(({ ticker }) => first.quote(ticker, 0) && second.quote(ticker, 0));
  return found?.ticker ?? "none trades";
}

export async function doneRuns(): Promise<number> {
  const runs = await new D1ScanLedger(env.DB).runs("DEMO", 100);
  return runs.filter(({ status }) => status === "done").length;
}
