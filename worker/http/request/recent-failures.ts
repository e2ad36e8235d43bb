/** The log of an app, which remembers the last failure of each neighbour that its requests met, for `/api/health`. */
import type { Clock } from "../../app/ports/clock.ts";
import type { NeighbourFailure } from "../../app/ports/failures.ts";
import type { Log, LogFields, LogLevel } from "../../app/ports/log.ts";
import { isNeighbour, type Neighbour } from "../../app/ports/neighbour-error.ts";

export class RecentFailures implements Log {
  readonly #log: Log;
  readonly #clock: Clock;
  /** At most one entry for each neighbour there is. */
  readonly #last = new Map<Neighbour, NeighbourFailure>();

  constructor(log: Log, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  write(level: LogLevel, event: string, fields: LogFields = {}): void {
    this.#log.write(level, event, fields);
    const { neighbour, error } = fields;
    if (level !== "info" && isNeighbour(neighbour)) {
      this.#last.set(neighbour, { neighbour, at: this.#clock.now(), event, detail: String(error ?? "") });
    }
  }

  failures(): readonly NeighbourFailure[] {
    return [...this.#last.values()];
  }
}
