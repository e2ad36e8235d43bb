/** KW16: ticks and quotes that a machine of the owner's sent, as the session takes them: what contradicts itself is none. */
import { indexOfKey, type LiveKey, type Tick } from "../../app/ports/live-upstream.ts";
import type { Answer, MarketQuote } from "../../app/ports/market-sources.ts";
import { parseTradingDay } from "../../core/calendar/trading-day.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { PushedTick } from "../../protocol/messages/pushed-prices.ts";
import type { QuotesAnswer } from "../../protocol/rest/market-days.ts";

/** The machine goes by this program's clock, measured over a network. */
const CLOCKS_DIFFER_MS = 60_000;

function keyIn(name: string): LiveKey | null {
  return indexOfKey(name) ?? parseTicker("KRX", name);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

const isPriceOrNone = (value: number | null): boolean => value === null || value > 0;

/** `now` in milliseconds since the epoch. `null`: no name, no day, a time that has not come, or figures that contradict each other. */
export function tickIn(pushed: PushedTick, now: number): Tick | null {
  const [name, date, at, phase, isHalted, price, open, high, low, volume, base, bid, ask] = pushed;
  const [key, day] = [keyIn(name), parseTradingDay(date)];
  const isSound = low > 0 && low <= price && price <= high && low <= open && open <= high && isCount(volume);
  const isWhole = isSound && at <= now + CLOCKS_DIFFER_MS && [base, bid, ask].every(isPriceOrNone);
  return key === null || day === null || !isWhole
    ? null
    : { key, day, at, phase, isHalted, price, open, high, low, volume, base, bid, ask };
}

/** `null`: the vendor failed. `undefined`: something in it is no price. A quote of what was not asked for is left out. */
export function quotesIn(
  answer: QuotesAnswer,
  asked: readonly Ticker[],
  now: number,
): Answer<readonly MarketQuote[]> | null | undefined {
  switch (answer.status) {
    case "failed":
      return null;
    case "not_ready":
      return { status: "not_ready", retryAt: answer.retry_at };
    case "closed":
    case "denied":
      return answer;
    case "ok": {
      const byName = new Map<string, Ticker>(asked.map((ticker) => [ticker, ticker]));
      const value = answer.value.flatMap(
        ([name, price, open, high, low, volume, won, base]): readonly (MarketQuote | null)[] => {
          const ticker = byName.get(name);
          byName.delete(name);
          const isTraded = volume > 0;
          const isOne = isTraded ? low > 0 && low <= price && price <= high : price > 0;
          // A vendor's open can be that of the day before for half a minute: such a share waits for the next turn.
          const hasOwnOpen = !isTraded || (low <= open && open <= high);
          if (ticker === undefined || (isOne && !hasOwnOpen)) {
            return [];
          }
          return isOne && isCount(volume) && isPriceOrNone(base)
            ? [{ ticker, price, open, high, low, volume, value: won, base }]
            : [null];
        },
      );
      const quotes = value.flatMap((one) => one ?? []);
      const isLate = answer.at > now + CLOCKS_DIFFER_MS;
      if (isLate || quotes.length < value.length) {
        return undefined;
      }
      return quotes.length === 0
        ? { status: "not_ready", retryAt: now + CLOCKS_DIFFER_MS }
        : { status: "ok", value: quotes, at: Math.min(answer.at, now) };
    }
  }
}
