/** Which gateway wants which latest values, remembered across the feed's death. */
import type { BookStorage } from "../bars/book-tables.ts";

/** An empty list is kept too: an older wish that arrives late must not come back. There are only a few gateways. */
const TABLE = `CREATE TABLE IF NOT EXISTS wishes (
  gateway TEXT PRIMARY KEY, topics TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID`;

type SubscriptionRow = { readonly gateway: string; readonly topics: string; readonly at: number };

export class WantedTopics {
  readonly #sql: BookStorage["sql"];
  readonly #byGateway = new Map<string, ReadonlySet<string>>();
  readonly #wishedAt = new Map<string, number>();

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
    sql.exec(TABLE);
    for (const { gateway, topics, at } of sql.exec<SubscriptionRow>(
      "SELECT gateway, topics, at FROM wishes",
    )) {
      this.#wishedAt.set(gateway, at);
      this.#keep(gateway, topics === "" ? [] : topics.split(" "));
    }
  }

  /**
   * Topics hold no space. `at` on the gateway's clock, growing with every wish: `false` for one that arrived late or for the
   * second time, which changes nothing.
   */
  set(gateway: string, topics: readonly string[], at: number): boolean {
    if (at <= (this.#wishedAt.get(gateway) ?? -Infinity)) {
      return false;
    }
    this.#wishedAt.set(gateway, at);
    this.#keep(gateway, topics);
    this.#sql.exec("INSERT OR REPLACE INTO wishes VALUES (?, ?, ?)", gateway, topics.join(" "), at);
    return true;
  }

  /** A time that is later than the gateway's last wish. */
  after(gateway: string): number {
    return (this.#wishedAt.get(gateway) ?? 0) + 1;
  }

  /** The gateway said that it does not want these, beside what it wants. */
  drop(gateway: string, topics: ReadonlySet<string>): void {
    const rest = Array.from(this.#byGateway.get(gateway) ?? []).filter((topic) => !topics.has(topic));
    this.#keep(gateway, rest);
    this.#sql.exec("UPDATE wishes SET topics = ? WHERE gateway = ?", rest.join(" "), gateway);
  }

  gateways(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#byGateway;
  }

  all(): ReadonlySet<string> {
    return new Set([...this.#byGateway.values()].flatMap((topics) => [...topics]));
  }

  #keep(gateway: string, topics: readonly string[]): void {
    if (topics.length === 0) {
      this.#byGateway.delete(gateway);
    } else {
      this.#byGateway.set(gateway, new Set(topics));
    }
  }
}
