/** The {@link TopicPort} over RPC: one `Topic` object a stream, named after it. */
import type { TopicPort } from "../../app/ports/live.ts";
import { asking } from "../../app/ports/neighbour-error.ts";
import { topicObject } from "./topic-object.ts";
import type { ObjectBindings } from "./bindings.ts";

/** A stub dies with its object's process, so each call takes a new one. */
export function makeTopicPort(topics: ObjectBindings["TOPIC"], topic: string): TopicPort {
  return {
    subscribe: async (gateway, since) =>
      asking("Topic", "subscribe", async () => topicObject(topics, topic).subscribe(gateway, since)),
  };
}
