/**
 * Every call between Worker and objects, with arguments as the version before sends them (contract 1). An object must take them:
 * a field more has a default where it is received, and a call that changed otherwise has a new name, so that a missing name is
 * the only disagreement there is. A line is added with its call, and leaves only when no deployment can send it any more.
 */

/** Rows of one share as the first version had them: without the origin. */
function columns(...days: readonly number[]): object {
  const column = (value: number): Float64Array => Float64Array.from(days, () => value);
  return {
    day: Float64Array.from(days),
    open: column(100),
    high: column(110),
    low: column(90),
    close: column(105),
    volume: column(1_000),
    value: null,
    shares: null,
    base: null,
  };
}

const SCAN = {
  kind: "scan",
  at: 1,
  progress: { runId: null, stage: "idle", done: 0, total: 0 },
  ended: null,
};
const FRAGMENT = { topic: "scan", epoch: "e", seq: 1, text: '{"type":"scan_update","epoch":"e","seq":1}' };
const MESSAGE = { id: "m:1", exchange: "KRX", body: '{"type":"signal_update"}' };

const PUSH = { endpoint: "https://192.0.2.1/push", p256dh: "p", auth: "a" };
const RULE = {
  id: "touches",
  name: "",
  isOn: true,
  kinds: ["touched"],
  within: 3,
  scope: { kind: "all" },
  cooldown: 0,
  quiet: null,
  digest: false,
  onlyOpen: false,
  language: "ko",
  channels: [],
};

type Calls = readonly (readonly [method: string, ...args: unknown[]])[];

/** In an order in which each can succeed. */
export const CALLS_OF_BEFORE = {
  MarketBook: [
    ["addHistory", [{ ticker: "000010", columns: columns(20_000, 20_001) }], { id: "set", next: 1 }],
    ["closeDay", [{ ticker: "000010", columns: columns(20_002) }], null],
    ["addIndices", [{ code: "KOSPI", columns: columns(20_000, 20_001, 20_002) }]],
    ["importPosition", "set"],
    ["tickers"],
    ["series", "000010"],
    ["indexSeries", "KOSPI"],
    ["indexCloses"],
    ["summary"],
    ["verdict", "000010"],
    ["run", { kind: "manual", market: null, topN: 0, minScore: 0 }],
    ["progress"],
    ["failures"],
    ["tick", { day: 20_003, elapsed: 0.5, prices: [{ ticker: "000010", price: 105, volume: 1, base: 105 }] }],
    ["changes"],
    ["correct", null, []],
    ["rowsOn", 20_002, null],
    ["removeRows", 20_002, null],
    ["forgetChanges"],
    ["empty"],
    ["closeKinds"],
    ["quotes", []],
    ["judgeRunning", { day: 20_003, elapsed: 0.5, indices: [] }],
    ["forming"],
    ["gateBasis"],
    ["backfill"],
    ["marketStatus"],
    ["studies"],
    ["studyReport"],
    ["studyEntries", { cohort: "signal_open", by: "all", key: "all", horizon: 20, offset: 0, limit: 1 }],
    ["beginBackfill"],
    ["checkSources"],
    ["forgetDenials"],
    ["origins"],
    ["findings"],
    ["snapshots"],
    ["activate"],
  ],
  MarketFeed: [
    ["want", "weur/1", ["scan", "index:KOSPI"], 1],
    ["tickers"],
    ["latest", ["000010"], ["KOSPI"]],
    ["status"],
    ["failures"],
    ["onBookEvent", SCAN],
    ["onBookEvent", { kind: "closes" }],
    ["command", "pause"],
    ["followSwitch"],
    ["applied"],
  ],
  Topic: [
    ["subscribe", "weur/1", null],
    ["publish", MESSAGE],
    ["subscribe", "weur/1", { epoch: "e", seq: 1 }],
    ["followSwitch"],
    ["stats"],
    ["endReader", "session"],
  ],
  Gateway: [["deliver", { fragments: [FRAGMENT] }], ["followSwitch"], ["stats"], ["endReader", "session"]],
  Alerts: [
    ["wake"],
    ["failures"],
    ["owner"],
    ["putChannel", "bot", { kind: "telegram", name: "Bot", chatId: "1", token: "1:x" }],
    ["putRule", { ...RULE, channels: ["bot"] }],
    ["log", "owner", null, 10],
    ["dropRule", "touches"],
    ["dropChannel", "bot"],
    ["testChannel", "bot", "ko"],
    ["pushKey"],
    ["subscribe", PUSH, { isReader: false, network: null }, [RULE]],
    ["subscription", "id", "token"],
    ["changeSubscription", "id", "token", PUSH, false, [RULE]],
    ["endSubscription", "id", "token"],
    ["testSubscription", "id", "token", "ko"],
  ],
} as const satisfies Readonly<Record<string, Calls>>;

/** Calls that had their names until contract 1 and are made no more: whoever makes them gets the name of the deployment. */
export const GONE = [
  ["MarketFeed", "beginEpoch"],
  ["Topic", "beginEpoch"],
  ["Gateway", "exchangeChanged"],
] as const;
