/** The entry: requests, the clock, and the shells of the Durable Objects. */
import { followMarket } from "./app/jobs/days/follow-market.ts";
import { keepWatch } from "./app/jobs/keep-watch.ts";
import { scheduledScan } from "./app/jobs/scheduled-scan.ts";
import {
  composeBook,
  composeFeed,
  composeFollow,
  composeGateway,
  composeHttp,
  composeScheduledScan,
  composeTopic,
  composeWatch,
} from "./compose.ts";
import { isEveningScan } from "./app/scan-schedule.ts";
import { appPerEnv } from "./http/app.ts";
import { isCronFromFront, isFromFront, notFromFront } from "./http/request/front-key.ts";
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
    return isFromFront(request.headers, env.FRONT_KEY) ? appOf(env).fetch(request, env, ctx) : notFromFront();
  },

  async scheduled({ cron, scheduledTime }, env) {
    if (isCronFromFront(cron, env.FRONT_KEY)) {
      const sources = composeFollow(env);
      const market = sources === null ? null : followMarket(sources);
      try {
        await (isEveningScan(scheduledTime)
          ? scheduledScan(composeScheduledScan(env))
          : keepWatch(composeWatch(env)));
      } finally {
        await market;
      }
    }
  },
} satisfies ExportedHandler<Env>;
