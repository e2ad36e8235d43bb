/** The feed of the active exchange: what gateways ask, whichever exchange that is at the moment. */
import type { FeedPort } from "../../app/ports/live.ts";
import type { Settings } from "../../app/ports/settings.ts";
import type { Exchange } from "../../core/instrument.ts";

export function activeFeed(
  settings: Pick<Settings, "activeExchange">,
  feed: (exchange: Exchange) => FeedPort,
): FeedPort {
  const active = async (): Promise<FeedPort> => feed(await settings.activeExchange());
  return {
    want: async (gateway, topics, at) => (await active()).want(gateway, topics, at),
    status: async () => (await active()).status(),
  };
}
