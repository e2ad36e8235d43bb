/** The object of a stream, and where it lives: near Seoul, where the data and most readers are. */

const PLACE = { locationHint: "apac-ne" } as const;

export function topicObject(topics: Env["TOPIC"], topic: string): ReturnType<Env["TOPIC"]["getByName"]> {
  return topics.getByName(topic, PLACE);
}
