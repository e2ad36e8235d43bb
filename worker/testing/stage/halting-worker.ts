/**
 * The shipped Worker, but every call of an object to a neighbour passes a gate of the test's own before it is made and after it
 * was answered (`GATE_URL`): a kill can wait for any await of an operation, however short that is.
 */
import { composeAlerts, composeBook, composeFeed, composeGateway, composeTopic } from "../../compose.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { SocketGateway } from "../../live/gateway/gateway.ts";
import { TopicStream } from "../../live/topic/topic.ts";
import { Book } from "../../market/book/book.ts";
import { Feed } from "../../market/feed/feed.ts";
import { Notifier } from "../../notify/notifier.ts";

export { default } from "../../index.ts";

type Pass = (place: string) => Promise<void>;

/** The gate answers at once, or not before the process is killed. Without a gate nothing waits. */
function passOf(env: Env): Pass {
  const url: unknown = Reflect.get(env, "GATE_URL");
  return async (place) => {
    if (typeof url === "string") {
      await (await fetch(`${url}/${encodeURI(place)}`)).text();
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
    const followers = gated("switch", { follow: async (to: Exchange) => ports.followSwitch(to) }, pass);
    super(ctx, env, {
      ...ports,
      followSwitch: async (exchange) => followers.follow(exchange),
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
      settings: gated("settings of the feed", ports.settings, pass),
      instruments: gated("instruments", ports.instruments, pass),
      book: (exchange) => gated("book", ports.book(exchange), pass),
    });
  }
}

export class Topic extends TopicStream {
  constructor(ctx: DurableObjectState, env: Env) {
    const [ports, pass] = [composeTopic(env), passOf(env)];
    const name = `of ${ctx.id.name ?? ""}`;
    super(ctx, env, {
      ...ports,
      settings: gated(`settings ${name}`, ports.settings, pass),
      book: (exchange) => gated(`book ${name}`, ports.book(exchange), pass),
    });
  }
}

export class Gateway extends SocketGateway {
  constructor(ctx: DurableObjectState, env: Env) {
    const [ports, pass] = [composeGateway(env), passOf(env)];
    const name = `of ${ctx.id.name ?? ""}`;
    super(ctx, env, {
      ...ports,
      settings: gated(`settings ${name}`, ports.settings, pass),
      feed: (exchange) => gated(`feed ${name}`, ports.feed(exchange), pass),
    });
  }
}

export class Alerts extends Notifier {
  constructor(ctx: DurableObjectState, env: Env) {
    const [ports, pass] = [composeAlerts(env), passOf(env)];
    super(ctx, env, {
      ...ports,
      settings: gated("settings of alerts", ports.settings, pass),
      alertLog: gated("alert log", ports.alertLog, pass),
      rules: gated("alert rules", ports.rules, pass),
    });
  }
}
