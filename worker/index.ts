/** The entry: requests, the clock, and the shells of the Durable Objects. */
import { composeBook, composeFeed, composeGateway, composeHttp, composeTopic } from "./compose.ts";
import { appPerEnv } from "./http/app.ts";
import { SocketGateway } from "./live/gateway/gateway.ts";
import { TopicStream } from "./live/topic/topic.ts";
import { Book } from "./market/book/book.ts";
import { Feed } from "./market/feed/feed.ts";

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

const appOf = appPerEnv(composeHttp);

export default {
  fetch(request, env, ctx) {
    return appOf(env).fetch(request, env, ctx);
  },

  /** The evening scan of the active exchange. A day without a new session leaves a skipped run, so that it can be seen. */
  async scheduled(_controller, env) {
    const ports = composeHttp(env);
    await ports
      .book(await ports.settings.activeExchange())
      .run({ kind: "cron", market: null, topN: 0, minScore: 0 });
  },
} satisfies ExportedHandler<Env>;
