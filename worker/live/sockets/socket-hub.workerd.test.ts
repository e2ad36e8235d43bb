/** What the sockets' side of an object finds in a storage that an earlier version wrote. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, it } from "vitest";

const tablesIn = (storage: DurableObjectStorage): readonly string[] =>
  storage.sql
    .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE name = 'refused'")
    .toArray()
    .map(({ name }) => name);

describe("the sockets of an object", () => {
  it.for(["Gateway", "Topic"] as const)(
    "[TP10] keep no addresses that an earlier version stored: %s",
    async (kind, { expect }) => {
      const stub =
        kind === "Gateway" ? env.GATEWAY.getByName("apac-ne/1") : env.TOPIC.getByName("market_gate");
      const before = await runInDurableObject(stub, (_, { storage }) => {
        storage.sql.exec("CREATE TABLE refused (slot INTEGER PRIMARY KEY, address TEXT NOT NULL)");
        storage.sql.exec("INSERT INTO refused VALUES (1, '192.0.2.1')");
        return tablesIn(storage);
      });
      await evictDurableObject(stub);
      expect([before, await runInDurableObject(stub, (_, { storage }) => tablesIn(storage))]).toEqual([
        ["refused"],
        [],
      ]);
    },
  );
});
