/**
 * Who listens to what. Sessions that want exactly the same topics form a circle: what is due to them is found and put together
 * once, so a thousand readers of one list cost little more than one.
 */

export interface Circle {
  readonly topics: ReadonlySet<string>;
  readonly sessions: ReadonlySet<string>;
}

interface OpenCircle extends Circle {
  readonly sessions: Set<string>;
}

const NONE: ReadonlySet<Circle> = new Set();

/** Sets of topics are replaced, never changed, so each is put in order once. */
const keys = new WeakMap<ReadonlySet<string>, string>();

export class TopicIndex {
  readonly #circles = new Map<string, OpenCircle>();
  readonly #byTopic = new Map<string, Set<Circle>>();

  isWanted(topic: string): boolean {
    return this.#byTopic.has(topic);
  }

  circles(topic: string): ReadonlySet<Circle> {
    return this.#byTopic.get(topic) ?? NONE;
  }

  topics(): Iterable<string> {
    return this.#byTopic.keys();
  }

  /** Topics with the number of sessions that listen to each. */
  counts(): ReadonlyMap<string, number> {
    return new Map(
      Array.from(this.#byTopic, ([topic, circles]) => [
        topic,
        Array.from(circles).reduce((sum, { sessions }) => sum + sessions.size, 0),
      ]),
    );
  }

  /** The set that stands for these topics in their circle, so that equal sets are one object; the given one without a circle. */
  sharedBy(topics: ReadonlySet<string>): ReadonlySet<string> {
    return this.#circles.get(keyOf(topics))?.topics ?? topics;
  }

  /** Follows one session from what it wanted to what it wants; answers with the topics nobody wants any more. */
  move(session: string, from: ReadonlySet<string>, to: ReadonlySet<string>): readonly string[] {
    const [before, after] = [keyOf(from), keyOf(to)];
    if (before === after) {
      return [];
    }
    this.#enter(session, after, to);
    return this.#leave(session, before);
  }

  #enter(session: string, key: string, topics: ReadonlySet<string>): void {
    const known = this.#circles.get(key);
    if (known !== undefined) {
      known.sessions.add(session);
      return;
    }
    if (topics.size === 0) {
      return;
    }
    const circle = { topics, sessions: new Set([session]) };
    this.#circles.set(key, circle);
    for (const topic of topics) {
      const circles = this.#byTopic.get(topic);
      if (circles) {
        circles.add(circle);
      } else {
        this.#byTopic.set(topic, new Set([circle]));
      }
    }
  }

  #leave(session: string, key: string): readonly string[] {
    const circle = this.#circles.get(key);
    if (circle === undefined || !circle.sessions.delete(session) || circle.sessions.size > 0) {
      return [];
    }
    this.#circles.delete(key);
    return Array.from(circle.topics).filter((topic) => {
      const circles = this.#byTopic.get(topic);
      circles?.delete(circle);
      return circles?.size === 0 && this.#byTopic.delete(topic);
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
