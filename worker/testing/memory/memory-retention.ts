/** The retention over the stores in memory, with what its port promises. */
import type {
  Pruned,
  PruneResult,
  RecordBounds,
  Retention,
  RetentionBounds,
} from "../../app/ports/retention.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import type { MemoryOutcomes } from "./memory-outcomes.ts";
import type { MemoryOwnerLog } from "./memory-owner-log.ts";

export interface MemoryStores {
  readonly ledger: MemoryLedger;
  readonly outcomes: MemoryOutcomes;
  readonly ownerLog: MemoryOwnerLog;
}

type RecordCounts = Omit<Pruned, "messages" | "actions">;

const NO_RECORD: RecordCounts = { runs: 0, gates: 0, signals: 0, events: 0, outcomes: 0, versions: 0 };

export class MemoryRetention implements Retention {
  readonly #stores: MemoryStores;

  constructor(stores: MemoryStores) {
    this.#stores = stores;
  }

  prune(exchange: Exchange, bounds: RetentionBounds, limit: number): Promise<PruneResult> {
    const messages = this.#messages(exchange, bounds, limit);
    const actions = this.#actions(bounds.actionsBefore, limit);
    const { record } = bounds;
    const old = this.#versions(exchange, bounds, limit);
    const left = record === null ? { ...NO_RECORD, more: false } : this.#record(exchange, record, limit);
    const { more, ...counts } = left;
    const isFull = [messages, actions, old, counts.runs, counts.gates].some((rows) => rows === limit);
    const versions = old + counts.versions;
    return Promise.resolve({ deleted: { messages, actions, ...counts, versions }, more: more || isFull });
  }

  empty(exchange: Exchange): Promise<void> {
    const { ledger, outcomes } = this.#stores;
    const others = (one: { readonly exchange: Exchange }): boolean => one.exchange !== exchange;
    const ids = new Set(
      [...ledger.stored, ...ledger.gone]
        .map(({ signal }) => signal)
        .filter((signal) => !others(signal))
        .map(({ id }) => id),
    );
    ledger.stored = ledger.stored.filter(({ signal }) => others(signal));
    ledger.gone = ledger.gone.filter(({ signal }) => others(signal));
    ledger.history = ledger.history.filter(({ signalId }) => !ids.has(signalId));
    ledger.versions.all = ledger.versions.all.filter(({ signal }) => others(signal));
    ledger.versions.since[exchange] = null;
    ledger.journal = ledger.journal.filter(others);
    ledger.gateLists[exchange] = [];
    ledger.waiting = ledger.waiting.filter(others);
    ledger.published = ledger.published.filter(others);
    outcomes.standing[exchange] = null;
    for (const [key, row] of outcomes.rows) {
      if (!others(row)) {
        outcomes.rows.delete(key);
      }
    }
    return Promise.resolve();
  }

  #messages(exchange: Exchange, { publishedBefore, messagesKept }: RetentionBounds, limit: number): number {
    const { ledger } = this.#stores;
    const mine = ledger.published.filter((message) => message.exchange === exchange);
    const topics = [...Map.groupBy(mine, ({ topic }) => topic).values()];
    const beyond = new Set(topics.flatMap((messages) => messages.slice(0, -messagesKept)));
    const old = mine.filter((one) => beyond.has(one) || one.publishedAt < publishedBefore).slice(0, limit);
    ledger.published = ledger.published.filter((message) => !old.includes(message));
    return old.length;
  }

  #actions(before: number, limit: number): number {
    const { ownerLog } = this.#stores;
    const old = ownerLog.entries
      .filter(({ at }) => at < before)
      .toSorted((a, b) => a.at - b.at)
      .slice(0, limit);
    ownerLog.entries = ownerLog.entries.filter((entry) => !old.includes(entry));
    return old.length;
  }

  #versions(exchange: Exchange, { versionsBefore: before }: RetentionBounds, limit: number): number {
    const { versions, stored } = this.#stores.ledger;
    if (before === null) {
      return 0;
    }
    const kept = new Set(versions.newestBefore(exchange, before));
    const ended = new Set(
      stored.filter(({ signal }) => (signal.endedOn ?? before) < before).map(({ signal }) => signal.id),
    );
    const old = versions.all
      .filter(({ day, signal }) => signal.exchange === exchange && day < before)
      .filter((version) => !kept.has(version) || ended.has(version.signal.id))
      .toSorted((a, b) => a.day - b.day)
      .slice(0, limit);
    versions.all = versions.all.filter((version) => !old.includes(version));
    versions.since[exchange] =
      versions.since[exchange] === null ? null : tradingDayOf(Math.max(versions.since[exchange], before));
    return old.length;
  }

  #record(
    exchange: Exchange,
    bounds: RecordBounds,
    limit: number,
  ): RecordCounts & { readonly more: boolean } {
    const { ledger } = this.#stores;
    const gates = ledger.gateLists[exchange]
      .filter(({ day }) => day < bounds.firstSession)
      .toSorted((a, b) => a.day - b.day)
      .slice(0, limit);
    ledger.gateLists[exchange] = ledger.gateLists[exchange].filter((gate) => !gates.includes(gate));
    return {
      runs: this.#runs(exchange, bounds, limit),
      gates: gates.length,
      ...this.#signals(exchange, bounds, limit),
    };
  }

  #runs(exchange: Exchange, { firstSession, runsKept }: RecordBounds, limit: number): number {
    const { ledger } = this.#stores;
    const runs = ledger.journal
      .filter((run) => run.exchange === exchange)
      .toSorted((a, b) => a.startedAt - b.startedAt);
    const scanned = runs.find(({ asOf }) => asOf !== null && asOf >= firstSession)?.startedAt ?? 0;
    const kept = runs.at(-runsKept)?.startedAt ?? 0;
    const lastDone = runs.findLast(({ status }) => status === "done");
    const old = runs
      .filter((run) => run.startedAt < Math.max(scanned, kept))
      .filter((run) => run.status !== "running" && run !== lastDone)
      .slice(0, limit);
    ledger.journal = ledger.journal.filter((run) => !old.includes(run));
    return old.length;
  }

  #signals(
    exchange: Exchange,
    { firstSession }: RecordBounds,
    limit: number,
  ): Pick<Pruned, "signals" | "events" | "outcomes" | "versions"> & { readonly more: boolean } {
    const { ledger, outcomes } = this.#stores;
    const ended = ledger.stored
      .map(({ signal }) => signal)
      .filter((signal) => signal.exchange === exchange)
      .filter(({ endedOn }) => endedOn !== null && endedOn < firstSession)
      .toSorted((a, b) => (a.endedOn ?? 0) - (b.endedOn ?? 0));
    const rowsOf = (ids: ReadonlySet<string>): Pick<Pruned, "events" | "outcomes"> => ({
      events: ledger.history.filter(({ signalId }) => ids.has(signalId)).length,
      outcomes: [...outcomes.rows.values()].filter(({ signalId }) => ids.has(signalId)).length,
    });
    const gone = new Set<string>();
    for (const { id } of ended.slice(0, limit)) {
      const { events, outcomes: measured } = rowsOf(new Set([...gone, id]));
      if (gone.size > 0 && Math.max(events, measured) > limit) {
        break;
      }
      gone.add(id);
    }
    const counts = rowsOf(gone);
    ledger.stored = ledger.stored.filter(({ signal }) => !gone.has(signal.id));
    ledger.history = ledger.history.filter(({ signalId }) => !gone.has(signalId));
    for (const [key, { signalId }] of outcomes.rows) {
      if (gone.has(signalId)) {
        outcomes.rows.delete(key);
      }
    }
    const versions = ledger.versions.all.filter(({ signal }) => gone.has(signal.id));
    ledger.versions.all = ledger.versions.all.filter(({ signal }) => !gone.has(signal.id));
    return { signals: gone.size, ...counts, versions: versions.length, more: gone.size < ended.length };
  }
}
