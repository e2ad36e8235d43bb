/**
 * Which sessions want which topics. Sessions that want exactly the same topics form a group: what is due to them is found and
 * put together once, so a thousand readers of one list cost little more than one.
 */

/** Sessions that want exactly the same topics get the same text, joined once (decision 020). */
export interface SubscriberGroup {
  readonly topics: ReadonlySet<string>;
  readonly sessions: ReadonlySet<string>;
}

interface OpenGroup extends SubscriberGroup {
  readonly sessions: Set<string>;
}

const NONE: ReadonlySet<SubscriberGroup> = new Set();

/** The key of a set of topics, made once: sets are replaced, never changed. */
const keys = new WeakMap<ReadonlySet<string>, string>();

/** Topics to the groups that want them. */
export class TopicIndex {
  readonly #groups = new Map<string, OpenGroup>();
  readonly #byTopic = new Map<string, Set<SubscriberGroup>>();

  isWanted(topic: string): boolean {
    return this.#byTopic.has(topic);
  }

  groups(topic: string): ReadonlySet<SubscriberGroup> {
    return this.#byTopic.get(topic) ?? NONE;
  }

  topics(): Iterable<string> {
    return this.#byTopic.keys();
  }

  /** Topics with the number of sessions that listen to each. */
  counts(): ReadonlyMap<string, number> {
    return new Map(
      Array.from(this.#byTopic, ([topic, groups]) => [
        topic,
        Array.from(groups).reduce((sum, { sessions }) => sum + sessions.size, 0),
      ]),
    );
  }

  /** The set of the group that wants exactly these topics, so that equal sets are one object; without a group the given set. */
  sharedBy(topics: ReadonlySet<string>): ReadonlySet<string> {
    return this.#groups.get(keyOf(topics))?.topics ?? topics;
  }

  /** Moves a session from what it wanted to what it wants; returns the topics that nobody wants any more. */
  move(session: string, from: ReadonlySet<string>, to: ReadonlySet<string>): readonly string[] {
    const [before, after] = [keyOf(from), keyOf(to)];
    if (before === after) {
      return [];
    }
    this.#enter(session, after, to);
    return this.#leave(session, before);
  }

  #enter(session: string, key: string, topics: ReadonlySet<string>): void {
    const known = this.#groups.get(key);
    if (known !== undefined) {
      known.sessions.add(session);
      return;
    }
    if (topics.size === 0) {
      return;
    }
    const group = { topics, sessions: new Set([session]) };
    this.#groups.set(key, group);
    for (const topic of topics) {
      const groups = this.#byTopic.get(topic);
      if (groups) {
        groups.add(group);
      } else {
        this.#byTopic.set(topic, new Set([group]));
      }
    }
  }

  #leave(session: string, key: string): readonly string[] {
    const group = this.#groups.get(key);
    if (group === undefined || !group.sessions.delete(session) || group.sessions.size > 0) {
      return [];
    }
    this.#groups.delete(key);
    return Array.from(group.topics).filter((topic) => {
      const groups = this.#byTopic.get(topic);
      groups?.delete(group);
      return groups?.size === 0 && this.#byTopic.delete(topic);
    });
  }
}

function keyOf(topics: ReadonlySet<string>): string {
  const known = keys.get(topics);
  if (known !== undefined) {
    return known;
  }
  const key = Array.from(topics).toSorted().join(" ");
  keys.set(topics, key);
  return key;
}
