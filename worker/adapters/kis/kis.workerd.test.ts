import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { midnightOf, parseTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { tickerOf } from "../../core/nominal.ts";
import { SimulatedExchange } from "../../testing/fakes/exchange/simulated-exchange.ts";
import { FakeKis } from "../../testing/fakes/kis/fake-kis.ts";
import { VirtualClock } from "../../testing/fakes/virtual-clock.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { MemoryUpstreamStore } from "../../testing/memory/memory-upstream-store.ts";
import { makeDailyLimits } from "../upstream/daily-limits.ts";
import { type Kis, makeKis } from "./kis.ts";

function dayOf(text: string): TradingDay {
  const day = parseTradingDay(text);
  assert(day !== null, `${text} is a day`);
  return day;
}

const SESSION = dayOf("2026-09-16");

/** The fake answers in the same isolate: the platform's requests, answers, unpacking and decoding are the real ones. */
function stage(): { readonly kis: Kis; readonly exchange: SimulatedExchange; readonly log: MemoryLog } {
  const clock = new VirtualClock(midnightOf(SESSION) + (15 * 60 + 40) * 60_000);
  const exchange = new SimulatedExchange({
    first: dayOf("2026-08-03"),
    last: dayOf("2026-10-02"),
    names: 100,
    seed: 7,
  });
  const fake = new FakeKis({ exchange, clock, appKey: "key", appSecret: "secret" });
  const [store, log, wait] = [new MemoryUpstreamStore(), new MemoryLog(), clock.wait];
  const kis = makeKis(
    {
      restBase: "https://kis.invalid:9443",
      masterBase: "https://kis.invalid/common/master",
      appKey: "key",
      appSecret: "secret",
    },
    {
      fetch: async (request) => {
        const answer = await fake.handle(request);
        assert(typeof answer !== "string", "The fake answers");
        return answer;
      },
      clock,
      wait,
      random: () => 0.5,
      log,
      store,
      limits: makeDailyLimits({ store, clock, wait, log }),
    },
  );
  return { kis, exchange, log };
}

describe("KIS in the Worker's platform", () => {
  it("[KI12] quotes, charts, calendar and master are what they are in Node", async ({ expect }) => {
    const { kis, exchange, log } = stage();
    const rows = exchange.rows(SESSION);
    const tickers = rows.map(({ listing }) => listing.ticker);
    const quotes = await kis.snapshot.quotes(tickers);
    expect(quotes.status === "ok" ? quotes.value.map(({ price }) => price) : quotes).toEqual(
      rows.map(({ close }) => close),
    );
    const past = await kis.history.share(tickers[0] ?? tickerOf(""), dayOf("2026-09-01"), SESSION);
    expect(past.status === "ok" ? past.value.at(-1) : past).toMatchObject({
      close: "regular",
      final: false,
      row: { day: SESSION, close: rows[0]?.close },
    });
    const days = await kis.oracle.sessions(SESSION);
    expect(days.status === "ok" ? days.value.get(dayOf("2026-09-24")) : days).toBe(false);
    const master = await kis.master.instruments(SESSION);
    const names = (all: readonly { readonly name?: string | null }[]) => new Set(all.map(({ name }) => name));
    expect(master.status === "ok" ? names(master.value) : master).toEqual(
      names(rows.map(({ listing }) => listing)),
    );
    expect(log.lines).toEqual([]);
  });
});
