/** The shipped Worker but for one neighbour: no topic can be reached, so that what a scan saved stays in the outbox. */
import type { Publisher } from "../../app/ports/live.ts";
import { composeBook } from "../../compose.ts";
import { Book } from "../../market/book/book.ts";

export { Alerts, default, Gateway, MarketFeed, Topic } from "../../index.ts";

const NO_TOPIC: Publisher = { publish: () => Promise.reject(new Error("The topic is out of reach")) };

export class MarketBook extends Book {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { ...composeBook(env), publisher: NO_TOPIC });
  }
}
