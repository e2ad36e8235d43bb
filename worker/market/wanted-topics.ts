/** Which gateway wants which latest values, remembered across the feed's death. */
import type { BookStorage } from "./book-tables.ts";

export class WantedTopics {
  readonly #sql: BookStorage["sql"];
  readonly #byGateway = new Map<string, ReadonlySet<string>>();

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
    sql.exec("CREATE TABLE IF NOT EXISTS wanted (gateway TEXT PRIMARY KEY, topics TEXT NOT NULL)");
    for (const { gateway, topics } of sql.exec<{ gateway: string; topics: string }>(
      "SELECT gateway, topics FROM wanted",
    )) {
      this.#byGateway.set(gateway, new Set(topics.split(" ")));
    }
  }

  /** Topics hold no space. An empty list forgets the gateway. */
  set(gateway: string, topics: readonly string[]): void {
    if (topics.length === 0) {
      this.#byGateway.delete(gateway);
      this.#sql.exec("DELETE FROM wanted WHERE gateway = ?", gateway);
      return;
    }
    this.#byGateway.set(gateway, new Set(topics));
    this.#sql.exec("INSERT OR REPLACE INTO wanted VALUES (?, ?)", gateway, topics.join(" "));
  }

  gateways(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#byGateway;
  }

  all(): ReadonlySet<string> {
    return new Set([...this.#byGateway.values()].flatMap((topics) => [...topics]));
  }
}
