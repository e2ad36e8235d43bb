/** Who listens to what: sessions by topic, so that a message finds its readers without looking at every socket. */

const NOBODY: ReadonlySet<string> = new Set();

export class TopicIndex {
  readonly #listeners = new Map<string, Set<string>>();

  listeners(topic: string): ReadonlySet<string> {
    return this.#listeners.get(topic) ?? NOBODY;
  }

  topics(): Iterable<string> {
    return this.#listeners.keys();
  }

  counts(): ReadonlyMap<string, number> {
    return new Map(Array.from(this.#listeners, ([topic, sessions]) => [topic, sessions.size]));
  }

  /** Follows one session from what it wanted to what it wants; answers with the topics nobody wants any more. */
  move(session: string, from: ReadonlySet<string>, to: ReadonlySet<string>): readonly string[] {
    if (from === to) {
      return [];
    }
    const left: string[] = [];
    for (const topic of from) {
      const sessions = this.#listeners.get(topic);
      if (sessions && !to.has(topic)) {
        sessions.delete(session);
        if (sessions.size === 0) {
          this.#listeners.delete(topic);
          left.push(topic);
        }
      }
    }
    for (const topic of to) {
      const sessions = this.#listeners.get(topic);
      if (sessions) {
        sessions.add(session);
      } else {
        this.#listeners.set(topic, new Set([session]));
      }
    }
    return left;
  }
}
