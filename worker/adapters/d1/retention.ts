/** The {@link Retention} on D1: every statement deletes a bounded number of rows. Failures leave as `NeighbourError` of D1. */
import type {
  Pruned,
  PruneResult,
  RecordBounds,
  Retention,
  RetentionBounds,
} from "../../app/ports/retention.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { attempt } from "./store-error.ts";

/** Positions of published messages, newest first within their topic. */
const OLD_MESSAGES = `delete from outbox where position in (
  select position from (
    select position, published_at, row_number() over (partition by topic order by position desc) as place
    from outbox where exchange = ?1 and published_at is not null
  ) where place > ?2 or published_at < ?3 order by position limit ?4)`;

const OLD_ACTIONS = `delete from owner_action where position in (
  select position from owner_action where at < ?1 order by at limit ?2)`;

/** Runs that began before the first kept session was scanned, or before the kept number of runs; the last finished one stays. */
const OLD_RUNS = `delete from scan_run where id in (
  select id from scan_run where exchange = ?1 and status <> 'running'
    and started_at < max(
      coalesce((select min(started_at) from scan_run where exchange = ?1 and as_of >= ?2), 0),
      coalesce((select started_at from scan_run where exchange = ?1 order by started_at desc, id desc limit 1 offset ?3), 0))
    and id <> coalesce(
      (select id from scan_run where exchange = ?1 and status = 'done' order by started_at desc, id desc limit 1), '')
  order by started_at limit ?4)`;

const OLD_GATES = `delete from market_gate where exchange = ?1 and day in (
  select day from market_gate where exchange = ?1 and day < ?2 order by day limit ?3)`;

/** A version leaves when a later one restores the day as well, or when its signal ended before all that can be judged again. */
const OLD_VERSIONS = `delete from signal_version where (signal_id, day) in (
  select old.signal_id, old.day from signal_version old
  where old.exchange = ?1 and old.day < ?2 and (
    exists (select 1 from signal_version newer
      where newer.signal_id = old.signal_id and newer.day > old.day and newer.day < ?2)
    or exists (select 1 from signal where id = old.signal_id and ended_on < ?2))
  order by old.day limit ?3)`;

const NEW_REACH = "update version_reach set since = max(since, ?2) where exchange = ?1";

/** All that is an exchange's own. */
const RECORD_TABLES = [
  "signal",
  "signal_event",
  "signal_version",
  "version_reach",
  "scan_run",
  "market_gate",
  "outcome",
  "outcome_measure",
  "outbox",
  "instrument",
  "alert_event",
] as const;

/** Ended signals, oldest end first, with the number of their rows. */
const ENDED_SIGNALS = `select id,
    (select count(*) from signal_event where signal_id = signal.id) as events,
    (select count(*) from outcome where signal_id = signal.id) as outcomes
  from signal where exchange = ?1 and ended_on < ?2 order by ended_on limit ?3`;

/** Named again in each statement: a signal that was opened again since it was read stays whole. */
const STILL_ENDED =
  "select id from signal where id in (select value from json_each(?1)) and exchange = ?2 and ended_on < ?3";

interface EndedSignal {
  readonly id: string;
  readonly events: number;
  readonly outcomes: number;
}

export class D1Retention implements Retention {
  readonly #d1: D1Database;

  constructor(d1: D1Database) {
    this.#d1 = d1;
  }

  prune(exchange: Exchange, bounds: RetentionBounds, limit: number): Promise<PruneResult> {
    return attempt("prune what is no longer kept", async () => {
      const { record } = bounds;
      const ended = record === null ? [] : await this.#ended(exchange, record, limit);
      const leaving = upTo(ended, limit);
      const [
        messages = 0,
        actions = 0,
        old = 0,
        ,
        runs = 0,
        gates = 0,
        events = 0,
        outcomes = 0,
        more = 0,
        signals = 0,
      ] = await this.#delete([
        this.#d1.prepare(OLD_MESSAGES).bind(exchange, bounds.messagesKept, bounds.publishedBefore, limit),
        this.#d1.prepare(OLD_ACTIONS).bind(bounds.actionsBefore, limit),
        ...this.#versionStatements(exchange, bounds.versionsBefore, limit),
        ...(record === null ? [] : this.#recordStatements(exchange, record, leaving, limit)),
      ]);
      const versions = old + more;
      const deleted: Pruned = { messages, actions, runs, gates, signals, events, outcomes, versions };
      const isFull = [messages, actions, old, runs, gates].some((rows) => rows === limit);
      return { deleted, more: isFull || leaving.length < ended.length || ended.length === limit };
    });
  }

  empty(exchange: Exchange): Promise<void> {
    return attempt("empty an exchange", async () => {
      await this.#d1.batch(
        RECORD_TABLES.map((table) =>
          this.#d1.prepare(`delete from ${table} where exchange = ?`).bind(exchange),
        ),
      );
    });
  }

  /** The rows that each statement has deleted. */
  async #delete(statements: D1PreparedStatement[]): Promise<readonly number[]> {
    const results = await this.#d1.batch(statements);
    return results.map(({ meta }) => meta.changes);
  }

  async #ended(
    exchange: Exchange,
    { firstSession }: RecordBounds,
    limit: number,
  ): Promise<readonly EndedSignal[]> {
    const { results } = await this.#d1
      .prepare(ENDED_SIGNALS)
      .bind(exchange, firstSession, limit)
      .all<EndedSignal>();
    return results;
  }

  /** Without a day nothing is older than it. */
  #versionStatements(
    exchange: Exchange,
    before: RetentionBounds["versionsBefore"],
    limit: number,
  ): readonly D1PreparedStatement[] {
    return [
      this.#d1.prepare(OLD_VERSIONS).bind(exchange, before ?? 0, limit),
      this.#d1.prepare(NEW_REACH).bind(exchange, before ?? 0),
    ];
  }

  #recordStatements(
    exchange: Exchange,
    { firstSession, runsKept }: RecordBounds,
    leaving: readonly EndedSignal[],
    limit: number,
  ): readonly D1PreparedStatement[] {
    const ids = JSON.stringify(leaving.map(({ id }) => id));
    const bySignal = [
      "signal_event where signal_id",
      "outcome where signal_id",
      "signal_version where signal_id",
      "signal where id",
    ];
    return [
      this.#d1.prepare(OLD_RUNS).bind(exchange, firstSession, runsKept - 1, limit),
      this.#d1.prepare(OLD_GATES).bind(exchange, firstSession, limit),
      ...bySignal.map((rows) =>
        this.#d1.prepare(`delete from ${rows} in (${STILL_ENDED})`).bind(ids, exchange, firstSession),
      ),
    ];
  }
}

/** The first signals that have at most `limit` events and as many outcomes together; one signal at least. */
function upTo(signals: readonly EndedSignal[], limit: number): readonly EndedSignal[] {
  let [events, outcomes] = [0, 0];
  const beyond = signals.findIndex((signal) => {
    events += signal.events;
    outcomes += signal.outcomes;
    return Math.max(events, outcomes) > limit;
  });
  return beyond < 0 ? signals : signals.slice(0, Math.max(1, beyond));
}
