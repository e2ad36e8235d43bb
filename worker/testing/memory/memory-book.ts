/** The book of one exchange in memory, as much of it as readers need; a test sets what a run answers. */
import * as v from "valibot";
import type { ListedQuery, StudyPort, StudyStanding } from "../../app/ports/study.ts";
import type { FormingBook, FormingList } from "../../app/ports/forming.ts";
import type { MarketStatus, MarketStatusPort } from "../../app/ports/market-status.ts";
import type { SourcesPort } from "../../app/ports/source-check.ts";
import type { NeighbourFailure } from "../../app/ports/neighbour-error.ts";
import type {
  BackfillProgress,
  BookSummary,
  ChangedRows,
  ImportMark,
  IndexClose,
  MarketBookPort,
  RemovedRows,
  RunOutcome,
  RunProgress,
  RunRequest,
  StoredRows,
  TickerColumns,
} from "../../app/ports/market-book.ts";
import type { CloseKind, Origin } from "../../core/bars/origin.ts";
import type { Columns } from "../../core/bars/columns.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import type { SessionFinding } from "../../core/session/finding.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import { StudyReport } from "../../protocol/rest/study-report.ts";
import { listEntries } from "../../research/steps/listed-entries.ts";
import { makeRun } from "../builders/signal-builder.ts";

const NOTHING: StoredRows = { added: 0, replaced: 0, unchanged: 0 };

export class MemoryBook
  implements MarketBookPort, Pick<FormingBook, "forming">, MarketStatusPort, SourcesPort, StudyPort
{
  readonly columns = new Map<string, Columns>();
  readonly indices = new Map<IndexCode, Columns>();
  readonly verdicts = new Map<string, Verdict>();
  readonly positions = new Map<string, number>();
  closes: IndexClose[] = [];
  dayCloses: ReadonlyMap<number, CloseKind> = new Map();
  storedOrigins: ReadonlyMap<number, Origin> = new Map();
  found: readonly SessionFinding[] = [];
  outcome: RunOutcome = { status: "done", run: makeRun(), results: [] };
  standing: RunProgress = { runId: null, stage: "idle", done: 0, total: 0 };
  past: BackfillProgress | null = null;
  /** What a running session would list. */
  formed: FormingList | null = null;
  /** How often it was asked to begin. */
  begun = 0;
  checked: Awaited<ReturnType<SourcesPort["checkSources"]>> = {
    status: "checked",
    at: 0,
    findings: [],
    sources: [],
  };
  days: Omit<MarketStatus, "backfill"> = {
    plan: { evening: false, morning: false },
    sources: [],
    steps: [],
    newestFinal: null,
    newestProvisional: null,
    statedDays: [],
    differences: [],
    daysOff: [],
    next: null,
  };
  studying: StudyStanding = { isDue: false, running: null, made: null, stopped: null };
  /** Text of a report. */
  studied: string | null = null;
  /** Neighbours that failed the book. */
  remembered: readonly NeighbourFailure[] = [];
  changed: ChangedRows = { due: null, left: null };
  removed: RemovedRows = { rows: 0, indexRows: 0 };
  readonly removals: (readonly [day: TradingDay, key: string | null])[] = [];
  /** From which day each correction was asked. */
  readonly corrections: (TradingDay | null)[] = [];
  /** What each run was asked. */
  readonly requests: RunRequest[] = [];

  addHistory(chunk: readonly TickerColumns[], mark: ImportMark | null): Promise<StoredRows> {
    for (const { ticker, columns } of chunk) {
      this.columns.set(ticker, columns);
    }
    if (mark !== null) {
      this.positions.set(mark.id, mark.next ?? 0);
    }
    return Promise.resolve(NOTHING);
  }

  closeDay(day: readonly TickerColumns[], mark: ImportMark | null): Promise<StoredRows> {
    return this.addHistory(day, mark);
  }

  closeKinds(): Promise<ReadonlyMap<number, CloseKind>> {
    return Promise.resolve(this.dayCloses);
  }

  origins(): Promise<ReadonlyMap<number, Origin>> {
    return Promise.resolve(this.storedOrigins);
  }

  findings(): Promise<readonly SessionFinding[]> {
    return Promise.resolve(this.found);
  }

  addIndices(): Promise<StoredRows> {
    return Promise.resolve(NOTHING);
  }

  rowsOn(_day: TradingDay, _key: string | null): Promise<RemovedRows> {
    return Promise.resolve(this.removed);
  }

  removeRows(day: TradingDay, key: string | null): Promise<RemovedRows> {
    this.removals.push([day, key]);
    return Promise.resolve(this.removed);
  }

  empty(): Promise<string | null> {
    this.columns.clear();
    return Promise.resolve(this.standing.runId);
  }

  forgetChanges(): Promise<void> {
    this.changed = { due: null, left: null };
    return Promise.resolve();
  }

  importPosition(id: string): Promise<number> {
    return Promise.resolve(this.positions.get(id) ?? 0);
  }

  tickers(): Promise<readonly string[]> {
    return Promise.resolve([...this.columns.keys()].toSorted());
  }

  series(ticker: string): Promise<Columns | null> {
    return Promise.resolve(this.columns.get(ticker) ?? null);
  }

  indexSeries(code: IndexCode): Promise<Columns | null> {
    return Promise.resolve(this.indices.get(code) ?? null);
  }

  indexCloses(): Promise<readonly IndexClose[]> {
    return Promise.resolve(this.closes);
  }

  summary(): Promise<BookSummary> {
    const all = Array.from(this.columns.values());
    const days = all.flatMap(({ day }) => Array.from(day));
    const dayOrNull = (day: number): TradingDay | null => (days.length === 0 ? null : tradingDayOf(day));
    return Promise.resolve({
      tickers: all.length,
      rows: days.length,
      sessions: new Set(days).size,
      firstDay: dayOrNull(Math.min(...days)),
      lastDay: dayOrNull(Math.max(...days)),
      openDays: 0,
    });
  }

  verdict(ticker: string): Promise<Verdict | null> {
    return Promise.resolve(this.verdicts.get(ticker) ?? null);
  }

  run(request: RunRequest): Promise<RunOutcome> {
    this.requests.push(request);
    return Promise.resolve(this.outcome);
  }

  changes(): Promise<ChangedRows> {
    return Promise.resolve(this.changed);
  }

  correct(from: TradingDay | null): Promise<RunOutcome | null> {
    this.corrections.push(from);
    return Promise.resolve(this.changed.due === null && from === null ? null : this.outcome);
  }

  failures(): Promise<readonly NeighbourFailure[]> {
    return Promise.resolve(this.remembered);
  }

  forming(): Promise<FormingList | null> {
    return Promise.resolve(this.formed);
  }

  backfill(): Promise<BackfillProgress | null> {
    return Promise.resolve(this.past);
  }

  beginBackfill(): ReturnType<SourcesPort["beginBackfill"]> {
    this.begun += 1;
    return Promise.resolve(this.past);
  }

  checkSources(): ReturnType<SourcesPort["checkSources"]> {
    return Promise.resolve(this.checked);
  }

  forgetDenials(): ReturnType<SourcesPort["forgetDenials"]> {
    return Promise.resolve(this.checked.status === "checked" ? this.checked.sources.map(({ id }) => id) : []);
  }

  marketStatus(): Promise<MarketStatus> {
    return Promise.resolve({ ...this.days, backfill: this.past });
  }

  studies(): Promise<StudyStanding> {
    return Promise.resolve(this.studying);
  }

  studyReport(): Promise<string | null> {
    return Promise.resolve(this.studied);
  }

  studyEntries(query: ListedQuery): ReturnType<StudyPort["studyEntries"]> {
    const { made } = this.studying;
    if (made === null || this.studied === null) {
      return Promise.resolve(null);
    }
    const { entries } = v.parse(v.pipe(v.string(), v.parseJson(), StudyReport), this.studied);
    const own = entries.filter(({ cohort }) => cohort === query.cohort);
    return Promise.resolve({ ...listEntries([own], query), made });
  }

  progress(): Promise<RunProgress> {
    return Promise.resolve(this.standing);
  }
}
