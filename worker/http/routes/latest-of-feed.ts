/** The present values of the feed of an exchange. Never fails: the caller has the closes of the book instead. */
import { logFailure } from "../../app/ports/log.ts";
import type { LatestQuotes } from "../../app/ports/live.ts";
import type { Exchange, IndexCode } from "../../core/instrument/instrument.ts";
import type { HttpPorts } from "../request/ports.ts";
import { within } from "../../platform/within.ts";

/** In milliseconds; a reader who could have the closes does not wait longer for newer values. */
const PATIENCE_MS = 2_000;

const NOTHING: LatestQuotes = { prices: [], indices: [] };

/** One call of the feed. Nothing where no feed is served, and from one that fails or is silent for {@link PATIENCE_MS}. */
export async function latestOfFeed(
  ports: Pick<HttpPorts, "feed" | "log">,
  exchange: Exchange,
  tickers: readonly string[],
  codes: readonly IndexCode[],
): Promise<LatestQuotes> {
  const feed = ports.feed?.(exchange);
  if (feed === undefined) {
    return NOTHING;
  }
  try {
    return await within(PATIENCE_MS, "MarketFeed", feed.latest(tickers, codes));
  } catch (error) {
    logFailure(ports.log, "feed_quotes_failed", error, { exchange, neighbour: "MarketFeed" });
    return NOTHING;
  }
}
