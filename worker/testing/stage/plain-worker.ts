/** The halting Worker for a plain `workerd serve`: a start costs a tenth of that of the dev server, so that a thousand fit in a run. */
import { D1AlertLog } from "../../adapters/d1/alert-log.ts";
import { makeAlertsPort } from "../../adapters/durable/stubs.ts";
import type { AlertEvent } from "../../core/alerts/alert-event.ts";
import * as halting from "./halting-worker.ts";
import { diskDatabase, type DiskDatabase } from "./disk-database.ts";

export { DiskDatabase } from "./disk-database.ts";

interface PlainEnv extends Env {
  readonly DATABASE: DurableObjectNamespace<DiskDatabase>;
}

const known = new WeakMap<PlainEnv, Env>();

/** The same object each time, because the app is kept by it. */
function withDatabase(env: PlainEnv): Env {
  const whole = known.get(env) ?? { ...env, DB: diskDatabase(env.DATABASE) };
  known.set(env, whole);
  return whole;
}

export class MarketBook extends halting.MarketBook {
  constructor(ctx: DurableObjectState, env: PlainEnv) {
    super(ctx, withDatabase(env));
  }
}

export class MarketFeed extends halting.MarketFeed {
  constructor(ctx: DurableObjectState, env: PlainEnv) {
    super(ctx, withDatabase(env));
  }
}

export class Topic extends halting.Topic {
  constructor(ctx: DurableObjectState, env: PlainEnv) {
    super(ctx, withDatabase(env));
  }
}

export class Gateway extends halting.Gateway {
  constructor(ctx: DurableObjectState, env: PlainEnv) {
    super(ctx, withDatabase(env));
  }
}

export class Alerts extends halting.Alerts {
  constructor(ctx: DurableObjectState, env: PlainEnv) {
    super(ctx, withDatabase(env));
  }
}

export default {
  async fetch(request, env, ctx) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/migrate") {
      await env.DATABASE.getByName("database").migrate(searchParams.get("name") ?? "", await request.text());
      return new Response("migrated");
    }
    if (pathname === "/log-alerts") {
      const events: readonly AlertEvent[] = await request.json();
      await new D1AlertLog(withDatabase(env).DB).append(events);
      await makeAlertsPort(env.ALERTS).wake();
      return new Response("logged");
    }
    return halting.default.fetch(request, withDatabase(env), ctx);
  },
} satisfies ExportedHandler<PlainEnv>;
