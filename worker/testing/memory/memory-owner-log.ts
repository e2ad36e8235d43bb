/** The owner log in memory. */
import type { OwnerAction, OwnerLog, RecordedAction } from "../../app/ports/owner-log.ts";

export class MemoryOwnerLog implements OwnerLog {
  entries: readonly RecordedAction[] = [];
  #last = 0;

  begin(action: OwnerAction): Promise<number> {
    this.#last += 1;
    const entry = { ...action, position: this.#last, status: null, endedAt: null };
    this.entries = [entry, ...this.entries];
    return Promise.resolve(this.#last);
  }

  note(position: number, text: string): Promise<void> {
    this.entries = this.entries.map((entry) =>
      entry.position === position ? { ...entry, path: `${entry.path} ${text}` } : entry,
    );
    return Promise.resolve();
  }

  end(position: number, status: number, at: number): Promise<void> {
    this.entries = this.entries.map((entry) =>
      entry.position === position ? { ...entry, status, endedAt: at } : entry,
    );
    return Promise.resolve();
  }

  newest(limit: number): Promise<readonly RecordedAction[]> {
    return Promise.resolve(this.entries.slice(0, limit));
  }
}
