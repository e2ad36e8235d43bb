/** Which gateway wants which latest values, remembered across the feed's death. */
import type { BookStorage } from "../bars/book-tables.ts";

/** An empty list is kept too: an older list that arrives late must not come back. There are only a few gateways. */
const TABLE = `CREATE TABLE IF NOT EXISTS gateway_subscriptions (
  gateway TEXT PRIMARY KEY, topics TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID`;

/** The table's name before the schema of this version. */
const OLD_TABLE = "wishes";
const HAS_OLD = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";
const TAKE_OVER = `INSERT INTO gateway_subscriptions SELECT gateway, topics, at FROM ${OLD_TABLE} WHERE true
  ON CONFLICT DO UPDATE SET topics = excluded.topics, at = excluded.at WHERE excluded.at > at`;

type SubscriptionRow = { readonly gateway: string; readonly topics: string; readonly at: number };

/** Kept in storage: after a restart the gateways do not know that they must ask again. */
export class WantedTopics {
  readonly #sql: BookStorage["sql"];
  readonly #byGateway = new Map<string, ReadonlySet<string>>();
  readonly #counts = new Map<string, number>();
  /** When each gateway sent its last list, on its own clock. */
  readonly #sentAt = new Map<string, number>();

  constructor(storage: BookStorage) {
    this.#sql = storage.sql;
    createTable(storage);
    for (const { gateway, topics, at } of this.#sql.exec<SubscriptionRow>(
      "SELECT gateway, topics, at FROM gateway_subscriptions",
    )) {
      this.#sentAt.set(gateway, at);
      this.#keep(gateway, topics === "" ? [] : topics.split(" "));
    }
  }

  /**
   * Replaces the topics of a gateway; they hold no space. `at` on the gateway's clock, growing with every list: `false` for a
   * list that arrived late or for the second time, which changes nothing.
   */
  set(gateway: string, topics: readonly string[], at: number): boolean {
    if (at <= (this.#sentAt.get(gateway) ?? -Infinity)) {
      return false;
    }
    this.#sql.exec(
      "INSERT OR REPLACE INTO gateway_subscriptions VALUES (?, ?, ?)",
      gateway,
      topics.join(" "),
      at,
    );
    this.#sentAt.set(gateway, at);
    this.#keep(gateway, topics);
    return true;
  }

  /** Whether that list is the gateway's last. */
  isLast(gateway: string, at: number): boolean {
    return this.#sentAt.get(gateway) === at;
  }

  /** A time that is later than the gateway's last list. */
  after(gateway: string): number {
    return (this.#sentAt.get(gateway) ?? 0) + 1;
  }

  /** Takes topics from a gateway that refused their values; the others of its list stay. */
  drop(gateway: string, topics: ReadonlySet<string>): void {
    const rest = Array.from(this.#byGateway.get(gateway) ?? []).filter((topic) => !topics.has(topic));
    this.#sql.exec("UPDATE gateway_subscriptions SET topics = ? WHERE gateway = ?", rest.join(" "), gateway);
    this.#keep(gateway, rest);
  }

  gateways(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#byGateway;
  }

  /** Each topic that is wanted, with the number of its gateways; follows every later change. */
  all(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  #keep(gateway: string, topics: readonly string[]): void {
    const [before, after] = [this.#byGateway.get(gateway) ?? [], new Set(topics)];
    for (const topic of after) {
      this.#counts.set(topic, (this.#counts.get(topic) ?? 0) + 1);
    }
    for (const topic of before) {
      const count = (this.#counts.get(topic) ?? 0) - 1;
      if (count > 0) {
        this.#counts.set(topic, count);
      } else {
        this.#counts.delete(topic);
      }
    }
    if (after.size === 0) {
      this.#byGateway.delete(gateway);
    } else {
      this.#byGateway.set(gateway, after);
    }
  }
}

/** FD8b: one transaction, so that a death leaves the old table whole; where both stand, the later list of a gateway counts. */
function createTable(storage: BookStorage): void {
  const { sql } = storage;
  storage.transactionSync(() => {
    sql.exec(TABLE);
    if (sql.exec(HAS_OLD, OLD_TABLE).toArray().length > 0) {
      sql.exec(TAKE_OVER);
      sql.exec(`DROP TABLE ${OLD_TABLE}`);
    }
  });
}
