/**
 * The Worker behind `npm run bench:bill`: the shipped one, with a count of everything that Cloudflare bills or bounds: calls of
 * objects, of vendors, messages of sockets, rows of the objects' SQLite and of D1. It may live at another time. Never deployed.
 */
import worker, {
  Alerts as ShippedAlerts,
  Gateway as ShippedGateway,
  MarketBook as ShippedBook,
  MarketFeed as ShippedFeed,
  Topic as ShippedTopic,
} from "../../testing/stage/other-time-worker.ts";

/** A cursor that the platform has taken its figures from: its rows are missing, and the row of the table states so. */
const UNCOUNTED = "cursors without rows: ";

type Method = (...args: unknown[]) => unknown;

const counts = new Map<string, number>();
/** A cursor knows its rows when it has been read. */
let cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
const patched = new Set<object>();

function add(name: string, count = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

/** Puts `change(method)` in the place of a method, once for each owner. */
function patch(owner: object, name: string, change: (method: Method) => Method): void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  const method: unknown = before?.value;
  if (typeof method === "function") {
    const called: Method = (receiver, ...args) => Reflect.apply(method, receiver, args);
    const changed = change(called);
    Object.defineProperty(owner, name, {
      ...before,
      value: function counted(this: unknown, ...args: unknown[]): unknown {
        return changed(this, ...args);
      },
    });
  }
}

/** Every public method of an object's class is a call over RPC, an alarm, a request or a message of a socket. */
function countCalls(name: string, shipped: object): void {
  for (let owner = shipped; owner !== null && !patched.has(owner); owner = Object.getPrototypeOf(owner)) {
    if (Object.getOwnPropertyNames(owner).includes("hasOwnProperty")) {
      return;
    }
    patched.add(owner);
    for (const method of Object.getOwnPropertyNames(owner).filter((own) => own !== "constructor")) {
      patch(owner, method, (call) => (...args) => {
        add(method === "webSocketMessage" ? "socket messages" : `calls of ${name}`);
        add(`${name}.${method}`);
        return call(...args);
      });
    }
  }
}

function countStorage({ storage }: DurableObjectState): void {
  const [sql, own] = [Object.getPrototypeOf(storage.sql), Object.getPrototypeOf(storage)];
  if (patched.has(sql)) {
    return;
  }
  patched.add(sql);
  patch(sql, "exec", (call) => (...args) => {
    const cursor = call(...args);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `exec` returns nothing else
    cursors.push(cursor as SqlStorageCursor<Record<string, SqlStorageValue>>);
    return cursor;
  });
  patch(own, "setAlarm", (call) => (...args) => {
    add("object rows written");
    return call(...args);
  });
}

interface Answered {
  readonly meta?: { readonly rows_read?: number; readonly rows_written?: number };
}

/** The database answers every query with the rows that it is billed for. */
function countDatabase(database: D1Database): void {
  const session = Object.getPrototypeOf(database.withSession());
  if (patched.has(session)) {
    return;
  }
  if (!Object.hasOwn(session, "_wrappedFetch")) {
    throw new Error("The database of this platform has another form: its rows cannot be counted");
  }
  patched.add(session);
  patch(session, "_wrappedFetch", (call) => async (...args) => {
    const response = await call(...args);
    if (response instanceof Response) {
      const answer: Answered | readonly Answered[] = await response.clone().json();
      for (const { meta } of [answer].flat()) {
        add("D1 queries");
        add("D1 rows read", meta?.rows_read ?? 0);
        add("D1 rows written", meta?.rows_written ?? 0);
      }
    }
    return response;
  });
}

/** Whatever an object asks of the world outside is a vendor's. */
function countVendors(): void {
  const ask = globalThis.fetch;
  globalThis.fetch = async (...args) => {
    add("vendor calls");
    return ask(...args);
  };
}

function watch(ctx: DurableObjectState, env: Env): void {
  countStorage(ctx);
  countDatabase(env.DB);
}

export class MarketBook extends ShippedBook {
  constructor(ctx: DurableObjectState, env: Env) {
    watch(ctx, env);
    super(ctx, env);
  }
}

export class MarketFeed extends ShippedFeed {
  constructor(ctx: DurableObjectState, env: Env) {
    watch(ctx, env);
    super(ctx, env);
  }
}

export class Topic extends ShippedTopic {
  constructor(ctx: DurableObjectState, env: Env) {
    watch(ctx, env);
    super(ctx, env);
  }
}

export class Gateway extends ShippedGateway {
  constructor(ctx: DurableObjectState, env: Env) {
    watch(ctx, env);
    super(ctx, env);
  }
}

export class Alerts extends ShippedAlerts {
  constructor(ctx: DurableObjectState, env: Env) {
    watch(ctx, env);
    super(ctx, env);
  }
}

countVendors();
countCalls("MarketBook", ShippedBook.prototype);
countCalls("MarketFeed", ShippedFeed.prototype);
countCalls("Topic", ShippedTopic.prototype);
countCalls("Gateway", ShippedGateway.prototype);
countCalls("Alerts", ShippedAlerts.prototype);

/** What was counted since the last question. */
function take(): Readonly<Record<string, number>> {
  for (const cursor of cursors) {
    try {
      add("object rows read", cursor.rowsRead);
      add("object rows written", cursor.rowsWritten);
    } catch (error) {
      add(`${UNCOUNTED}${String(error)}`);
    }
  }
  const taken = Object.fromEntries(counts);
  cursors = [];
  counts.clear();
  return taken;
}

// oxlint-disable-next-line import/no-default-export -- a Worker's entry is its default export
export default {
  async fetch(request, env, ctx) {
    if (new URL(request.url).pathname === "/api/counts") {
      return Response.json(take());
    }
    countDatabase(env.DB);
    add("Worker requests");
    return worker.fetch(request, env, ctx);
  },

  async scheduled(controller, env) {
    countDatabase(env.DB);
    add("Worker requests");
    return worker.scheduled(controller, env);
  },
} satisfies ExportedHandler<Env>;
