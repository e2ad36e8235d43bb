/** The {@link Publisher} over `Topic` objects: the topic's name is the object's name. */
import type { Publisher } from "../../app/ports/publisher.ts";

/** Streams are sequenced near Seoul, where the data and most readers are. */
const PLACE = { locationHint: "apac-ne" } as const;

export function makeTopicPublisher(topics: Env["TOPIC"]): Publisher {
  return {
    async publish({ id, exchange, topic, body }) {
      await topics.getByName(topic, PLACE).publish({ id, exchange, body });
    },
  };
}
