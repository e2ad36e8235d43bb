/** A few quiet shares with one signal or more among them: the world of the tests that measure outcomes. */
import { measureOutcomes } from "../../app/jobs/outcomes.ts";
import type { ScanBars } from "../../app/jobs/scan-bars.ts";
import type { SignalOutcome } from "../../app/ports/outcome-store.ts";
import { asOf, type Columns, columnsOf, type Row } from "../../core/bars/columns.ts";
import { PARAMS } from "../../core/params.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { MemoryLedger } from "./memory-ledger.ts";
import { MemoryOutcomes } from "./memory-outcomes.ts";
import { MemoryInstruments } from "./memory-ports.ts";
import type { Bare } from "../builders/bare.ts";
import { makeEvent, makeSignal } from "../builders/signal-builder.ts";

/** Session 0 has more than the 60 bars before it that eligibility asks for. Sessions are consecutive days. */
const FIRST = 20_000;
const BEFORE = 80;

export function session(n: number): TradingDay {
  return tradingDayOf(FIRST + BEFORE + n);
}

export class MeasuredMarket {
  readonly rows = new Map<string, Row[]>();
  readonly ledger = new MemoryLedger();
  readonly outcomes = new MemoryOutcomes(this.ledger);
  readonly instruments = new MemoryInstruments();

  /** A share that stands at `price` until the session before 0. */
  list(ticker: string, price: number, volume = 1_000_000): void {
    const days = Array.from({ length: BEFORE }, (_, k) => tradingDayOf(FIRST + k));
    this.rows.set(
      ticker,
      days.map((day) => quiet(day, price, volume)),
    );
  }

  /** One more session of a share: a quiet one at `close`, but for the fields of `rest`. */
  close(ticker: string, n: number, close: number, rest: Partial<Row> = {}): void {
    const rows = this.rows.get(ticker) ?? [];
    rows.push({ ...quiet(session(n), close, 1_000_000), ...rest });
    this.rows.set(ticker, rows);
  }

  /** A signal that triggered in session `n`, with its log. */
  signal(n: number, overrides: Bare<Partial<Signal>>, reason = "triggered"): void {
    const signal = makeSignal({
      state: "CONFIRMED",
      bornOn: session(n - 2),
      triggeredOn: session(n),
      appliedOn: session(n),
      ...overrides,
    });
    this.ledger.stored.push({ signal, createdAt: 0, updatedAt: 0, runId: "run-1" });
    const event = makeEvent({ signalId: signal.id, day: session(n), to: "TRIGGERED", reason });
    this.ledger.history.push({ ...event, at: 0, runId: "run-1" });
  }

  /** Measures as of session `n`, with rows of later sessions unseen; `from`: the first session whose bars changed. */
  async measure(n: number, from = n): Promise<readonly SignalOutcome[]> {
    const measuring = { exchange: "DEMO", from: session(from), asOf: session(n), params: PARAMS } as const;
    await measureOutcomes(measuring, this.#barsAsOf(session(n)), this);
    return this.outcomes.outcomes("DEMO", PARAMS.version);
  }

  #barsAsOf(day: TradingDay): ScanBars {
    const seen = (rows: readonly Row[]): Columns => asOf(columnsOf(rows), day);
    const { rows } = this;
    return {
      *listings() {
        for (const [ticker, all] of rows) {
          yield { ticker, columns: seen(all) };
        }
      },
      series: (ticker) => {
        const all = rows.get(ticker);
        return all ? seen(all) : null;
      },
      indexSeries: () => null,
      rowsByDay: () => countByDay([...rows.values()].flat().filter((row) => row.day <= day)),
      rebased: () => null,
    };
  }
}

function countByDay(rows: readonly Row[]): ReadonlyMap<number, number> {
  return new Map([...Map.groupBy(rows, ({ day }) => Number(day))].map(([day, all]) => [day, all.length]));
}

function quiet(day: TradingDay, close: number, volume: number): Row {
  const prices = { open: close, high: close, low: close, close };
  return { day, ...prices, volume, value: null, shares: null, base: null };
}
