/** The shipped Worker but for one neighbour: no topic can be reached, so that what a scan saved stays in the outbox. */
import { composeBook } from "../../compose.ts";
import { Book } from "../../market/book/book.ts";

export { default, Gateway, MarketFeed, Topic } from "../../index.ts";

export class MarketBook extends Book {
  constructor(ctx: DurableObjectState, env: Env) {
    const publish = (): Promise<void> => Promise.reject(new Error("The topic is out of reach"));
    super(ctx, env, { ...composeBook(env), publisher: { publish } });
  }
}
