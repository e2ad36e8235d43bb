import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { runningSession } from "../../testing/memory/running-session.ts";
import { LEADER, type ScanStage, stageScan } from "../../testing/memory/scan-stage.ts";
import { MemoryInstruments } from "../../testing/memory/memory-ports.ts";
import type { FormingList } from "../ports/forming.ts";
import { formingToday, type NothingForming } from "./forming-today.ts";
import type { RunningSession } from "./provisional-bars.ts";

async function formingOf(
  stage: ScanStage,
  change: Partial<RunningSession> = {},
): Promise<FormingList | NothingForming> {
  const { session, evening } = runningSession(stage, change.elapsed ?? 1);
  const ports = { ledger: stage.ledger, instruments: new MemoryInstruments() };
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
    const { session, evening } = runningSession(stage, 1);
    expect(await formingOf(stage, { quotes: session.quotes.slice(1) })).toEqual({
      missing: "coverage",
      quoted: 12,
      expected: 13,
    });
    // A quote that is no row counts as none.
    const quotes = session.quotes.map((quote) => (quote.ticker === LEADER ? { ...quote, price: 0 } : quote));
    expect(await formingOf(stage, { quotes })).toMatchObject({ missing: "coverage", quoted: 12 });
    const ports = { ledger: stage.ledger, instruments: new MemoryInstruments() };
    expect(await formingToday("KRX", stage.bars, session, ports)).toMatchObject({ missing: "bars" });
    expect(evening.series(LEADER)?.day.at(-1)).toBeLessThan(session.day);
  });
});
