/** The entry: requests, the clock, and the shells of the Durable Objects. */
import { composeAlerts, composeBook, composeFeed, composeGateway, composeTopic } from "./compose.ts";
import { handlersOf } from "./handlers.ts";
import { SocketGateway } from "./live/gateway/gateway.ts";
import { TopicStream } from "./live/topic/topic.ts";
import { Book } from "./market/book/book.ts";
import { Feed } from "./market/feed/feed.ts";
import { Notifier } from "./notify/notifier.ts";
import { systemTime } from "./platform/system-clock.ts";

export class MarketBook extends Book {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, composeBook(env));
  }
}

export class MarketFeed extends Feed {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, composeFeed(env));
  }
}

export class Topic extends TopicStream {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, composeTopic(env));
  }
}

export class Gateway extends SocketGateway {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, composeGateway(env));
  }
}

export class Alerts extends Notifier {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, composeAlerts(env));
  }
}

export default handlersOf(() => systemTime);
