/** The object of a stream, and where it lives: near Seoul, where the data and most readers are. */
import type { ObjectBindings } from "./bindings.ts";

const PLACE = { locationHint: "apac-ne" } as const;

export function topicObject(
  topics: ObjectBindings["TOPIC"],
  topic: string,
): ReturnType<ObjectBindings["TOPIC"]["getByName"]> {
  return topics.getByName(topic, PLACE);
}
