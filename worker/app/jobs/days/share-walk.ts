/**
 * The past of a market whose vendor answers one share a question: some shares a turn at once, with a cursor that outlives every
 * death, then both indices. A turn is one transaction, so that a death costs the shares of one turn.
 */
import { rejectRow } from "../../../core/bars/bar.ts";
import { columnsOf } from "../../../core/bars/columns.ts";
import { INDEX_CODES, type IndexCode, type Market } from "../../../core/instrument/instrument.ts";
import type { Ticker } from "../../../core/nominal.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Log, logFailure } from "../../ports/log.ts";
import type { IndexColumns } from "../../ports/market-book.ts";
import type { DatedRow, HistorySource } from "../../ports/market-sources.ts";
import type { ScanBars } from "../scan-bars.ts";
import {
  endedWalk,
  haltedWalk,
  nextShares,
  stalledWalk,
  type ShareWalk,
  walkedOn,
  withoutIndices,
} from "./share-walk-state.ts";
import { outcomeOf, type StepOutcome } from "./step-outcome.ts";

/** Rows of one share, oldest first. */
export interface SharePast {
  readonly ticker: Ticker;
  readonly rows: readonly DatedRow[];
}

/** One transaction a call. */
export interface ShareWalkStore {
  state(): ShareWalk | null;
  /** The rows that are better than what stands there, and the state that holds from then on, with what they moved. */
  put(state: ShareWalk, shares: readonly SharePast[]): ShareWalk;
  /** What was gathered into the bars, the index rows, and the end. */
  end(state: ShareWalk, indices: readonly IndexColumns[]): ShareWalk;
}

export interface ShareWalkPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly source: HistorySource;
  readonly store: ShareWalkStore;
  /** The boards of the master's shares; in the order of tickers. Rejects as the store of instruments does. */
  boards(): Promise<ReadonlyMap<Ticker, Market>>;
  readonly bars: Pick<ScanBars, "listings" | "indexSeries">;
  /** Shares that one turn asks for at once. */
  readonly shares: number;
}

type Found = SharePast | StepOutcome;

const isDenied = (found: Found): found is StepOutcome => "status" in found && found.status === "denied";
const isFailed = (found: Found): found is StepOutcome => "status" in found && found.status === "failed";

async function ask(ticker: Ticker, { from, to }: ShareWalk, ports: ShareWalkPorts): Promise<Found> {
  const { source, log } = ports;
  try {
    const answer = await source.share(ticker, from, to);
    return answer.status === "ok" ? { ticker, rows: answer.value } : outcomeOf(source.id, answer);
  } catch (error) {
    logFailure(log, "share_walk_failed", error, { ticker });
    return { status: "failed", text: error instanceof Error ? error.message : String(error) };
  }
}

/** Some shares, or what follows the last of them. Resolves with where it stands; never rejects for the source's failure. */
export async function walkShares(ports: ShareWalkPorts): Promise<ShareWalk | null> {
  const { clock, source, store } = ports;
  const begun = store.state();
  if (begun?.status !== "running") {
    return begun;
  }
  const boards = await ports.boards();
  const all = [...boards.keys()];
  if (all.length === 0) {
    return store.put(
      haltedWalk(begun, { status: "failed", text: `${source.id} gave no master` }, clock.now()),
      [],
    );
  }
  const asked = nextShares(begun, all, ports.shares);
  if (asked.length === 0) {
    return finish(begun, boards, ports);
  }
  const found = await Promise.all(asked.map(async (ticker) => ask(ticker, begun, ports)));
  if (store.state()?.startedAt !== begun.startedAt) {
    // The exchange was emptied meanwhile.
    return store.state();
  }
  return store.put(...settled(begun, asked, found, all, clock.now()));
}

/** The shares before a refusal are settled; where nobody answered, only those that are asked again. */
function settled(
  begun: ShareWalk,
  asked: readonly Ticker[],
  found: readonly Found[],
  all: readonly Ticker[],
  now: number,
): readonly [ShareWalk, readonly SharePast[]] {
  const refusal = found.find(isDenied);
  const before = refusal === undefined ? found : found.slice(0, found.indexOf(refusal));
  const pasts = before.flatMap((one) => ("rows" in one ? [one] : []));
  if (pasts.length === 0) {
    const [first] = found.flatMap((one) => ("rows" in one ? [] : [one]));
    const halt = refusal ?? first;
    const stalled = refusal ? haltedWalk(begun, refusal, now) : halt && stalledWalk(begun, halt, now);
    if (stalled) {
      return [stalled, []];
    }
  }
  const given = new Set(pasts.map(({ ticker }) => ticker));
  const next = walkedOn(
    begun,
    asked.slice(0, before.length).map((ticker) => ({ ticker, hasRows: given.has(ticker) })),
    all,
    now,
  );
  // A vendor that is down is waited for; a share that fails among others is asked for again after them.
  const halt = refusal ?? (found.every(isFailed) ? found.find(isFailed) : undefined);
  return [halt === undefined ? next : haltedWalk(next, halt, now), pasts];
}

async function finish(
  state: ShareWalk,
  boards: ReadonlyMap<Ticker, Market>,
  ports: ShareWalkPorts,
): Promise<ShareWalk | null> {
  const { clock, source, store } = ports;
  if (state.shares === 0) {
    const text = `${source.id} has no rows of any share`;
    const anew: ShareWalk = { ...state, after: null, isOver: false, silent: [] };
    return store.put(haltedWalk(anew, { status: "failed", text }, clock.now()), []);
  }
  const indices = await askIndices(state, boards, ports);
  if (store.state()?.startedAt !== state.startedAt) {
    return store.state();
  }
  if (!("status" in indices)) {
    return store.end(endedWalk(state, clock.now()), indices);
  }
  const next = withoutIndices(state, indices, clock.now());
  return next.status === "done" ? store.end(next, []) : store.put(next, []);
}

interface DaySum {
  volume: number;
  value: number | null;
}

/** What the shares of each board traded, by day: the unit of the vendor's own is not published (MD20). */
function sumsOf(
  { from, to }: ShareWalk,
  boards: ReadonlyMap<string, Market>,
  bars: ShareWalkPorts["bars"],
): ReadonlyMap<string, DaySum> {
  const sums = new Map<string, DaySum>();
  for (const { ticker, columns } of bars.listings()) {
    const board = boards.get(ticker);
    columns.day.forEach((day, n) => {
      if (board === undefined || day < from || day > to) {
        return;
      }
      const sum = sums.get(`${board} ${day}`) ?? { volume: 0, value: 0 };
      const value = columns.value?.[n] ?? Number.NaN;
      sum.volume += columns.volume[n] ?? 0;
      sum.value = sum.value === null || Number.isNaN(value) ? null : sum.value + value;
      sums.set(`${board} ${day}`, sum);
    });
  }
  return sums;
}

/** Rows of days that have none, or had provisional shares. */
async function askIndices(
  state: ShareWalk,
  boards: ReadonlyMap<Ticker, Market>,
  ports: ShareWalkPorts,
): Promise<readonly IndexColumns[] | StepOutcome> {
  const { bars, log, source } = ports;
  const charts: (readonly [IndexCode, readonly DatedRow[]])[] = [];
  for (const code of INDEX_CODES) {
    try {
      const answer = await source.index(code, state.from, state.to);
      if (answer.status !== "ok") {
        return outcomeOf(source.id, answer);
      }
      charts.push([code, answer.value]);
    } catch (error) {
      logFailure(log, "share_walk_failed", error, { index: code });
      return { status: "failed", text: error instanceof Error ? error.message : String(error) };
    }
  }
  const sums = sumsOf(state, boards, bars);
  const provisional = new Set<number>(state.provisional);
  return charts.flatMap(([code, dated]) => {
    const stored = new Set<number>(bars.indexSeries(code)?.day);
    const rows = dated.flatMap(({ row }) => {
      const sum = sums.get(`${code} ${row.day}`);
      const own = sum === undefined ? null : { ...row, volume: sum.volume, value: sum.value };
      const isWanted = !stored.has(row.day) || provisional.has(row.day);
      return own !== null && isWanted && rejectRow(own) === null ? [own] : [];
    });
    return rows.length === 0 ? [] : [{ code, columns: columnsOf(rows) }];
  });
}
