/** The real KRX book on real storage with its record in D1, to be lived in like a world in memory: it dies where it is told to. */
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { D1OutcomeStore } from "../../adapters/d1/outcome-store.ts";
import { streamSnapshots } from "../../app/jobs/scan-messages.ts";
import type { RunLedger } from "../../app/ports/correction-ledger.ts";
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { INDEX_CODES } from "../../core/instrument/instrument.ts";
import { PARAMS } from "../../core/params.ts";
import type { DayOfRows } from "../corrections/changing-market.ts";
import { FORCED, type Kill } from "../corrections/correction-world.ts";
import type { LivedWorld } from "../corrections/wrong-days.ts";
import { krxBook, ledger, withBook } from "./krx-book.ts";

/** Rows of one key as the book takes them. */
function seriesOf(key: string, rows: readonly Row[]): TickerColumns {
  return { ticker: key, columns: columnsOf(rows) };
}

export class RealBookWorld implements LivedWorld {
  async history(days: readonly DayOfRows[]): Promise<void> {
    const series = Map.groupBy(
      days.flatMap((rows) => [...rows]),
      ([key]) => key,
    );
    const all = Array.from(series, ([key, rows]) =>
      seriesOf(
        key,
        rows.map(([, row]) => row),
      ),
    );
    await krxBook().addHistory(
      all.filter(({ ticker }) => !INDEX_CODES.some((code) => code === ticker)),
      null,
    );
    await this.#indices(all);
  }

  async import(rows: DayOfRows): Promise<void> {
    const all = Array.from(rows, ([key, row]) => seriesOf(key, [row]));
    await krxBook().closeDay(
      all.filter(({ ticker }) => !INDEX_CODES.some((code) => code === ticker)),
      null,
    );
    await this.#indices(all);
  }

  async #indices(all: readonly TickerColumns[]): Promise<void> {
    await krxBook().addIndices(
      INDEX_CODES.flatMap((code) => {
        const found = all.find(({ ticker }) => ticker === code);
        return found ? [{ code, columns: found.columns }] : [];
      }),
    );
  }

  async remove(day: TradingDay, key: string | null = null): Promise<void> {
    await krxBook().removeRows(day, key);
  }

  async isJudged(day: TradingDay): Promise<boolean> {
    return (await ledger().gates("KRX", 99)).some((gate) => gate.day === day);
  }

  async run(kind: "manual" | "cron", kill: Kill | null = null): Promise<void> {
    const request = { kind, market: null, topN: 0, minScore: 0, accept: FORCED } as const;
    if (kill === null) {
      await krxBook().run(request);
      return;
    }
    await withBook(dying(kill), async (book) => book.run(request));
    await evictDurableObject(krxBook());
  }

  /** All that a reader can learn, without the names and times of runs. */
  async facts(): Promise<object> {
    const open = await ledger().openSignals("KRX");
    const ended = await ledger().endedSince("KRX", tradingDayOf(0));
    const signals = [...open, ...ended]
      .map(({ signal }) => signal)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const ids = signals.map(({ id }) => id);
    const log = (await ledger().eventsSince(ids, tradingDayOf(0))).map(
      ({ signalId, day, from, to, reason, values }) => ({ signalId, day, from, to, reason, values }),
    );
    const outcomes = new D1OutcomeStore(env.DB);
    const page = await streamSnapshots("KRX", { clock: { now: () => 0 }, ledger: ledger() });
    return {
      signals,
      log,
      gates: await ledger().gates("KRX", 99),
      versions: await ledger().versionsBefore("KRX", null),
      outcomes: await outcomes.outcomes("KRX", PARAMS.version),
      page: page.map(({ body }) => body.replaceAll(/"(?:created_at|updated_at|run_id)":"[^"]*",?/gu, "")),
    };
  }
}

/** A book whose process dies in its save, after it, or before it has measured. */
function dying(kill: Kill): Parameters<typeof withBook>[0] {
  const real = ledger();
  if (kill === "before_measure") {
    const outcomes = new D1OutcomeStore(env.DB);
    return { outcomes: Object.assign(outcomes, { measured: () => Promise.reject(new Error("died")) }) };
  }
  const die = async (act: () => Promise<void>): Promise<void> => {
    if (kill === "after_save") {
      await act();
    }
    throw new Error("died");
  };
  const mortal: RunLedger = Object.assign(ledger(), {
    save: async (...args: Parameters<RunLedger["save"]>) => die(async () => real.save(...args)),
    saveCorrection: async (...args: Parameters<RunLedger["saveCorrection"]>) =>
      die(async () => real.saveCorrection(...args)),
    endRun: () => Promise.resolve(),
  });
  return { ledger: mortal };
}
