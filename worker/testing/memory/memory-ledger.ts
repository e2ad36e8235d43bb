/** The ledger in memory, with the order and the filters that its port promises; for tests of what reads it. */
import type {
  EndedCursor,
  EndedFilter,
  MovesSave,
  OutboxMessage,
  RunStatus,
  ScanRun,
  ScanSave,
  SignalCursor,
  SignalFilter,
  StoredEnding,
  StoredEvent,
  StoredSignal,
} from "../../app/ports/scan-ledger.ts";
import { assert } from "../../core/assert.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { byEnd, endedIn } from "./ended-list.ts";
import { ANY_SIGNAL, byScore, listedIn } from "./signal-list.ts";
import { MemoryVersions } from "./memory-versions.ts";
import type { Grade } from "../../core/vcp/verdict.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { CorrectionSave, RunLedger, SignalVersion } from "../../app/ports/correction-ledger.ts";

export class MemoryLedger implements RunLedger {
  stored: StoredSignal[] = [];
  history: StoredEvent[] = [];
  journal: ScanRun[] = [];
  /** Newest first. */
  readonly gateLists: Record<Exchange, MarketGate[]> = { KRX: [], DEMO: [] };
  waiting: (OutboxMessage & { readonly at: number })[] = [];
  /** Signals that a correction took back; no list has them. */
  gone: StoredSignal[] = [];
  readonly versions = new MemoryVersions();
  #dropOutcomes: (ids: ReadonlySet<string>) => void = () => undefined;
  #entryGrade: (id: string) => Grade | null = () => null;
  /** Oldest first. */
  published: (OutboxMessage & { readonly publishedAt: number })[] = [];

  /** As the database does: the outcomes of these signals leave with the correction that names them. */
  onOutcomesDropped(drop: (ids: ReadonlySet<string>) => void): void {
    this.#dropOutcomes = drop;
  }

  /** As the database does: what is listed of an ended signal is also in the outcomes. */
  readEntryGrades(gradeOf: (id: string) => Grade | null): void {
    this.#entryGrade = gradeOf;
  }

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
    this.#refuse({ ...save, exchange: run.exchange });
    const standing = this.stored.map(({ signal }) => signal);
    this.versions.keepFirst(run.exchange, this.gateLists[run.exchange][0]?.day ?? null, standing);
    await this.saveMoves({
      ...save,
      exchange: run.exchange,
      runId: run.id,
      at: run.finishedAt ?? run.startedAt,
    });
    this.journal = [run, ...this.journal.filter(({ id }) => id !== run.id)];
    this.#keepGates(run.exchange, [gate]);
    if (run.asOf !== null) {
      const day = run.asOf;
      this.versions.keep(save.signals.map((signal) => ({ day, signal })));
    }
  }

  async saveCorrection(save: CorrectionSave): Promise<void> {
    const { run, from, withdrawn } = save;
    const { exchange } = run;
    const at = run.finishedAt ?? run.startedAt;
    this.#refuse({ ...save, exchange, signals: [...save.signals, ...withdrawn] });
    this.versions.dropFrom(exchange, from);
    this.gateLists[exchange] = this.gateLists[exchange].filter(({ day }) => day < from);
    const places = new Set(save.superseded.map(({ signalId, seq }) => `${signalId} ${seq}`));
    this.history = this.history.map((event) =>
      places.has(`${event.signalId} ${event.seq}`) ? { supersededBy: run.id, ...event } : event,
    );
    this.#dropOutcomes(new Set(save.reentered));
    const rows = withdrawn.map((signal) => ({ signal, createdAt: at, updatedAt: at, runId: run.id }));
    const taken = new Set(withdrawn.map(({ id }) => id));
    const known = new Map([...this.gone, ...this.stored].map((one) => [one.signal.id, one.createdAt]));
    this.stored = this.stored.filter(({ signal }) => !taken.has(signal.id));
    this.gone = [
      ...this.gone.filter(({ signal }) => !taken.has(signal.id)),
      ...rows.map((row) => ({ ...row, createdAt: known.get(row.signal.id) ?? at })),
    ];
    this.#keep({ ...save, exchange, runId: run.id, at });
    this.versions.keep(save.versions);
    this.#keepGates(exchange, save.gates);
    this.journal = [run, ...this.journal.filter(({ id }) => id !== run.id)];
  }

  #keepGates(exchange: Exchange, fresh: readonly MarketGate[]): void {
    const days = new Set(fresh.map(({ day }) => day));
    const others = this.gateLists[exchange].filter(({ day }) => !days.has(day));
    this.gateLists[exchange] = [...fresh, ...others].toSorted((a, b) => b.day - a.day);
  }

  /** Like one batch: what refuses a row refuses all of them, before anything is kept. */
  #refuse(save: Pick<MovesSave, "exchange" | "signals" | "outbox">): void {
    for (const row of [...save.signals, ...save.outbox]) {
      assert(
        row.exchange === save.exchange,
        `${row.id} of ${row.exchange} stands in a run of ${save.exchange}`,
      );
    }
    for (const { id, close } of save.signals) {
      assert(Number.isFinite(close), `${id} closed at ${close}`);
    }
  }

  judgedSince(exchange: Exchange, day: TradingDay): Promise<readonly TradingDay[]> {
    const scanned = this.journal.flatMap((run) =>
      run.exchange === exchange && run.status === "done" ? (run.asOf ?? []) : [],
    );
    const days = new Set([...scanned, ...this.gateLists[exchange].map((gate) => gate.day)]);
    return Promise.resolve([...days].filter((one) => one >= day).toSorted((a, b) => a - b));
  }

  doneSince(exchange: Exchange, day: TradingDay): Promise<readonly ScanRun[]> {
    const done = this.journal.filter((run) => run.exchange === exchange && run.status === "done");
    return Promise.resolve(
      done.filter(({ asOf }) => asOf !== null && asOf >= day).toSorted((a, b) => a.startedAt - b.startedAt),
    );
  }

  gateBefore(exchange: Exchange, day: TradingDay): Promise<MarketGate | null> {
    return Promise.resolve(this.gateLists[exchange].find((gate) => gate.day < day) ?? null);
  }

  reach(exchange: Exchange): Promise<TradingDay | null> {
    return Promise.resolve(this.versions.since[exchange]);
  }

  versionsBefore(exchange: Exchange, day: TradingDay | null): Promise<readonly SignalVersion[]> {
    return Promise.resolve(this.versions.newestBefore(exchange, day));
  }

  eventsSince(ids: readonly string[], day: TradingDay): Promise<readonly StoredEvent[]> {
    const asked = new Set(ids);
    const found = this.history.filter(
      (event) => asked.has(event.signalId) && event.day >= day && event.supersededBy === undefined,
    );
    return Promise.resolve(
      found.toSorted((a, b) =>
        a.signalId === b.signalId ? a.seq - b.seq : a.signalId < b.signalId ? -1 : 1,
      ),
    );
  }

  withdrawn(exchange: Exchange): Promise<readonly StoredSignal[]> {
    return Promise.resolve(this.gone.filter(({ signal }) => signal.exchange === exchange));
  }

  async saveMoves(save: MovesSave): Promise<void> {
    this.#refuse(save);
    this.#keep(save);
  }

  #keep({ signals, events, outbox, runId, at }: MovesSave): void {
    const ids = new Set(signals.map((signal) => signal.id));
    const births = new Map([...this.gone, ...this.stored].map((one) => [one.signal.id, one.createdAt]));
    this.gone = this.gone.filter(({ signal }) => !ids.has(signal.id));
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
    return this.signals({ ...ANY_SIGNAL, exchange }, null, Number.POSITIVE_INFINITY);
  }

  endedSince(exchange: Exchange, day: TradingDay): Promise<readonly StoredSignal[]> {
    const ended = this.stored.filter(
      ({ signal }) => signal.exchange === exchange && signal.endedOn !== null && signal.endedOn >= day,
    );
    return Promise.resolve(ended.toSorted(byEnd));
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
    const found = [...this.stored, ...this.gone].find(({ signal }) => signal.id === id);
    return Promise.resolve(found ?? null);
  }

  signals(filter: SignalFilter, after: SignalCursor | null, limit: number): Promise<readonly StoredSignal[]> {
    const rest = listedIn(this.stored, filter).filter(
      ({ signal }) => after === null || byScore(after, signal) < 0,
    );
    return Promise.resolve(rest.slice(0, limit));
  }

  countSignals(filter: SignalFilter): Promise<number> {
    return Promise.resolve(listedIn(this.stored, filter).length);
  }

  ended(filter: EndedFilter, after: EndedCursor | null, limit: number): Promise<readonly StoredEnding[]> {
    return Promise.resolve(endedIn(this.stored, filter, after, this.#entryGrade).slice(0, limit));
  }

  countEnded(filter: EndedFilter): Promise<number> {
    return Promise.resolve(endedIn(this.stored, filter, null, this.#entryGrade).length);
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
}
