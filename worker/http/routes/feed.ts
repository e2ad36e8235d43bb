/** `/feed.xml`: the newest of the alert log for readers of feeds (RT48). */
import { etag } from "hono/etag";
import { atomFeed, MOST_ENTRIES } from "./atom-feed.ts";
import { FeedQuery } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";

const DAY_MS = 86_400_000;

/** Of the active exchange: a subscriber follows what the installation shows. */
export function feedRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.hono.use("/feed.xml", etag());
  routes.get("/feed.xml", {
    summary: "The newest 100 events of the active exchange as an Atom feed.",
    query: FeedQuery,
    answer: { type: "application/atom+xml" },
    example: { query: "?lang=en" },
    handle: async (c, { lang }) => {
      const exchange = await chosenExchange(ports, c.get("judged"));
      const logged = await ports.alertLog.newest(exchange, MOST_ENTRIES);
      const feed = await atomFeed({
        exchange,
        language: lang,
        events: logged.map(({ event }) => event),
        origin: ports.publicUrl ?? new URL(c.req.url).origin,
        // By days, so that an empty feed keeps its tag.
        at: Math.floor(ports.clock.now() / DAY_MS) * DAY_MS,
      });
      return c.body(feed, 200, { "Content-Type": "application/atom+xml; charset=utf-8" });
    },
  });

  return routes;
}
