/** The sessions of readers in memory. */
import { MAX_READER_SESSIONS, type ReaderSessions } from "../../app/ports/reader-sessions.ts";

export class MemoryReaderSessions implements ReaderSessions {
  readonly #until = new Map<string, number>();

  open(id: string, until: number, at: number): Promise<void> {
    this.#until.set(id, until);
    const kept = Array.from(this.#until)
      .filter(([, ends]) => ends > at)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, MAX_READER_SESSIONS);
    this.#until.clear();
    for (const [one, ends] of kept) {
      this.#until.set(one, ends);
    }
    return Promise.resolve();
  }

  end(id: string): Promise<void> {
    this.#until.delete(id);
    return Promise.resolve();
  }

  living(ids: readonly string[], at: number): Promise<ReadonlySet<string>> {
    return Promise.resolve(new Set(ids.filter((id) => (this.#until.get(id) ?? 0) > at)));
  }
}
