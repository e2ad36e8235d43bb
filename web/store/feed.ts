/** Where live prices stand, and the clock of their session: the demo's runs apart from the reader's. */
import { type Accessor, createMemo, createSignal } from "solid-js";
import type { FeedUpdate } from "../../worker/protocol/messages/live-update.ts";
import type { ActiveExchange } from "./exchange.ts";
import type { LiveConnection } from "./live-socket.ts";

/** `clock`: the feed's own time when it said so, `at`: the server's. A feed of state `none` is no failure: the exchange has closes only. */
export interface Feed extends Readonly<FeedUpdate["data"]> {
  readonly at: string;
}

/** `null` before the feed of the active exchange has said anything. */
export function createFeed(live: LiveConnection, exchange: ActiveExchange): Accessor<Feed | null> {
  const [said, setSaid] = createSignal<Feed | null>(null);
  live.listen("feed", {
    message: (update) => {
      if (update.type === "feed_update") {
        exchange.accepts(update.data.exchange);
        // Kept also when it is not of the active exchange: after a switch it may come first, and it is not said again.
        setSaid({ ...update.data, at: update.timestamp });
      }
    },
  });
  return createMemo(() => {
    const feed = said();
    return feed !== null && feed.exchange === exchange.active() ? feed : null;
  });
}
