/** Two lives of one market side by side, one that sees prices and one that sees bars alone, checked session by session. */
import type { Signal } from "../../core/lifecycle/signal.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { causeFaults, lifeFaults, overdueFaults, storedFaults } from "./replay-checks.ts";
import { ReplayLife } from "./replay-life.ts";
import type { ReplayMarket } from "./replay-market.ts";

/** The list after one session. */
export interface ReplayedDay {
  readonly day: TradingDay;
  readonly open: readonly Signal[];
}

export interface Replayed {
  readonly days: readonly ReplayedDay[];
  readonly seen: ReplayLife;
  readonly faults: readonly string[];
}

/** Lives through the last `sessions` of the market. */
export async function replay(
  market: ReplayMarket,
  sessions: number,
  onDay: (done: number) => void = () => {},
): Promise<Replayed> {
  const seen = new ReplayLife(market, true);
  const unseen = new ReplayLife(market, false);
  const days: ReplayedDay[] = [];
  const faults: string[] = [];
  for (const day of market.sessions.slice(-sessions)) {
    const outcome = await seen.close(day);
    await unseen.close(day);
    // A session that is not scanned is not lived through, and a replay of none would hold every promise.
    if (outcome.status !== "done") {
      const why = outcome.status === "busy" ? "busy" : outcome.run.reason;
      faults.push(`${day} was not scanned: ${why}`);
    }
    faults.push(...lifeFaults(day, seen.today(day), unseen.today(day)), ...overdueFaults(seen.open()));
    days.push({ day, open: seen.open() });
    onDay(days.length);
  }
  for (const { ledger } of [seen, unseen]) {
    faults.push(
      ...storedFaults(
        ledger.stored.map(({ signal }) => signal),
        ledger.history,
      ),
      ...causeFaults(ledger.history),
    );
  }
  return { days, seen, faults };
}
