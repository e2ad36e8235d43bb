/**
 * The Worker behind `npm run bench:growth`: the shipped objects over a small demo market, sessions that end on demand, and
 * the size of everything that is stored.
 */
import { demoSource } from "../adapters/demo/demo-source.ts";
import { assert } from "../core/assert.ts";
import { composeBook, composeFeed, composeTopic } from "../compose.ts";
import worker from "../index.ts";
import { TopicStream } from "../live/topic/topic.ts";
import { Book } from "../market/book/book.ts";
import { Feed } from "../market/feed/feed.ts";

/** Enough shares for a handful of patterns at any time. */
const SHARES = 120;
/** As many sessions as the demo's book keeps, so that it begins full. */
const HISTORY = 520;
const TABLES = "signal signal_event outcome scan_run market_gate outbox owner_action".split(" ");
const STREAMS = ["signal:vcp", "market_gate"];

export { Alerts, Gateway } from "../index.ts";

export class MarketBook extends Book {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, composeBook(env));
  }

  /** What the platform would do two seconds after a step that left rows. */
  async ring(): Promise<void> {
    await this.alarm();
  }

  bytes(): number {
    return this.ctx.storage.sql.databaseSize;
  }
}

export class MarketFeed extends Feed {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { ...composeFeed(env), market: () => demoSource(1, HISTORY, SHARES) });
  }

  bytes(): number {
    return this.ctx.storage.sql.databaseSize;
  }
}

export class Topic extends TopicStream {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, composeTopic(env));
  }

  bytes(): number {
    return this.ctx.storage.sql.databaseSize;
  }
}

interface GrowthEnv extends Env {
  readonly MARKET_BOOK: DurableObjectNamespace<MarketBook>;
  readonly MARKET_FEED: DurableObjectNamespace<MarketFeed>;
  readonly TOPIC: DurableObjectNamespace<Topic>;
}

/** Sessions with a few prices each; after each of them the book's alarm rings once. */
async function live(env: GrowthEnv, sessions: number): Promise<void> {
  const [book, feed] = [env.MARKET_BOOK.getByName("DEMO"), env.MARKET_FEED.getByName("DEMO")];
  for (let n = 0; n < sessions; n++) {
    await feed.command("advance_tick");
    await feed.command("advance_session");
    await book.ring();
  }
}

/** Rows by table, and bytes by store. */
async function sizes(env: GrowthEnv): Promise<Readonly<Record<string, number>>> {
  const counts = await env.DB.batch<{ n: number }>(
    TABLES.map((table) => env.DB.prepare(`select count(*) as n from ${table}`)),
  );
  const rows = TABLES.map((table, n) => [table, counts[n]?.results[0]?.n ?? 0] as const);
  const last = counts.at(-1);
  assert(last !== undefined, "Every table was counted");
  const topics = await Promise.all(STREAMS.map(async (name) => env.TOPIC.getByName(name).bytes()));
  return {
    ...Object.fromEntries(rows),
    d1: last.meta.size_after,
    book: await env.MARKET_BOOK.getByName("DEMO").bytes(),
    feed: await env.MARKET_FEED.getByName("DEMO").bytes(),
    topics: topics.reduce((sum, bytes) => sum + bytes, 0),
  };
}

// oxlint-disable-next-line import/no-default-export -- a Worker's entry is its default export
export default {
  async fetch(request, env, ctx) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/api/growth") {
      return worker.fetch(request, env, ctx);
    }
    try {
      await live(env, Number(searchParams.get("sessions") ?? "0"));
      return Response.json(await sizes(env));
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
} satisfies ExportedHandler<GrowthEnv>;
