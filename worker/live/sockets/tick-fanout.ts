/** A tick, shared out: each session gets its group's share, without what it was sent by another way. */
import type { Fragment } from "../../app/ports/live.ts";
import type { Tick } from "./tick-queue.ts";
import type { SubscriberGroup } from "./topic-index.ts";

/** `chosenBy`: the topics of the group whose whole share `fragments` are; `null`: they are this session's own share. */
type Push = (session: string, fragments: readonly Fragment[], chosenBy: ReadonlySet<string> | null) => void;

/** Pushes once to each session with values, and to each that is to be looked at. A push may end sessions, and move others to other groups. */
export function fanOutTick(
  { values, woken, sent }: Tick,
  groupsOf: (topic: string) => Iterable<SubscriberGroup>,
  push: Push,
): void {
  const groups = new Set<SubscriberGroup>();
  for (const topic of values.keys()) {
    for (const group of groupsOf(topic)) {
      groups.add(group);
    }
  }
  const waiting = new Set(woken);
  for (const { topics, sessions } of groups) {
    const share = Array.from(values.values()).filter(({ topic }) => topics.has(topic));
    for (const session of sessions) {
      const known = sent.get(session);
      if (known === undefined) {
        push(session, share, topics);
      } else {
        const unknown = share.filter((fragment) => !known.has(fragment));
        push(session, unknown, null);
      }
      waiting.delete(session);
    }
  }
  for (const session of waiting) {
    push(session, [], null);
  }
}
