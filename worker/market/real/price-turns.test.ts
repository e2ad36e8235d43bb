import { describe, it } from "vitest";
import type { Answer, MarketQuote } from "../../app/ports/market-sources.ts";
import { calendarDay } from "../../core/calendar/krx-calendar.ts";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import { tickerOf } from "../../core/nominal.ts";
import { VirtualClock } from "../../testing/fakes/virtual-clock.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { assert } from "../../core/assert.ts";
import { PriceTurns } from "./price-turns.ts";
import { SessionValues } from "./session-values.ts";
import { SignalPrices } from "./signal-prices.ts";

const clockAt = (time: string): VirtualClock => new VirtualClock(Date.parse(`2026-09-16T${time}+09:00`));

function valuesOf(clock: VirtualClock): SessionValues {
  const hours = calendarDay(tradingDayAt(clock.now()));
  assert(hours.kind === "session", "A day with a session");
  return new SessionValues(hours);
}

describe("a question for every share", () => {
  it("[DR15] that comes while a turn is under way follows that turn's answer, and waits for no other time", async ({
    expect,
  }) => {
    const clock = clockAt("10:00:00");
    const asked: number[] = [];
    const answers: (() => void)[] = [];
    const book = {
      quotes: async (tickers: readonly string[]): Promise<Answer<readonly MarketQuote[]>> => {
        asked.push(tickers.length);
        await new Promise<void>((resolve) => answers.push(resolve));
        return { status: "ok", value: [], at: clock.now() };
      },
    };
    const turns = new PriceTurns({ clock, log: new MemoryLog(), book: () => book });
    turns.begin();
    const [one, other] = [tickerOf("005930"), tickerOf("000660")];
    const values = valuesOf(clock);
    const turn = turns.next({ followed: [], polled: [one], dropped: 0 }, values);
    const all = turns.all({ followed: [one], polled: [other], dropped: 0 }, values);
    expect(asked).toEqual([1]);
    answers.shift()?.();
    await turn;
    // A further turn is none while everything is asked for.
    await turns.next({ followed: [one], polled: [other], dropped: 0 }, values);
    await expect.poll(() => asked).toEqual([1, 2]);
    answers.shift()?.();
    expect(await all).toBe(true);
    expect(asked).toEqual([1, 2]);
  });
});

describe("a neighbour that fails", () => {
  it("[DR6] is asked for prices at the next turn, and not for every share that it did not answer", async ({
    expect,
  }) => {
    const clock = clockAt("10:00:00");
    let asked = 0;
    const book = {
      quotes: (): Promise<never> => {
        asked += 1;
        return Promise.reject(new Error("no answer"));
      },
    };
    const turns = new PriceTurns({ clock, log: new MemoryLog(), book: () => book });
    turns.begin();
    const polled = Array.from({ length: 100 }, (_, n) => tickerOf(String(100_000 + n)));
    const values = valuesOf(clock);
    for (let second = 0; second < 120; second++) {
      await turns.next({ followed: [], polled, dropped: 0 }, values);
      clock.advance(1_000);
    }
    expect(asked).toBeGreaterThanOrEqual(5);
    expect(asked).toBeLessThanOrEqual(8);
  });

  it("[DR4] is sent the prices of signals once a second, however many ticks come", async ({ expect }) => {
    const clock = clockAt("10:00:00");
    let sent = 0;
    const book = {
      tick: (): Promise<never> => {
        sent += 1;
        return Promise.reject(new Error("no answer"));
      },
    };
    const prices = new SignalPrices({ clock, log: new MemoryLog(), book: () => book });
    const values = valuesOf(clock);
    for (let tick = 0; tick < 100; tick++) {
      await prices.send(values);
      clock.advance(100);
    }
    expect(sent).toBe(10);
  });

  it("[DR4] leaves the shares with open signals as they were named last", async ({ expect }) => {
    const clock = clockAt("10:00:00");
    let isFailing = false;
    const book = {
      tick: (): Promise<readonly string[]> =>
        isFailing ? Promise.reject(new Error("no answer")) : Promise.resolve(["005930"]),
    };
    const prices = new SignalPrices({ clock, log: new MemoryLog(), book: () => book });
    const values = valuesOf(clock);
    await prices.send(values);
    isFailing = true;
    prices.forget();
    clock.advance(1_000);
    await prices.send(values);
    expect(prices.tickers).toEqual(["005930"]);
  });
});
