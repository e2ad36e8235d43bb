/** What the vendors' adapters keep beyond an eviction, in a table of the object that asks them. */
import type { UpstreamStore } from "../../app/ports/market-sources.ts";

/**
 * Nothing leaves an object before what it wrote is on its disk, so a call that was counted here is counted before it is sent.
 * The table holds tokens: no route and no backup reads it.
 */
export class DurableUpstreamStore implements UpstreamStore {
  readonly #sql: SqlStorage;

  constructor(storage: DurableObjectStorage) {
    this.#sql = storage.sql;
    this.#sql.exec(
      "create table if not exists upstream (key text primary key, value text not null) without rowid",
    );
  }

  get(key: string): Promise<string | null> {
    const [row] = this.#sql
      .exec<{ value: string }>("select value from upstream where key = ?", key)
      .toArray();
    return Promise.resolve(row?.value ?? null);
  }

  put(key: string, value: string): Promise<void> {
    this.#sql.exec(
      "insert into upstream (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
      key,
      value,
    );
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.#sql.exec("delete from upstream where key = ?", key);
    return Promise.resolve();
  }
}
