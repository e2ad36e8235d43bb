/** The state of the live prices, and the clock of their session: the demo's clock is not the reader's. */
import { type Accessor, createMemo, createSignal } from "solid-js";
import type { FeedUpdate } from "../../worker/protocol/messages/live-update.ts";
import type { ActiveExchange } from "./exchange.ts";
import type { LiveConnection } from "./live-socket.ts";

/** `clock`: the feed's own time at the message, `at`: the server's. A feed of state `none` is no failure: the exchange has closes only. */
export interface Feed extends Readonly<FeedUpdate["data"]> {
  readonly at: string;
}

/** `null` before the first message of the active exchange's feed. */
export function createFeed(live: LiveConnection, exchange: ActiveExchange): Accessor<Feed | null> {
  const [latest, setLatest] = createSignal<Feed | null>(null);
  live.listen("feed", {
    message: (update) => {
      if (update.type === "feed_update") {
        exchange.accepts(update.data.exchange);
        // Kept also for another exchange than the active one: at a switch the feed may come first, and it is not sent again.
        setLatest({ ...update.data, at: update.timestamp });
      }
    },
  });
  return createMemo(() => {
    const feed = latest();
    return feed !== null && feed.exchange === exchange.active() ? feed : null;
  });
}
