/**
 * The shipped Worker, that lives at another time than this machine: an evening in Seoul can be had at any hour, and a vendor's
 * spacing of calls need not be waited for. Everything else is the platform's: objects, alarms, D1, HTTP to the vendors.
 */
import { composeAlerts, composeBook, composeFeed } from "../../compose.ts";
import { handlersOf } from "../../handlers.ts";
import { Book } from "../../market/book/book.ts";
import { Feed } from "../../market/feed/feed.ts";
import { Notifier } from "../../notify/notifier.ts";
import type { Time } from "../../platform/system-clock.ts";
import { OtherTime } from "./other-time.ts";

export { Gateway, Topic } from "../../index.ts";

function timesOf(env: Env): Time & { readonly own: OtherTime } {
  const numberOf = (name: string, otherwise: number): number => Number(Reflect.get(env, name) ?? otherwise);
  const own = new OtherTime({
    origin: numberOf("TIME_ORIGIN", 0),
    shift: numberOf("TIME_SHIFT", 0),
    speed: numberOf("TIME_SPEED", 1),
  });
  return {
    own,
    clock: own,
    wait: async (ms) => {
      await new Promise((resolve) => {
        setTimeout(resolve, ms / own.speed);
      });
    },
  };
}

/** The platform rings by this machine's clock. */
function ringInTime(storage: DurableObjectStorage, time: OtherTime): void {
  const setAlarm = storage.setAlarm.bind(storage);
  Object.defineProperty(storage, "setAlarm", {
    value: async (at: number) => setAlarm(time.realOf(at)),
  });
}

export class MarketBook extends Book {
  constructor(ctx: DurableObjectState, env: Env) {
    const time = timesOf(env);
    ringInTime(ctx.storage, time.own);
    super(ctx, env, composeBook(env, time));
  }
}

export class MarketFeed extends Feed {
  constructor(ctx: DurableObjectState, env: Env) {
    const time = timesOf(env);
    ringInTime(ctx.storage, time.own);
    super(ctx, env, composeFeed(env, time));
  }
}

export class Alerts extends Notifier {
  constructor(ctx: DurableObjectState, env: Env) {
    const time = timesOf(env);
    ringInTime(ctx.storage, time.own);
    super(ctx, env, composeAlerts(env, time));
  }
}

// oxlint-disable-next-line no-console -- the dev server of a stage prints warnings alone, and a line that only informs may hold a secret too
console.info = console.warn;

export default handlersOf(timesOf);
