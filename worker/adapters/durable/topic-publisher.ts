/** The {@link Publisher} over `Topic` objects: the topic's name is the object's name. */
import type { Publisher } from "../../app/ports/publisher.ts";
import { asking } from "../../app/ports/neighbour-error.ts";
import { topicObject } from "./topic-object.ts";
import type { ObjectBindings } from "./bindings.ts";

export function makeTopicPublisher(topics: ObjectBindings["TOPIC"]): Publisher {
  return {
    async publish({ id, exchange, topic, body }) {
      await asking("Topic", "publish", async () =>
        topicObject(topics, topic).publish({ id, exchange, body }),
      );
    },
  };
}
