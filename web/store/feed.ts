/** Where live prices stand, and the clock of their session: the demo's runs apart from the reader's. */
import { type Accessor, createSignal } from "solid-js";
import type { FeedUpdate } from "../../worker/protocol/live-update.ts";
import type { ActiveExchange } from "./exchange.ts";
import type { LiveConnection } from "./live-socket.ts";

/** `clock`: the feed's own time when it said so, `at`: the server's. A feed of state `none` is no failure: the exchange has closes only. */
export interface Feed extends Readonly<FeedUpdate["data"]> {
  readonly at: string;
}

/** `null` before the feed has said anything. */
export function createFeed(live: LiveConnection, exchange: ActiveExchange): Accessor<Feed | null> {
  const [feed, setFeed] = createSignal<Feed | null>(null);
  live.listen("feed", {
    message: (update) => {
      if (update.type === "feed_update" && exchange.accepts(update.data.exchange)) {
        setFeed({ ...update.data, at: update.timestamp });
      }
    },
  });
  exchange.onSwitch(() => {
    setFeed(null);
  });
  return feed;
}
