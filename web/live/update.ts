/** The messages of topics among all that a server sends: what listeners get. */
import type { ServerMessage } from "../../worker/protocol/messages/server-message.ts";

type AboutTheSocket = "connected" | "subscribed" | "unsubscribed" | "reset" | "error" | "pong";

/** A message of a topic: everything but the messages about the socket itself. */
export type Update = Exclude<ServerMessage, { readonly type: AboutTheSocket }>;

/** Of one topic, in order. */
export interface TopicListener {
  message(update: Update): void;
  /** Continuity was lost: what was built from earlier messages is void. A snapshot follows unless the topic is empty. */
  reset?(): void;
}
