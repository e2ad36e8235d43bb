/** The Durable Objects of this program, by the names of their bindings in wrangler.toml, with the calls that each answers. */
import type { SocketGateway } from "../../live/gateway/gateway.ts";
import type { TopicStream } from "../../live/topic/topic.ts";
import type { Book } from "../../market/book/book.ts";
import type { Feed } from "../../market/feed/feed.ts";

export interface ObjectBindings {
  readonly MARKET_BOOK: DurableObjectNamespace<Book>;
  readonly MARKET_FEED: DurableObjectNamespace<Feed>;
  readonly TOPIC: DurableObjectNamespace<TopicStream>;
  readonly GATEWAY: DurableObjectNamespace<SocketGateway>;
}
