/**
 * What a month of the wire costs by the number of clients, with and without relays between the feed and the gateways, and
 * how long a deploy takes everyone back. Arithmetic, not measurement; measured inputs are marked as such.
 */

// What the platform charges beyond what the plan includes, in US dollars (public price lists, read 2026-11-29:
// developers.cloudflare.com/workers/platform/pricing and /durable-objects/platform/pricing).

export const PLAN_A_MONTH = 5;

/** Each price for `unit` of what is counted; the first `included` of a month cost nothing. */
interface Price {
  readonly included: number;
  readonly unit: number;
  readonly dollars: number;
}

/** Requests to Durable Objects: calls and upgrades one each, messages of a socket twenty for one. */
export const OBJECT_REQUESTS: Price = { included: 1e6, unit: 1e6, dollars: 0.15 };
export const MESSAGES_A_REQUEST = 20;
/** Objects that are awake, each billed with 128 MB. */
export const OBJECT_GIGABYTE_SECONDS: Price = { included: 400_000, unit: 1e6, dollars: 12.5 };
export const OBJECT_GIGABYTES = 0.128;
export const ROWS_WRITTEN: Price = { included: 50e6, unit: 1e6, dollars: 1 };
export const WORKER_REQUESTS: Price = { included: 10e6, unit: 1e6, dollars: 0.3 };
const WORKER_CPU_MS: Price = { included: 30e6, unit: 1e6, dollars: 0.02 };

export function cost(count: number, { included, unit, dollars }: Price): number {
  return (Math.max(0, count - included) / unit) * dollars;
}

export interface Assumptions {
  readonly clients: number;
  /** Changes of the feed a second; a gateway gets one batch for each. */
  readonly hz: number;
  /** `null`: the feed and the topics call every gateway themselves. */
  readonly relays: number | null;
  readonly socketsAGateway: number;
  /** Measured, microseconds of a gateway's CPU a client and flush (`npm run load`). */
  readonly microsAFlush: number;
  /** Seconds of open market a month: 21 days of 6.5 hours. */
  readonly marketSeconds: number;
  /** Returns of one client a day, deploys included. */
  readonly reconnects: number;
  /** Acks and pings of one client a second in the market. */
  readonly messagesASecond: number;
  /** Messages of streams a day. */
  readonly streamMessages: number;
}

export const USUAL: Omit<Assumptions, "clients" | "hz" | "relays"> = {
  socketsAGateway: 1_000,
  microsAFlush: 104,
  marketSeconds: 491_400,
  reconnects: 5,
  messagesASecond: 1 / 30,
  streamMessages: 200,
};

const DAYS = 21;
/** An upgrade costs the Worker in front about so much. */
const UPGRADE_CPU_MS = 1;

export interface Bill {
  readonly gateways: number;
  readonly requests: number;
  readonly duration: number;
  readonly rows: number;
  readonly worker: number;
  /** With the plan. */
  readonly total: number;
  /** Calls a second that the one feed makes; an object holds about 500 to 1,000. */
  readonly feedCallsASecond: number;
  /** Share of a gateway's one thread that the flushes take. */
  readonly gatewayLoad: number;
}

/** Dollars a month. Everything awake in the market is billed for all of it: the dearer of the two ways to count. */
export function billOf(assumed: Assumptions): Bill {
  const { clients, hz, relays, marketSeconds, streamMessages } = assumed;
  const gateways = Math.max(1, Math.ceil(clients / assumed.socketsAGateway));
  const feedCallsASecond = hz * (relays ?? gateways);
  const ticks = marketSeconds * hz * (gateways + (relays ?? 0));
  const streams = streamMessages * DAYS * (gateways + (relays ?? 0));
  const upgrades = clients * assumed.reconnects * DAYS;
  const messages = clients * assumed.messagesASecond * marketSeconds;
  const awake = (gateways + (relays ?? 0) + 2) * marketSeconds * OBJECT_GIGABYTES;
  const requests = cost(ticks + streams + upgrades + messages / MESSAGES_A_REQUEST, OBJECT_REQUESTS);
  const duration = cost(awake, OBJECT_GIGABYTE_SECONDS);
  const rows = cost(streamMessages * DAYS * (2 + gateways), ROWS_WRITTEN);
  const worker = cost(upgrades, WORKER_REQUESTS) + cost(upgrades * UPGRADE_CPU_MS, WORKER_CPU_MS);
  return {
    gateways,
    requests,
    duration,
    rows,
    worker,
    total: PLAN_A_MONTH + requests + duration + rows + worker,
    feedCallsASecond,
    gatewayLoad: (clients / gateways) * hz * (assumed.microsAFlush / 1e6),
  };
}

export interface Storm {
  /** Returns a second on one gateway in the busiest second of the first pauses. */
  readonly returnsAGateway: number;
  /** Seconds until everyone is back, when a gateway takes so many returns a second. */
  readonly seconds: number;
  /** Calls to the Topic objects: one a stream and gateway where the sockets stand at the same place. */
  readonly subscribes: number;
}

/** A deploy drops every socket in one instant; the first pause is uniform in `spreadSeconds`. */
export function stormOf(
  clients: number,
  gateways: number,
  returnsASecond: number,
  spreadSeconds: number,
): Storm {
  const each = clients / gateways;
  return {
    returnsAGateway: each / spreadSeconds,
    seconds: Math.max(spreadSeconds, each / returnsASecond),
    subscribes: 2 * gateways,
  };
}
