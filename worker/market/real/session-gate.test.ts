/** The gate of a running session, from the vendor's index records to the status of the feed. */
import { afterEach, beforeEach, describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { columnsOf } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import type { FakeIndex } from "../../testing/fakes/kis/kis-trades.ts";
import { dayOf } from "../../testing/stage/kis-stage.ts";
import { type LiveSessionStage, stageLiveSession } from "../../testing/stage/live-session-stage.ts";

const BEFORE = dayOf("2026-09-15");
const CLOSE = 2_500;

let stage: LiveSessionStage;
beforeEach(async () => {
  stage = await stageLiveSession();
  const columns = columnsOf(
    Array.from({ length: 300 }, (_, n) => {
      const close = CLOSE - 299 + n;
      const prices = { open: close, high: close, low: close, close };
      return {
        day: tradingDayOf(BEFORE - 299 + n),
        ...prices,
        volume: 1_000,
        value: null,
        shares: null,
        base: null,
      };
    }),
  );
  const breadth = { above50: 0.5, above200: 0.5, newHighsLessLows: 0.01, advancers: 0.5 };
  stage.basis = { indices: { KOSPI: columns, KOSDAQ: columns }, last: { day: BEFORE, breadth } };
});
afterEach(() => stage.end());

async function move(code: IndexCode, price: number, change: Partial<FakeIndex> = {}): Promise<void> {
  const volume = stage.kis.clock.now() % 1e6;
  const range = { open: CLOSE, high: Math.max(CLOSE, price), low: Math.min(CLOSE, price) };
  stage.kis.fake.socket.index({
    code,
    at: stage.kis.clock.now(),
    price,
    base: CLOSE,
    volume,
    ...range,
    ...change,
  });
  await stage.carry();
}

const gate = () => stage.driver.view().status.gate ?? null;

describe("the gate of a running session", () => {
  it("[DR17] moves with the indices every ten seconds at most, and stands until the next session begins", async ({
    expect,
  }) => {
    await stage.open([]);
    await stage.pass(2_000);
    expect(gate()).toBeNull();
    await move("KOSPI", CLOSE + 10, { counts: { up: 300, flat: 100, down: 100 } });
    await stage.pass(1_000);
    const first = gate();
    assert(first !== null, "The gate was made");
    // The other market has no price: it is withheld, and the counts of one market are no breadth.
    expect([first.gate.indices.KOSPI?.close, first.gate.indices.KOSDAQ]).toEqual([CLOSE + 10, null]);
    expect([first.gate.day, first.meansOf, first.gate.confidence]).toEqual([
      dayOf("2026-09-16"),
      BEFORE,
      0.275 + 0.3,
    ]);
    await move("KOSDAQ", CLOSE - 75, { counts: { up: 100, flat: 100, down: 300 } });
    await stage.pass(3_000);
    expect(gate()).toBe(first);
    await stage.pass(7_000);
    const second = gate();
    assert(second !== null, "The gate was made anew");
    expect(second.gate.components.find(({ id }) => id === "breadth.advancers")?.value).toBe(0.4);
    expect(second.gate.components.find(({ id }) => id === "KOSDAQ.change")?.points).toBe(0);
    expect(second.at).toBeGreaterThan(first.at);
    // Nothing has moved: it is the same, with its time.
    await stage.pass(30_000);
    expect(gate()).toBe(second);
    await stage.at("2026-09-16T15:50:00");
    expect(gate()).toBe(second);
    await stage.at("2026-09-17T08:58:00");
    expect(gate()).toBeNull();
  });

  it("[DR17] takes the breadth of the session where that was judged, and waits where the book gives no closes", async ({
    expect,
  }) => {
    stage.formingEveryMs = 60_000;
    stage.birth();
    await stage.open([]);
    await stage.at("2026-09-16T09:30:00");
    stage.failing = "gateBasis";
    await move("KOSPI", CLOSE + 10);
    await move("KOSDAQ", CLOSE + 10);
    await stage.pass(5_000);
    expect(gate()).toBeNull();
    expect(stage.event("gate_not_made")).toHaveLength(1);
    stage.failing = null;
    await stage.pass(10_000);
    expect([gate()?.meansOf, gate()?.gate.confidence]).toEqual([dayOf("2026-09-16"), 1]);
  });
});
