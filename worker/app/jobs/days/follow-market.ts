/** The clock's turn of a real market: the book of the exchange knows what is due and asks the vendors itself. */
import { type Log, logFailure } from "../../ports/log.ts";
import type { MarketDaysPort } from "../../ports/market-sources.ts";

export interface FollowPorts {
  readonly log: Log;
  readonly book: MarketDaysPort;
}

/** Never rejects: what could not be begun is due again at the next turn, in ten minutes. */
export async function followMarket({ book, log }: FollowPorts): Promise<void> {
  try {
    await book.followMarket();
  } catch (error) {
    logFailure(log, "market_not_followed", error, {}, "error");
  }
}
