/**
 * What one owner with five open pages uses in a month, and what it costs: the counts of `npm run bench:bill` times how often each
 * happens, held against what the free plan gives a day and the paid plan a month.
 */
import {
  cost,
  MESSAGES_A_REQUEST,
  OBJECT_GIGABYTE_SECONDS,
  OBJECT_GIGABYTES,
  OBJECT_REQUESTS,
  PLAN_A_MONTH,
  ROWS_WRITTEN,
  WORKER_REQUESTS,
} from "./cost-model.ts";

/** What the platform bills; `calls` with messages of sockets and pings, twenty for one. */
const FIELDS = [
  "worker",
  "calls",
  "objectRead",
  "objectWritten",
  "databaseRead",
  "databaseWritten",
  "gigabyteSeconds",
] as const;

export type Usage = Readonly<Record<(typeof FIELDS)[number], number>>;

interface Counted {
  readonly worker: number;
  readonly calls: number;
  readonly messages: number;
  readonly object: readonly [read: number, written: number];
  readonly database: readonly [read: number, written: number];
}

/** `npm run bench:bill`, 2026-11-29. A minute's pings are answered by the platform, one a page in 25 s. */
const PINGS = (5 * 60) / 25;
const DEMO_PAGES: Counted = {
  worker: 36,
  calls: 73,
  messages: 10,
  object: [54_360, 15],
  database: [1_063, 0],
};
const DEMO_MINUTE: Counted = {
  worker: 0,
  calls: 705,
  messages: 20 + PINGS,
  object: [544, 244],
  database: [890, 28],
};
const DEMO_SESSION: Counted = {
  worker: 1,
  calls: 27,
  messages: 0,
  object: [23_587, 93],
  database: [6_007, 385],
};
const KRX_PAGES: Counted = { worker: 36, calls: 89, messages: 5, object: [61_340, 10], database: [857, 0] };
const KRX_MINUTE: Counted = { worker: 0, calls: 0, messages: PINGS, object: [0, 0], database: [0, 0] };
const KRX_DAY: Counted = { worker: 1, calls: 1, messages: 0, object: [532, 4], database: [6, 4] };
const KRX_SCAN: Counted = { worker: 1, calls: 18, messages: 5, object: [25_392, 75], database: [6_211, 585] };
const KRX_VERDICT: Counted = { worker: 1, calls: 1, messages: 0, object: [11_328, 0], database: [2_705, 0] };
/** From the vendors' fakes at 2,700 names: a morning with the key of KRX, an evening with KIS, the morning after it. */
const KRX_MORNING: Counted = {
  worker: 1,
  calls: 51,
  messages: 0,
  object: [36_939, 63],
  database: [8_374, 149],
};
const KIS_EVENING: Counted = {
  worker: 1,
  calls: 57,
  messages: 0,
  object: [60_032, 160],
  database: [8_445, 192],
};
const BOTH_MORNING: Counted = {
  worker: 1,
  calls: 44,
  messages: 0,
  object: [46_251, 55],
  database: [8_778, 175],
};
/** The past of 400 sessions, once, with its first scan. */
const PAST: Counted = {
  worker: 1,
  calls: 125,
  messages: 0,
  object: [150_404, 61_174],
  database: [10_878, 5_525],
};
/**
 * `npm run bench:bill -- --only live`: a minute of a session with live prices, 30 trades a second on 34 shares with open signals, when
 * nobody looks and with five pages.
 */
const LIVE_MINUTE_ALONE: Counted = {
  worker: 0,
  calls: 118,
  messages: 0,
  object: [0, 59],
  database: [472, 0],
};
const LIVE_MINUTE_WATCHED: Counted = {
  worker: 0,
  calls: 1_298,
  messages: 30 + PINGS,
  object: [0, 59],
  database: [472, 0],
};
/** The watch with vendors that have nothing to do. */
const WATCH_OF_VENDORS: Counted = {
  worker: 1,
  calls: 17,
  messages: 0,
  object: [8_537, 4],
  database: [17, 0],
};
const WATCH: Counted = { worker: 1, calls: 24, messages: 0, object: [148, 24], database: [46, 0] };

/** One thing that happens, and how often in a month. */
type Happening = readonly [times: number, counted: Counted];

const DAYS = 30;
const TRADING_DAYS = 21;
const MINUTES = DAYS * 24 * 60;
/** Five minutes and a break of half a minute. */
const DEMO_SESSIONS = (DAYS * 86_400) / 330;
const OPENED_A_DAY = 5;
const WATCHES = MINUTES / 10;
const VERDICTS_A_DAY = 20;
/** An object that has nothing to do leaves the memory after ten seconds: the most that a call of KRX keeps one awake. */
const IDLE_SECONDS = 10;

export interface OwnerMonth {
  readonly name: string;
  readonly usage: Usage;
}

function monthOf(name: string, happenings: readonly Happening[], awakeSeconds: number): OwnerMonth {
  const sum = (of: (counted: Counted) => number): number =>
    happenings.reduce((all, [times, counted]) => all + times * of(counted), 0);
  return {
    name,
    usage: {
      worker: sum(({ worker }) => worker),
      calls: sum(({ calls, messages }) => calls + messages / MESSAGES_A_REQUEST),
      objectRead: sum(({ object: [read] }) => read),
      objectWritten: sum(({ object: [, written] }) => written),
      databaseRead: sum(({ database: [read] }) => read),
      databaseWritten: sum(({ database: [, written] }) => written),
      gigabyteSeconds: awakeSeconds * OBJECT_GIGABYTES,
    },
  };
}

/**
 * The feed, the book and the gateways of five pages (four in their region) never sleep while the demo is watched; the alerts, which each
 * event wakes for ten seconds, count as awake with them.
 */
const DEMO_AWAKE = 7 * DAYS * 86_400;

/** Each call of KRX keeps its object awake for as long as it may be. */
function monthOfKrx(name: string, ...days: readonly Happening[]): OwnerMonth {
  const krx: readonly Happening[] = [
    ...days,
    [DAYS * OPENED_A_DAY, KRX_PAGES],
    [MINUTES, KRX_MINUTE],
    [TRADING_DAYS * VERDICTS_A_DAY, KRX_VERDICT],
  ];
  const calls = krx.reduce((sum, [times, counted]) => sum + times * counted.calls, 0);
  return monthOf(name, krx, calls * IDLE_SECONDS);
}

/** From 08:58 to 15:32. */
const LIVE_MINUTES = 394;
/** Awake throughout: the feed and the book, and with five pages their four gateways. */
const LIVE_OBJECTS = { alone: 2, watched: 6 };

function sessionOf(name: string, counted: Counted, objects: number): OwnerMonth {
  return monthOf(name, [[LIVE_MINUTES, counted]], objects * LIVE_MINUTES * 60);
}

/** What one session with live prices takes beside the day that it is of: when nobody looks, and with five pages. */
export function liveDays(): readonly [alone: OwnerMonth, watched: OwnerMonth] {
  return [
    sessionOf("a session with live prices, nobody looks", LIVE_MINUTE_ALONE, LIVE_OBJECTS.alone),
    sessionOf("a session with live prices, five open pages", LIVE_MINUTE_WATCHED, LIVE_OBJECTS.watched),
  ];
}

/** A month with a session on each of its trading days. */
function withSessions(name: string, { usage }: OwnerMonth, { usage: day }: OwnerMonth): OwnerMonth {
  const sum = (field: (typeof FIELDS)[number]): number => usage[field] + TRADING_DAYS * day[field];
  return {
    name,
    usage: {
      worker: sum("worker"),
      calls: sum("calls"),
      objectRead: sum("objectRead"),
      objectWritten: sum("objectWritten"),
      databaseRead: sum("databaseRead"),
      databaseWritten: sum("databaseWritten"),
      gigabyteSeconds: sum("gigabyteSeconds"),
    },
  };
}

/** Until the first scan of 400 sessions was saved, by the spacing of calls alone. */
const PAST_SECONDS = 501;

/** What the past of 400 sessions takes, all of it on one day. */
export function pastOnce(): OwnerMonth {
  return monthOf("KRX, the past of 400 sessions, once", [[1, PAST]], PAST_SECONDS);
}

/** The demo watched day and night, and KRX by files, by the key of KRX, with KIS, and with its live prices: five pages stay open in each. */
export function ownerMonths(): readonly OwnerMonth[] {
  const watched: Happening = [WATCHES, WATCH];
  const watchedVendors: Happening = [WATCHES, WATCH_OF_VENDORS];
  const both = monthOfKrx(
    "KRX and KIS, each evening and morning",
    watchedVendors,
    [TRADING_DAYS, KIS_EVENING],
    [TRADING_DAYS, BOTH_MORNING],
  );
  return [
    monthOf(
      "DEMO, day and night",
      [watched, [DAYS * OPENED_A_DAY, DEMO_PAGES], [MINUTES, DEMO_MINUTE], [DEMO_SESSIONS, DEMO_SESSION]],
      DEMO_AWAKE,
    ),
    monthOfKrx("KRX, closes of each evening", watched, [TRADING_DAYS, KRX_DAY], [TRADING_DAYS, KRX_SCAN]),
    monthOfKrx("KRX by its key, each morning", watchedVendors, [TRADING_DAYS, KRX_MORNING]),
    both,
    withSessions("KRX and KIS, with live prices in each session", both, liveDays()[1]),
  ];
}

// Of objects and of D1 alike, as is the price of rows written (public price lists, read 2026-11-29:
// developers.cloudflare.com/durable-objects/platform/pricing and /d1/platform/pricing).
const ROWS_READ = { included: 25e9, unit: 1e6, dollars: 0.001 };

/** Dollars a month on the paid plan. */
export function billOfMonth({ usage }: OwnerMonth): Usage & { readonly total: number } {
  const bill: Usage = {
    worker: cost(usage.worker, WORKER_REQUESTS),
    calls: cost(usage.calls, OBJECT_REQUESTS),
    objectRead: cost(usage.objectRead, ROWS_READ),
    objectWritten: cost(usage.objectWritten, ROWS_WRITTEN),
    databaseRead: cost(usage.databaseRead, ROWS_READ),
    databaseWritten: cost(usage.databaseWritten, ROWS_WRITTEN),
    gigabyteSeconds: cost(usage.gigabyteSeconds, OBJECT_GIGABYTE_SECONDS),
  };
  return { ...bill, total: FIELDS.reduce((sum, field) => sum + bill[field], PLAN_A_MONTH) };
}

/** What the free plan gives a day; beyond it calls fail until midnight UTC. Same price lists, same day. */
const FREE_A_DAY: Usage = {
  worker: 100_000,
  calls: 100_000,
  objectRead: 5e6,
  objectWritten: 100_000,
  databaseRead: 5e6,
  databaseWritten: 100_000,
  gigabyteSeconds: 13_000,
};

/** Shares of the free plan's day that a mean day of so many takes; above 1 the plan does not carry it. */
export function shareOfFreeDay({ usage }: OwnerMonth, days = DAYS): Usage {
  const share = (field: (typeof FIELDS)[number]): number => usage[field] / days / FREE_A_DAY[field];
  return {
    worker: share("worker"),
    calls: share("calls"),
    objectRead: share("objectRead"),
    objectWritten: share("objectWritten"),
    databaseRead: share("databaseRead"),
    databaseWritten: share("databaseWritten"),
    gigabyteSeconds: share("gigabyteSeconds"),
  };
}
