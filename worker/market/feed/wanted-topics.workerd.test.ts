/** Wishes of gateways that arrive late, twice, or after the feed's death. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, it } from "vitest";
import { WantedTopics } from "./wanted-topics.ts";

describe("wanted topics", () => {
  it("[FD8a] follow a gateway's last wish, whichever arrives last, also over the feed's death", async ({
    expect,
  }) => {
    await runInDurableObject(env.TOPIC.getByName("wishes"), (_, { storage }) => {
      const wanted = new WantedTopics(storage.sql);
      expect(wanted.set("a", ["scan", "feed"], 20)).toBe(true);
      expect(wanted.set("a", ["scan"], 10)).toBe(false);
      expect(wanted.set("a", [], 20)).toBe(false);
      wanted.drop("a", new Set(["scan"]));
      expect(wanted.set("b", ["scan"], wanted.after("b"))).toBe(true);
      expect(wanted.set("b", [], wanted.after("b"))).toBe(true);
      const reborn = new WantedTopics(storage.sql);
      for (const one of [wanted, reborn]) {
        expect([...one.gateways()]).toEqual([["a", new Set(["feed"])]]);
        expect([one.set("a", ["scan"], 20), one.set("b", ["scan"], 1)]).toEqual([false, false]);
      }
    });
  });
});
