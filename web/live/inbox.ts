/** One message of the server after the other: judged by the place of its topic, and delivered to its listeners exactly once. */
import { assertNever } from "../../worker/core/assert.ts";
import type { FeedUpdate } from "../../worker/protocol/messages/live-update.ts";
import type { Connected } from "../../worker/protocol/messages/session-message.ts";
import type { ServerMessage } from "../../worker/protocol/messages/server-message.ts";
import type { Flow } from "./connection-event.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { Judgement } from "./topic-entry.ts";
import type { TopicListeners } from "./topic-listeners.ts";
import type { Update } from "./update.ts";

/** What the connection learns from a message. */
export interface Taken {
  /** It brought something new. */
  readonly data: boolean;
  readonly flow?: Flow;
  readonly hello?: Connected;
}

const NOTHING_NEW: Taken = { data: false };

/** `at` in milliseconds on the client's clock. */
export function takeMessage(
  message: ServerMessage,
  at: number,
  subscriptions: Subscriptions,
  listeners: TopicListeners,
): Taken {
  switch (message.type) {
    case "connected":
      return { data: false, hello: message };
    case "subscribed":
      return deliverReset(message.topic, subscriptions.onSubscribed(message), listeners);
    case "reset":
      return deliverReset(message.topic, subscriptions.onReset(message, at), listeners);
    case "error":
      subscriptions.onError(message, at);
      return NOTHING_NEW;
    case "unsubscribed":
    case "pong":
      return NOTHING_NEW;
    case "signal_update":
    case "market_gate_update":
    case "price_update":
    case "index_update":
    case "scan_update":
    case "feed_update":
      return takeUpdate(message, subscriptions, listeners);
  }
}

function takeUpdate(update: Update, subscriptions: Subscriptions, listeners: TopicListeners): Taken {
  const judgement = subscriptions.judge(update);
  if (judgement !== "apply") {
    return deliverReset(update.topic, judgement, listeners);
  }
  listeners.deliver({ type: "update", update });
  return update.type === "feed_update" ? { data: true, flow: flowOf(update.data) } : { data: true };
}

function deliverReset(topic: string, judgement: Judgement, listeners: TopicListeners): Taken {
  if (judgement === "reset") {
    listeners.deliver({ type: "reset", topic });
  }
  return NOTHING_NEW;
}

/** Whether values should be flowing, by the feed's own state. */
function flowOf({ state, session }: FeedUpdate["data"]): Flow {
  switch (state) {
    case "live":
      return session === "closed" || session === "break" ? "resting" : "flowing";
    case "stale":
      return "stalled";
    case "preparing":
    case "paused":
    case "closed":
    case "none":
      return "resting";
    default:
      return assertNever(state);
  }
}
