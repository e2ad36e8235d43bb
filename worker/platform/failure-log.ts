/**
 * A log that remembers the last failure of each neighbour in the storage of its object, for `/api/health` and `npm run doctor`:
 * an owner who looks in the morning sees what failed at night, also when the object has slept since.
 */
import type { NeighbourFailure } from "../app/ports/failures.ts";
import { logFailure } from "../app/log-failure.ts";
import type { Log, LogFields, LogLevel } from "../app/ports/log.ts";
import { isNeighbour, type Neighbour } from "../app/ports/neighbour-error.ts";

const TABLE =
  "CREATE TABLE IF NOT EXISTS last_failure (neighbour TEXT PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL, detail TEXT NOT NULL)";

type Row = {
  readonly neighbour: string;
  readonly at: number;
  readonly event: string;
  readonly detail: string;
};

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
