import * as fc from "fast-check";
import { type ExpectStatic, it } from "vitest";
import type { StoredRows } from "../../app/ports/market-book.ts";
import { columnsOf, type Columns, type Row } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { arbitraryRow, arbitraryRows } from "../../testing/builders/arbitrary-rows.ts";
import { history, inStore } from "../../testing/stage/book-store.ts";
import type { BarStore } from "./bar-store.ts";

const TICKERS = ["D00001", "D00002", "D00003"];
const LAST_DAY = 40;

interface Call {
  readonly method: "addHistory" | "closeDay";
  readonly chunk: readonly { readonly ticker: string; readonly rows: readonly Row[] }[];
}

const tickers = fc.shuffledSubarray(TICKERS, { minLength: 1 });
const dayClosing: fc.Arbitrary<Call> = fc
  .integer({ min: 8, max: LAST_DAY })
  .chain((day) =>
    tickers.chain((some) =>
      fc
        .tuple(
          ...some.map((ticker) => arbitraryRow(tradingDayOf(day)).map((row) => ({ ticker, rows: [row] }))),
        )
        .map((chunk) => ({ method: "closeDay", chunk })),
    ),
  );
const historyChunk: fc.Arbitrary<Call> = fc
  .integer({ min: 1, max: LAST_DAY - 4 })
  .chain((from) =>
    tickers.chain((some) =>
      fc
        .tuple(...some.map((ticker) => arbitraryRows(from, from + 4).map((rows) => ({ ticker, rows }))))
        .map((chunk) => ({ method: "addHistory", chunk })),
    ),
  );
/** Mostly closings: 21 different open days must come together to be folded. */
const calls = fc.array(
  fc.oneof({ weight: 40, arbitrary: dayClosing }, { weight: 1, arbitrary: historyChunk }),
  { minLength: 1, maxLength: 120, size: "max" },
);

/** The rules of a book in a map of maps, and the days that are not folded yet. */
class Model {
  readonly rows = new Map<string, Map<number, Row>>();
  readonly open = new Set<number>();
  readonly #limit: number | null;
  revision = 0;
  folds = 0;
  trims = 0;

  constructor(limit: number | null) {
    this.#limit = limit;
  }

  apply({ method, chunk }: Call): StoredRows {
    const trims = this.trims;
    const days = chunk.flatMap(({ rows }) => rows.map(({ day }) => day));
    if (method === "addHistory" && Math.max(...days) >= Math.min(...this.open)) {
      this.#fold();
    }
    const folded = this.sessions().filter(({ day }) => !this.open.has(day));
    if (method === "closeDay" && Math.min(...days) > (folded.at(-1)?.day ?? 0)) {
      this.open.add(Math.min(...days));
    }
    const answer = this.#merge(chunk);
    if (this.open.size > 20) {
      this.#fold();
    }
    this.revision += answer.added + answer.replaced > 0 || this.trims > trims ? 1 : 0;
    return answer;
  }

  #merge(chunk: Call["chunk"]): StoredRows {
    const answer = { added: 0, replaced: 0, unchanged: 0 };
    for (const { ticker, rows } of chunk) {
      for (const row of rows) {
        const series = this.rows.get(ticker) ?? new Map<number, Row>();
        const before = series.get(row.day);
        const same = JSON.stringify(before) === JSON.stringify(row);
        answer[before === undefined ? "added" : same ? "unchanged" : "replaced"] += 1;
        this.rows.set(ticker, series.set(row.day, row));
      }
    }
    return answer;
  }

  /** Leaves the last sessions only. */
  #fold(): void {
    this.open.clear();
    this.folds += 1;
    const sessions = this.sessions();
    if (this.#limit === null || sessions.length <= this.#limit) {
      return;
    }
    this.trims += 1;
    const first = sessions.at(-this.#limit)?.day ?? 0;
    for (const [ticker, series] of this.rows) {
      const kept = [...series].filter(([day]) => day >= first);
      this.rows.set(ticker, new Map(kept));
      if (kept.length === 0) {
        this.rows.delete(ticker);
      }
    }
  }

  series(ticker: string): Columns | null {
    const rows = [...(this.rows.get(ticker)?.values() ?? [])];
    return rows.length === 0 ? null : columnsOf(rows.toSorted((a, b) => a.day - b.day));
  }

  sessions(): readonly { readonly day: number; readonly rows: number }[] {
    const days = [...this.rows.values()].flatMap((series) => [...series.keys()]);
    return [...new Set(days)]
      .toSorted((a, b) => a - b)
      .map((day) => ({ day, rows: days.filter((other) => other === day).length }));
  }
}

function call(store: BarStore, { method, chunk }: Call): StoredRows {
  const columns = chunk.map(({ ticker, rows }) => history(ticker, rows));
  return method === "closeDay" ? store.closeDay(columns, null) : store.addHistory(columns, null);
}

/** Runs the sequence against the store and the model, and compares them after every call. */
function compare(expect: ExpectStatic, store: BarStore, sequence: readonly Call[], model: Model): void {
  for (const step of sequence) {
    expect(call(store, step)).toEqual(model.apply(step));
    const sessions = model.sessions();
    expect(store.sessionCounts()).toEqual(sessions);
    expect(store.summary()).toEqual({
      tickers: model.rows.size,
      rows: sessions.reduce((sum, { rows }) => sum + rows, 0),
      sessions: sessions.length,
      firstDay: sessions[0]?.day ?? null,
      lastDay: sessions.at(-1)?.day ?? null,
      openDays: model.open.size,
    });
    expect(store.revision()).toBe(model.revision);
  }
  const listed = TICKERS.map((ticker) => ({ ticker, columns: model.series(ticker) }));
  expect(TICKERS.map((ticker) => store.series(ticker))).toEqual(listed.map(({ columns }) => columns));
  expect([...store.listings()]).toEqual(listed.filter(({ columns }) => columns !== null));
}

/** How often random sequences of calls were folded and trimmed while store and model agreed. */
async function holdTogether(
  expect: ExpectStatic,
  limit: number | null,
): Promise<{ readonly folds: number; readonly trims: number }> {
  let [folds, trims] = [0, 0];
  await fc.assert(
    fc.asyncProperty(calls, async (sequence) => {
      const model = new Model(limit);
      await inStore((store) => {
        compare(expect, store, sequence, model);
      }, limit);
      folds += model.folds;
      trims += model.trims;
    }),
    { seed: 5, numRuns: 40 },
  );
  return { folds, trims };
}

it(
  "[BK8][BK9] any sequence of calls leaves what a map of maps would hold",
  { timeout: 60_000 },
  async ({ expect }) => {
    const { folds, trims } = await holdTogether(expect, null);
    expect(folds).toBeGreaterThan(5);
    expect(trims).toBe(0);
  },
);

it(
  "[BK17] any sequence of calls leaves what a map of maps would hold whose folds leave 12 sessions",
  { timeout: 60_000 },
  async ({ expect }) => {
    const { trims } = await holdTogether(expect, 12);
    expect(trims).toBeGreaterThan(5);
  },
);
