/** The {@link OwnedFeedPort}, {@link QuotingFeed} and {@link BookListener} over RPC: one `MarketFeed` object an exchange, named after it. */
import type { BookListener, OwnedFeedPort, QuotingFeed } from "../../app/ports/live.ts";
import { asking } from "../../app/ports/neighbour-error.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { ObjectBindings } from "./bindings.ts";

const PLACE = { locationHint: "apac-ne" } as const;

export function marketFeed(
  feeds: ObjectBindings["MARKET_FEED"],
  exchange: Exchange,
): OwnedFeedPort & QuotingFeed & BookListener {
  const feed = (): ReturnType<ObjectBindings["MARKET_FEED"]["getByName"]> => feeds.getByName(exchange, PLACE);
  return {
    want: async (gateway, topics, at) =>
      asking("MarketFeed", "want", async () => feed().want(gateway, topics, at)),
    latest: async (tickers, codes) =>
      asking("MarketFeed", "latest", async () => feed().latest(tickers, codes)),
    status: async () => asking("MarketFeed", "status", async () => feed().status()),
    failures: async () => asking("MarketFeed", "failures", async () => feed().failures()),
    command: async (command) => asking("MarketFeed", "command", async () => feed().command(command)),
    onBookEvent: async (event) => asking("MarketFeed", "onBookEvent", async () => feed().onBookEvent(event)),
    beginEpoch: async () => asking("MarketFeed", "beginEpoch", async () => feed().beginEpoch()),
  };
}
