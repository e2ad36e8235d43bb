/**
 * The system of record as D1 tables. Every row carries its exchange, so that two markets never mix.
 * Days are `TradingDay` counts, times are milliseconds since the epoch, and `detail` columns hold JSON that is
 * parsed with a schema when it is read. Migrations are generated from this file (`npm run migration`).
 */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The present state of every signal, open and ended. */
export const signalTable = sqliteTable(
  "signal",
  {
    id: text("id").primaryKey(),
    exchange: text("exchange").notNull(),
    ticker: text("ticker").notNull(),
    market: text("market").notNull(),
    state: text("state").notNull(),
    grade: text("grade").notNull(),
    score: real("score").notNull(),
    bornOn: integer("born_on").notNull(),
    /** `null` exactly while the signal is open: the lists of open signals read this column. */
    endedOn: integer("ended_on"),
    appliedOn: integer("applied_on").notNull(),
    /** The dates of H_1 and H_T, which name the pattern. */
    highDay: integer("high_day").notNull(),
    pivotDay: integer("pivot_day").notNull(),
    /** The session from which its outcome counts; `null` before its trigger. */
    enteredOn: integer("entered_on"),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    runId: text("run_id").notNull(),
    /** The correction that took it back: it stands in no list and was never born; `null` for every other. */
    withdrawnBy: text("withdrawn_by"),
    /** The whole signal. */
    detail: text("detail").notNull(),
  },
  (t) => [
    index("signal_open").on(t.exchange, t.endedOn, sql`${t.score} desc`, t.id),
    index("signal_state").on(t.exchange, t.state, sql`${t.score} desc`, t.id),
    index("signal_ticker").on(t.exchange, t.ticker),
    index("signal_entered").on(t.exchange, t.enteredOn, t.id),
    index("signal_withdrawn")
      .on(t.exchange)
      .where(sql`${t.withdrawnBy} is not null`),
  ],
);

/** Each saved signal as it stood after the scan of a session, so that a later session can be judged again. */
export const signalVersionTable = sqliteTable(
  "signal_version",
  {
    signalId: text("signal_id").notNull(),
    day: integer("day").notNull(),
    exchange: text("exchange").notNull(),
    runId: text("run_id").notNull(),
    /** The whole signal. */
    detail: text("detail").notNull(),
  },
  (t) => [primaryKey({ columns: [t.signalId, t.day] }), index("signal_version_day").on(t.exchange, t.day)],
);

/** The first day from which sessions can be judged again: the versions before it are not kept. */
export const versionReachTable = sqliteTable("version_reach", {
  exchange: text("exchange").primaryKey(),
  since: integer("since").notNull(),
});

/** LC2: the log, only added to. */
export const signalEventTable = sqliteTable(
  "signal_event",
  {
    signalId: text("signal_id").notNull(),
    seq: integer("seq").notNull(),
    exchange: text("exchange").notNull(),
    day: integer("day").notNull(),
    from: text("from_state"),
    to: text("to_state").notNull(),
    reason: text("reason").notNull(),
    values: text("detail").notNull(),
    at: integer("at").notNull(),
    runId: text("run_id").notNull(),
    /** The correction whose events stand in its place; `null` while it counts. */
    supersededBy: text("superseded_by"),
  },
  (t) => [primaryKey({ columns: [t.signalId, t.seq] })],
);

/** Every scan, also those that failed or were skipped. */
export const scanRunTable = sqliteTable(
  "scan_run",
  {
    id: text("id").primaryKey(),
    exchange: text("exchange").notNull(),
    kind: text("kind").notNull(),
    status: text("status").notNull(),
    asOf: integer("as_of"),
    paramsVersion: text("params_version").notNull(),
    startedAt: integer("started_at").notNull(),
    finishedAt: integer("finished_at"),
    saved: integer("saved").notNull(),
    reason: text("reason"),
    /** Request, funnel, rejects and diff. */
    detail: text("detail").notNull(),
  },
  (t) => [
    index("scan_run_newest").on(t.exchange, t.startedAt, t.id),
    index("scan_run_session").on(t.exchange, t.asOf),
  ],
);

/** One gate a session and exchange. */
export const marketGateTable = sqliteTable(
  "market_gate",
  {
    exchange: text("exchange").notNull(),
    day: integer("day").notNull(),
    status: text("status").notNull(),
    level: real("level"),
    confidence: real("confidence").notNull(),
    updatedAt: integer("updated_at").notNull(),
    runId: text("run_id").notNull(),
    /** The whole gate. */
    detail: text("detail").notNull(),
  },
  (t) => [primaryKey({ columns: [t.exchange, t.day] })],
);

/** One row a signal and horizon. */
export const outcomeTable = sqliteTable(
  "outcome",
  {
    signalId: text("signal_id").notNull(),
    horizon: integer("horizon").notNull(),
    exchange: text("exchange").notNull(),
    ticker: text("ticker").notNull(),
    enteredOn: integer("entered_on").notNull(),
    grade: text("grade").notNull(),
    contractions: integer("contractions").notNull(),
    gate: text("gate"),
    paramsVersion: text("params_version").notNull(),
    fill: text("fill").notNull(),
    entry: real("entry"),
    stop: real("stop"),
    /** `null` together while the horizon is open, and unless filled; `baseline` also without peers. */
    change: real("change"),
    r: real("r"),
    best: real("best"),
    worst: real("worst"),
    touch: text("touch"),
    baseline: real("baseline"),
    peers: integer("peers"),
  },
  (t) => [
    primaryKey({ columns: [t.signalId, t.horizon] }),
    index("outcome_read").on(t.exchange, t.paramsVersion, t.enteredOn, t.signalId, t.horizon),
  ],
);

/** How far the outcomes of each exchange are measured. */
export const outcomeMeasureTable = sqliteTable("outcome_measure", {
  exchange: text("exchange").primaryKey(),
  asOf: integer("as_of").notNull(),
  paramsVersion: text("params_version").notNull(),
});

/** Messages saved with their scan, until their topic has them. */
export const outboxTable = sqliteTable(
  "outbox",
  {
    /** The order of publishing; the database counts it. */
    position: integer("position").primaryKey({ autoIncrement: true }),
    id: text("id").notNull().unique(),
    exchange: text("exchange").notNull(),
    topic: text("topic").notNull(),
    body: text("body").notNull(),
    createdAt: integer("created_at").notNull(),
    publishedAt: integer("published_at"),
  },
  (t) => [
    index("outbox_waiting").on(t.exchange, t.publishedAt, t.position),
    index("outbox_published").on(t.publishedAt),
  ],
);

/** AL1: what can be told, in the order of its saving; written with what moved the signals, and read by all who tell. */
export const alertEventTable = sqliteTable(
  "alert_event",
  {
    /** Where a reader of the log stands; never given twice, also after old rows have left. */
    position: integer("position").primaryKey({ autoIncrement: true }),
    id: text("id").notNull().unique(),
    exchange: text("exchange").notNull(),
    kind: text("kind").notNull(),
    at: integer("at").notNull(),
    /** The whole event. */
    detail: text("detail").notNull(),
    /** How manieth of its exchange; 0 until the write that adds it counts it, and in what the code of before has written. */
    nth: integer("nth").notNull().default(0),
  },
  (t) => [index("alert_event_of").on(t.exchange, t.position), index("alert_event_nth").on(t.exchange, t.nth)],
);

/** Rules of the owner (`owner`) and of browsers (the id of their subscription). */
export const alertRuleTable = sqliteTable(
  "alert_rule",
  {
    holder: text("holder").notNull(),
    id: text("id").notNull(),
    updatedAt: integer("updated_at").notNull(),
    /** The whole rule. */
    detail: text("detail").notNull(),
  },
  (t) => [primaryKey({ columns: [t.holder, t.id] })],
);

/** Browsers that asked to be told by their push service. */
export const pushSubscriptionTable = sqliteTable(
  "push_subscription",
  {
    id: text("id").primaryKey(),
    endpoint: text("endpoint").notNull().unique(),
    p256dh: text("p256dh").notNull(),
    auth: text("auth").notNull(),
    /** SHA-256 of the token that changes it. */
    tokenHash: text("token_hash").notNull(),
    /** It was made by a reader who had logged in: it may be told of a private exchange. */
    isReader: integer("is_reader").notNull(),
    /** The network that it was made from, for its limit; `null` where the platform names none. */
    network: text("network"),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (t) => [index("push_subscription_network").on(t.network)],
);

/** The master, by exchange and ticker. */
export const instrumentTable = sqliteTable(
  "instrument",
  {
    exchange: text("exchange").notNull(),
    ticker: text("ticker").notNull(),
    name: text("name").notNull(),
    nameEn: text("name_en"),
    market: text("market").notNull(),
    kind: text("kind").notNull(),
    notice: text("notice"),
    industry: text("industry"),
    listedOn: integer("listed_on"),
    listedShares: integer("listed_shares"),
    updatedAt: integer("updated_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.exchange, t.ticker] })],
);

/** What was done with the owner's token. */
export const ownerActionTable = sqliteTable(
  "owner_action",
  {
    /** Never given twice, also after old rows have left. */
    position: integer("position").primaryKey({ autoIncrement: true }),
    at: integer("at").notNull(),
    method: text("method").notNull(),
    path: text("path").notNull(),
    requestId: text("request_id").notNull(),
    network: text("network"),
    /** `null` together until it has ended. */
    status: integer("status"),
    endedAt: integer("ended_at"),
  },
  (t) => [index("owner_action_at").on(t.at)],
);

/** Choices of the installation; today the active exchange. */
export const settingTable = sqliteTable("setting", {
  key: text("key").primaryKey(),
  value: text("value").notNull(),
});
