/** Lists of gateways that arrive late, twice, after the feed's death, or from the table of an older version. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, it } from "vitest";
import type { BookStorage } from "../bars/book-tables.ts";
import { WantedTopics } from "./wanted-topics.ts";

describe("wanted topics", () => {
  it("[FD8a] follow a gateway's last list, whichever arrives last, also over the feed's death", async ({
    expect,
  }) => {
    await runInDurableObject(env.TOPIC.getByName("late-lists"), (_, { storage }) => {
      const wanted = new WantedTopics(storage);
      expect(wanted.set("a", ["scan", "feed"], 20)).toBe(true);
      expect(wanted.set("a", ["scan"], 10)).toBe(false);
      expect(wanted.set("a", [], 20)).toBe(false);
      wanted.drop("a", new Set(["scan"]));
      expect(wanted.set("b", ["scan"], wanted.after("b"))).toBe(true);
      expect(wanted.set("b", [], wanted.after("b"))).toBe(true);
      const reborn = new WantedTopics(storage);
      for (const one of [wanted, reborn]) {
        expect([...one.gateways()]).toEqual([["a", new Set(["feed"])]]);
        expect([one.set("a", ["scan"], 20), one.set("b", ["scan"], 1)]).toEqual([false, false]);
      }
    });
  });

  it("[FD8b] are those of the table of an older version, each gateway's later list", async ({ expect }) => {
    await runInDurableObject(env.TOPIC.getByName("older-version"), (_, { storage }) => {
      fillOldTable(storage);
      const wanted = new WantedTopics(storage);
      expect([...wanted.gateways()]).toEqual(OLD_LISTS);
      expect([wanted.set("b", ["scan"], 5), wanted.set("a", ["scan"], 21)]).toEqual([false, true]);
      // The older version ran once more, and the list of one gateway is newer there.
      fillOldTable(storage);
      storage.sql.exec("INSERT INTO wishes VALUES ('d', 'feed', 1)");
      expect(sorted(new WantedTopics(storage))).toEqual([
        ["a", new Set(["scan"])],
        ["c", new Set(["price:D00001"])],
        ["d", new Set(["feed"])],
      ]);
      expect(tables(storage)).toEqual(["gateway_subscriptions"]);
    });
  });

  it.for(["CREATE", "INSERT", "DROP"])(
    "[FD8b] are all there after a death at the %s of the migration",
    async (statement, { expect }) => {
      await runInDurableObject(env.TOPIC.getByName(`death-${statement}`), (_, { storage }) => {
        fillOldTable(storage);
        const dying: BookStorage = {
          transactionSync: (closure) => storage.transactionSync(closure),
          sql: {
            exec: <T extends Record<string, SqlStorageValue>>(query: string, ...values: unknown[]) => {
              const cursor = storage.sql.exec<T>(query, ...values);
              if (query.startsWith(statement)) {
                throw new Error("The process died");
              }
              return cursor;
            },
          },
        };
        expect(() => new WantedTopics(dying)).toThrow("died");
        expect([...new WantedTopics(storage).gateways()]).toEqual(OLD_LISTS);
        expect(tables(storage)).toEqual(["gateway_subscriptions"]);
      });
    },
  );
});

const OLD_LISTS = [
  ["a", new Set(["feed", "index:KOSPI"])],
  ["c", new Set(["price:D00001"])],
];

/** What an object of the older version left: three gateways, one of them without a topic. */
function fillOldTable({ sql }: DurableObjectStorage): void {
  sql.exec(
    "CREATE TABLE wishes (gateway TEXT PRIMARY KEY, topics TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID",
  );
  sql.exec("INSERT INTO wishes VALUES ('a', 'feed index:KOSPI', 20), ('b', '', 9), ('c', 'price:D00001', 7)");
}

function sorted(wanted: WantedTopics): readonly (readonly [string, ReadonlySet<string>])[] {
  return [...wanted.gateways()].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function tables({ sql }: DurableObjectStorage): readonly string[] {
  return sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE name IN ('wishes', 'gateway_subscriptions')",
    )
    .toArray()
    .map(({ name }) => name);
}
