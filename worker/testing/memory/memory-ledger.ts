/** The ledger in memory, with the order and the filters that its port promises; for tests of what reads it. */
import type {
  MovesSave,
  OutboxMessage,
  RunStatus,
  ScanLedger,
  ScanRun,
  ScanSave,
  SignalCursor,
  SignalFilter,
  StoredEvent,
  StoredSignal,
} from "../../app/ports/scan-ledger.ts";
import { assert } from "../../core/assert.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { isOpen } from "../../core/lifecycle/signal.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";

export class MemoryLedger implements ScanLedger {
  stored: StoredSignal[] = [];
  history: StoredEvent[] = [];
  journal: ScanRun[] = [];
  /** Newest first. */
  readonly gateLists: Record<Exchange, MarketGate[]> = { KRX: [], DEMO: [] };
  waiting: (OutboxMessage & { readonly at: number })[] = [];
  /** Oldest first. */
  published: (OutboxMessage & { readonly publishedAt: number })[] = [];

  startRun(run: ScanRun): Promise<void> {
    this.journal.unshift(run);
    return Promise.resolve();
  }

  endRun(id: string, status: "failed" | "skipped", reason: string, at: number): Promise<void> {
    this.journal = this.journal.map((run) =>
      run.id === id && run.status === "running" ? { ...run, status, reason, finishedAt: at } : run,
    );
    return Promise.resolve();
  }

  async save(save: ScanSave): Promise<void> {
    const { run, gate } = save;
    await this.saveMoves({
      ...save,
      exchange: run.exchange,
      runId: run.id,
      at: run.finishedAt ?? run.startedAt,
    });
    this.journal = [run, ...this.journal.filter(({ id }) => id !== run.id)];
    const gates = this.gateLists[run.exchange];
    const others = gates.filter(({ day }) => day !== gate.day);
    gates.splice(0, gates.length, ...[gate, ...others].toSorted((a, b) => b.day - a.day));
  }

  async saveMoves(save: MovesSave): Promise<void> {
    // Like one batch: what refuses a row refuses all of them, before anything is kept.
    for (const row of [...save.signals, ...save.outbox]) {
      assert(
        row.exchange === save.exchange,
        `${row.id} of ${row.exchange} stands in a run of ${save.exchange}`,
      );
    }
    for (const { id, close } of save.signals) {
      assert(Number.isFinite(close), `${id} closed at ${close}`);
    }
    this.#keep(save);
  }

  #keep({ signals, events, outbox, runId, at }: MovesSave): void {
    const ids = new Set(signals.map((signal) => signal.id));
    const births = new Map(this.stored.map(({ signal, createdAt }) => [signal.id, createdAt]));
    this.stored = [
      ...this.stored.filter(({ signal }) => !ids.has(signal.id)),
      ...signals.map((signal) => ({ signal, createdAt: births.get(signal.id) ?? at, updatedAt: at, runId })),
    ];
    const known = new Set(this.history.map(({ signalId, seq }) => `${signalId} ${seq}`));
    const fresh = events.filter(({ signalId, seq }) => !known.has(`${signalId} ${seq}`));
    this.history.push(...fresh.map((event) => ({ ...event, at, runId })));
    const queued = new Set([...this.waiting, ...this.published].map(({ id }) => id));
    const unsent = outbox.filter(({ id }) => !queued.has(id));
    this.waiting.push(...unsent.map((message) => ({ ...message, at })));
  }

  run(id: string): Promise<ScanRun | null> {
    return Promise.resolve(this.journal.find((run) => run.id === id) ?? null);
  }

  runs(exchange: Exchange, limit: number): Promise<readonly ScanRun[]> {
    return Promise.resolve(this.#runsOf(exchange).slice(0, limit));
  }

  lastRun(exchange: Exchange, statuses: readonly RunStatus[]): Promise<ScanRun | null> {
    const found = this.#runsOf(exchange).find((run) => statuses.includes(run.status));
    return Promise.resolve(found ?? null);
  }

  openSignals(exchange: Exchange): Promise<readonly StoredSignal[]> {
    return this.signals({ ...ANY, exchange }, null, Number.POSITIVE_INFINITY);
  }

  endedSince(exchange: Exchange, day: TradingDay): Promise<readonly StoredSignal[]> {
    return Promise.resolve(
      this.stored.filter(
        ({ signal }) => signal.exchange === exchange && signal.endedOn !== null && signal.endedOn >= day,
      ),
    );
  }

  eventCounts(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const counts = new Map(ids.map((id) => [id, 0]));
    for (const { signalId } of this.history) {
      const count = counts.get(signalId);
      if (count !== undefined) {
        counts.set(signalId, count + 1);
      }
    }
    return Promise.resolve(counts);
  }

  signal(id: string): Promise<StoredSignal | null> {
    return Promise.resolve(this.stored.find(({ signal }) => signal.id === id) ?? null);
  }

  signals(filter: SignalFilter, after: SignalCursor | null, limit: number): Promise<readonly StoredSignal[]> {
    const rest = this.#matching(filter).filter(({ signal }) => after === null || inOrder(after, signal) < 0);
    return Promise.resolve(rest.slice(0, limit));
  }

  countSignals(filter: SignalFilter): Promise<number> {
    return Promise.resolve(this.#matching(filter).length);
  }

  events(signalId: string): Promise<readonly StoredEvent[]> {
    const mine = this.history.filter((event) => event.signalId === signalId);
    return Promise.resolve(mine.toSorted((a, b) => a.seq - b.seq));
  }

  gates(exchange: Exchange, limit: number): Promise<readonly MarketGate[]> {
    return Promise.resolve(this.gateLists[exchange].slice(0, limit));
  }

  unpublished(exchange: Exchange, limit: number): Promise<readonly OutboxMessage[]> {
    const mine = this.waiting.filter((message) => message.exchange === exchange);
    return Promise.resolve(
      mine.slice(0, limit).map(({ id, topic, body }) => ({ id, exchange, topic, body })),
    );
  }

  markPublished(ids: readonly string[], at = 0): Promise<void> {
    const sent = this.waiting.filter(({ id }) => ids.includes(id));
    this.published.push(...sent.map((message) => ({ ...message, publishedAt: at })));
    this.waiting = this.waiting.filter(({ id }) => !ids.includes(id));
    return Promise.resolve();
  }

  outboxAge(exchange: Exchange): Promise<{ readonly waiting: number; readonly oldest: number | null }> {
    const mine = this.waiting.filter((message) => message.exchange === exchange);
    return Promise.resolve({ waiting: mine.length, oldest: mine[0]?.at ?? null });
  }

  /** Newest first. */
  #runsOf(exchange: Exchange): readonly ScanRun[] {
    return this.journal
      .filter((run) => run.exchange === exchange)
      .toSorted((a, b) => b.startedAt - a.startedAt);
  }

  #matching(filter: SignalFilter): readonly StoredSignal[] {
    return this.stored
      .filter(
        ({ signal }) =>
          signal.exchange === filter.exchange &&
          (filter.state === null ? isOpen(signal.state) : signal.state === filter.state) &&
          (filter.market === null || signal.market === filter.market) &&
          (filter.grade === null || signal.grade === filter.grade) &&
          (filter.minScore === null || signal.score >= filter.minScore) &&
          (filter.ticker === null || signal.ticker === filter.ticker),
      )
      .toSorted((a, b) => inOrder(a.signal, b.signal));
  }
}

const ANY = { state: null, market: null, grade: null, minScore: null, ticker: null } as const;

/** Score falling, then id. */
function inOrder(a: SignalCursor, b: SignalCursor): number {
  return b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
