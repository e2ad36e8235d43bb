/**
 * The logs of a deployment: the console, and logs that remember the last failure of each neighbour, for `/api/health` and
 * `npm run doctor`.
 */
import type { Clock } from "../app/ports/clock.ts";
import { type Log, logFailure, type LogFields, type LogLevel } from "../app/ports/log.ts";
import {
  isNeighbour,
  type Neighbour,
  type NeighbourFailure,
  newestFailures,
} from "../app/ports/neighbour-error.ts";

/** One line of JSON on the console, which the platform keeps (`[observability]` in wrangler.toml). */
export const consoleLog: Log = {
  write(level, event, fields = {}) {
    // oxlint-disable-next-line no-console -- the one place where the program writes its log
    console[level](JSON.stringify({ level, event, ...fields }));
  },
};

const TABLE =
  "CREATE TABLE IF NOT EXISTS last_failure (neighbour TEXT PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL, detail TEXT NOT NULL)";

/** A neighbour that fails in the same way again within this time is written no second time: a client can cause a failure a message. */
const WRITE_AGAIN_MS = 60_000;

type Row = {
  readonly neighbour: string;
  readonly at: number;
  readonly event: string;
  readonly detail: string;
};

/**
 * Remembers in the storage of its object: an owner who looks in the morning sees what failed at night, also when the object
 * has slept since.
 */
export class FailureLog implements Log {
  readonly #sql: Pick<SqlStorage, "exec">;
  readonly #log: Log;
  readonly #now: () => number;
  /** The last failure of each neighbour in this life, newer than its row. */
  readonly #newest = new Map<Neighbour, NeighbourFailure>();
  /** When each event of each neighbour was last written; the program's own names, so there are few. */
  readonly #writtenAt = new Map<string, number>();

  constructor(sql: Pick<SqlStorage, "exec">, log: Log, now: () => number) {
    sql.exec(TABLE);
    this.#sql = sql;
    this.#log = log;
    this.#now = now;
  }

  write(level: LogLevel, event: string, fields: LogFields = {}): void {
    this.#log.write(level, event, fields);
    const { neighbour, error } = fields;
    if (level !== "info" && isNeighbour(neighbour)) {
      this.#remember({ neighbour, at: this.#now(), event, detail: String(error ?? "") });
    }
  }

  #remember(failure: NeighbourFailure): void {
    const { neighbour, at, event, detail } = failure;
    this.#newest.set(neighbour, failure);
    const kind = `${neighbour} ${event}`;
    if (at - (this.#writtenAt.get(kind) ?? Number.NEGATIVE_INFINITY) < WRITE_AGAIN_MS) {
      return;
    }
    this.#writtenAt.set(kind, at);
    try {
      this.#sql.exec("INSERT OR REPLACE INTO last_failure VALUES (?, ?, ?, ?)", neighbour, at, event, detail);
    } catch (error) {
      logFailure(this.#log, "failure_not_remembered", error, { failure: event }, "error");
    }
  }

  /** The last failure of each neighbour that ever failed this object. */
  failures(): readonly NeighbourFailure[] {
    const rows = this.#sql.exec<Row>("SELECT * FROM last_failure ORDER BY neighbour").toArray();
    const written = rows.flatMap(({ neighbour, ...failure }) =>
      isNeighbour(neighbour) ? { neighbour, ...failure } : [],
    );
    return newestFailures([...written, ...this.#newest.values()]);
  }
}

/** Remembers in memory what the requests of an app met. */
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
