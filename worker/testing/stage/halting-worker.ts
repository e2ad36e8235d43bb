/**
 * The shipped Worker, but every call of a book or a feed to a neighbour passes a gate of the test's own before it is made and
 * after it was answered (`GATE_URL`): a kill can wait for any await of an operation, however short that is.
 */
import { composeBook, composeFeed } from "../../compose.ts";
import { Book } from "../../market/book/book.ts";
import { Feed } from "../../market/feed/feed.ts";

export { default, Gateway, Topic } from "../../index.ts";

type Pass = (place: string) => Promise<void>;

/** The gate answers at once, or not before the process is killed. Without a gate nothing waits. */
function passOf(env: Env): Pass {
  const url: unknown = Reflect.get(env, "GATE_URL");
  return async (place) => {
    if (typeof url === "string") {
      await (await fetch(`${url}/${place}`)).text();
    }
  };
}

/** The port with a gate before and after each of its calls; all of them are asynchronous. */
function gated<T extends object>(name: string, port: T, pass: Pass): T {
  return new Proxy(port, {
    get(target, key) {
      const call: unknown = Reflect.get(target, key);
      if (typeof call !== "function") {
        return call;
      }
      return async (...args: readonly unknown[]): Promise<unknown> => {
        const place = `${name}.${String(key)}`;
        await pass(`${place}/before`);
        const answer: unknown = await Reflect.apply(call, target, args);
        await pass(`${place}/after`);
        return answer;
      };
    },
  });
}

export class MarketBook extends Book {
  constructor(ctx: DurableObjectState, env: Env) {
    const [ports, pass] = [composeBook(env), passOf(env)];
    super(ctx, env, {
      ...ports,
      ledger: gated("ledger", ports.ledger, pass),
      outcomes: gated("outcomes", ports.outcomes, pass),
      instruments: gated("instruments", ports.instruments, pass),
      publisher: gated("publisher", ports.publisher, pass),
      retention: gated("retention", ports.retention, pass),
      settings: gated("settings", ports.settings, pass),
      feed: (exchange) => gated("feed", ports.feed(exchange), pass),
    });
  }
}

export class MarketFeed extends Feed {
  constructor(ctx: DurableObjectState, env: Env) {
    const [ports, pass] = [composeFeed(env), passOf(env)];
    super(ctx, env, {
      ...ports,
      instruments: gated("instruments", ports.instruments, pass),
      book: (exchange) => gated("book", ports.book(exchange), pass),
    });
  }
}
