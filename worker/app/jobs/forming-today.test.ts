import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { rowAt, type Row } from "../../core/bars/columns.ts";
import { INDEX_CODES } from "../../core/instrument/instrument.ts";
import { tickerOf } from "../../core/nominal.ts";
import { LEADER, type ScanStage, stageScan, START } from "../../testing/memory/scan-stage.ts";
import { MemoryInstruments } from "../../testing/memory/memory-ports.ts";
import type { MarketQuote } from "../ports/market-sources.ts";
import { BarsUntil } from "./bars-until.ts";
import { formingToday, type FormingList, type NothingForming } from "./forming-today.ts";
import type { RunningSession } from "./provisional-bars.ts";
import { sessionsIn } from "./scan-bars.ts";

/** The last session of a stage as it stands when so much of it has passed, and the bars of the evening before. */
function runningOf({ bars }: ScanStage, elapsed: number) {
  const [before, day] = sessionsIn(bars).slice(-2);
  assert(before !== undefined && day !== undefined, "There are two sessions");
  const quotes = Array.from(bars.listings()).flatMap(({ ticker, columns }): readonly MarketQuote[] => {
    const row: Row = rowAt(columns, columns.day.length - 1);
    const { open, high, low, close, volume, value, base } = row;
    const part = { volume: volume * elapsed, value: value && value * elapsed };
    return row.day === day
      ? [{ ticker: tickerOf(ticker), price: close, open, high, low, base, ...part }]
      : [];
  });
  const indices = INDEX_CODES.flatMap((code) => {
    const columns = bars.indexSeries(code);
    return columns === null ? [] : [{ code, price: columns.close.at(-1) ?? 0 }];
  });
  const session: RunningSession = { day, elapsed, quotes, indices };
  return { session, evening: new BarsUntil(bars, before) };
}

async function formingOf(
  stage: ScanStage,
  change: Partial<RunningSession> = {},
): Promise<FormingList | NothingForming> {
  const { session, evening } = runningOf(stage, change.elapsed ?? 1);
  const ports = { clock: { now: () => START }, ledger: stage.ledger, instruments: new MemoryInstruments() };
  return formingToday("KRX", evening, { ...session, ...change }, ports);
}

describe("what forms in a running session", () => {
  it("[FT1] is what the scan of the session gives birth to when it closes at these prices, also of a part of its volume", async ({
    expect,
  }) => {
    const stage = stageScan();
    const whole = await formingOf(stage);
    const half = await formingOf(stage, { elapsed: 0.5 });
    expect(stage.ledger.saves).toEqual([]);
    await stage.scan();
    const [born] = stage.ledger.saves[0]?.signals ?? [];
    assert(born, "The base was found");
    for (const forming of [whole, half]) {
      assert("signals" in forming, "The market was judged");
      expect([forming.day, forming.quoted, forming.expected]).toEqual([born.bornOn, 13, 13]);
      expect(
        forming.signals.map(({ signal }) => [signal.id, signal.state, signal.grade, signal.score]),
      ).toEqual([[born.id, born.state, born.grade, born.score]]);
      expect(forming.signals[0]?.signal.base).toEqual(born.base);
    }
  });

  it("[FT2] leaves out what has a signal, and saves nothing", async ({ expect }) => {
    const stage = stageScan();
    await stage.scan();
    const saves = stage.ledger.saves.length;
    const stored = structuredClone(stage.ledger.stored);
    expect(await formingOf(stage)).toMatchObject({ signals: [] });
    expect(stage.ledger.saves).toHaveLength(saves);
    expect(stage.ledger.stored).toEqual(stored);
  });

  it("[FT3] is not known of fewer than 95 of 100 shares, nor of a session that the book has", async ({
    expect,
  }) => {
    const stage = stageScan();
    const { session, evening } = runningOf(stage, 1);
    expect(await formingOf(stage, { quotes: session.quotes.slice(1) })).toEqual({
      missing: "coverage",
      quoted: 12,
      expected: 13,
    });
    // A quote that is no row counts as none.
    const quotes = session.quotes.map((quote) => (quote.ticker === LEADER ? { ...quote, price: 0 } : quote));
    expect(await formingOf(stage, { quotes })).toMatchObject({ missing: "coverage", quoted: 12 });
    const ports = { clock: { now: () => START }, ledger: stage.ledger, instruments: new MemoryInstruments() };
    expect(await formingToday("KRX", stage.bars, session, ports)).toMatchObject({ missing: "bars" });
    expect(evening.series(LEADER)?.day.at(-1)).toBeLessThan(session.day);
  });
});
