/**
 * The logs of a deployment: the console, and logs that remember the last failure of each neighbour, for `/api/health` and
 * `npm run doctor`.
 */
import type { Clock } from "../app/ports/clock.ts";
import { type Log, logFailure, type LogFields, type LogLevel } from "../app/ports/log.ts";
import { isNeighbour, type Neighbour, type NeighbourFailure } from "../app/ports/neighbour-error.ts";

/** One line of JSON on the console, which the platform keeps (`[observability]` in wrangler.toml). */
export const consoleLog: Log = {
  write(level, event, fields = {}) {
    // oxlint-disable-next-line no-console -- the one place where the program writes its log
    console[level](JSON.stringify({ level, event, ...fields }));
  },
};

const TABLE =
  "CREATE TABLE IF NOT EXISTS last_failure (neighbour TEXT PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL, detail TEXT NOT NULL)";

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

  constructor(sql: Pick<SqlStorage, "exec">, log: Log, now: () => number) {
    sql.exec(TABLE);
    this.#sql = sql;
    this.#log = log;
    this.#now = now;
  }

  write(level: LogLevel, event: string, fields: LogFields = {}): void {
    this.#log.write(level, event, fields);
    if (level !== "info" && isNeighbour(fields["neighbour"])) {
      this.#remember(fields["neighbour"], event, String(fields["error"] ?? ""));
    }
  }

  #remember(neighbour: Neighbour, event: string, detail: string): void {
    try {
      this.#sql.exec(
        "INSERT OR REPLACE INTO last_failure VALUES (?, ?, ?, ?)",
        neighbour,
        this.#now(),
        event,
        detail,
      );
    } catch (error) {
      logFailure(this.#log, "failure_not_remembered", error, { failure: event }, "error");
    }
  }

  /** The last failure of each neighbour that ever failed this object. */
  failures(): readonly NeighbourFailure[] {
    const rows = this.#sql.exec<Row>("SELECT * FROM last_failure ORDER BY neighbour").toArray();
    return rows.flatMap(({ neighbour, ...failure }) =>
      isNeighbour(neighbour) ? { neighbour, ...failure } : [],
    );
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
