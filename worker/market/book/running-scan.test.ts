import { describe, it } from "vitest";
import { sessionsIn } from "../../app/jobs/scan-bars.ts";
import type { Answer, MarketQuote } from "../../app/ports/market-sources.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { MemoryInstruments } from "../../testing/memory/memory-ports.ts";
import { runningSession } from "../../testing/memory/running-session.ts";
import { stageScan, START } from "../../testing/memory/scan-stage.ts";
import { RunningScan } from "./running-scan.ts";

/** A book of the evening before, and a vendor that answers with the session's prices until a test has it do otherwise. */
function setUp() {
  const stage = stageScan();
  const { session, evening } = runningSession(stage, 1);
  const { quotes, ...moment } = session;
  const log = new MemoryLog();
  const state = {
    lastDay: sessionsIn(evening).at(-1) ?? null,
    isBusy: false,
    answer: { status: "ok", value: quotes, at: START } as Answer<readonly MarketQuote[]>,
    asked: 0,
    now: START,
    hold: Promise.resolve(),
  };
  const scan = new RunningScan({
    ports: { clock: { now: () => state.now }, ledger: stage.ledger, instruments: new MemoryInstruments() },
    log,
    bars: Object.assign(evening, {
      tickers: () => Array.from(evening.listings(), ({ ticker }) => ticker),
      summary: () => ({ lastDay: state.lastDay }),
    }),
    quotes: async (tickers) => {
      state.asked += tickers.length;
      await state.hold;
      state.now += 6_000;
      return state.answer;
    },
    exchange: () => "KRX",
    isBusy: () => state.isBusy,
  });
  return { stage, state, scan, moment, quotes, log };
}

/** Of thirteen shares, as the session so far has them. */
const BREADTH = { above200: 2 / 13, above50: 3 / 13, advancers: 6 / 13, newHighsLessLows: -4 / 13 };

describe("the judgement of a running session", () => {
  it("[BK63] asks for every share of the book, keeps the list in memory until the book has the session, and saves nothing", async ({
    expect,
  }) => {
    const { stage, state, scan, moment } = setUp();
    expect(scan.list()).toBeNull();
    expect(await scan.judge(moment)).toEqual({ at: START, count: 1, breadth: BREADTH });
    expect(state.asked).toBe(13);
    expect(scan.list()?.signals.map(({ signal }) => signal.bornOn)).toEqual([moment.day]);
    expect([stage.ledger.saves, stage.ledger.stored]).toEqual([[], []]);
    state.lastDay = moment.day;
    expect(scan.list()).toBeNull();
  });

  it("[BK63] judges one at a time and not beside a run; a vendor without prices, or too few of them, leaves the list of before", async ({
    expect,
  }) => {
    const { state, scan, moment, quotes, log } = setUp();
    const first = scan.judge(moment);
    expect(await scan.judge(moment)).toBeNull();
    expect(await first).toMatchObject({ count: 1 });
    state.isBusy = true;
    expect([await scan.judge(moment), state.asked]).toEqual([null, 13]);
    state.isBusy = false;
    state.answer = { status: "not_ready", retryAt: 0 };
    expect(await scan.judge(moment)).toBeNull();
    state.answer = { status: "ok", value: quotes.slice(2), at: START };
    expect(await scan.judge(moment)).toBeNull();
    expect(log.lines.map(({ event, fields }) => [event, fields["missing"], fields["quoted"]])).toEqual([
      ["session_not_judged", "not_ready", undefined],
      ["session_not_judged", "coverage", 11],
    ]);
    expect(scan.list()?.signals).toHaveLength(1);
  });
});
