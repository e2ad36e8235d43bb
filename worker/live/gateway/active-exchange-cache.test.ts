/** What a gateway knows of the active exchange, over several of its lives, with a clock that the test sets. */
import { describe, it } from "vitest";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { ObjectStorage } from "../../testing/wire/world/object-storage.ts";
import { ActiveExchangeCache } from "./active-exchange-cache.ts";

const TEN_MINUTES = 600_000;

class Lives {
  readonly storage = new ObjectStorage();
  at = 1_000;
  active: Exchange = "DEMO";
  generation = 0;
  isDown = false;
  /** When the next questions are answered, with what was true when they were asked. */
  readonly answers: Promise<void>[] = [];
  questions = 0;

  record(exchange: Exchange): void {
    this.active = exchange;
    this.generation += 1;
  }

  born(): ActiveExchangeCache {
    return new ActiveExchangeCache(this.storage.sql, {
      now: () => this.at,
      settings: {
        lastSwitch: async () => {
          this.questions += 1;
          const recorded = { exchange: this.active, generation: this.generation };
          await this.answers.shift();
          return this.isDown ? Promise.reject(new Error("down")) : recorded;
        },
      },
    });
  }
}

/** Asks the store, and whether the answer was another switch than was known. */
async function isNew(cache: ActiveExchangeCache): Promise<boolean> {
  const before = cache.renewalDue;
  await cache.follow();
  return cache.renewalDue !== before;
}

describe("the known exchange", () => {
  it("[WS6d] is asked for once by a storm of sockets, and by none of them after a restart", async ({
    expect,
  }) => {
    const lives = new Lives();
    const first = lives.born();
    expect(await Promise.all([first.current(), first.current()])).toEqual(["DEMO", "DEMO"]);
    expect(await lives.born().current()).toBe("DEMO");
    expect([lives.questions, lives.born().againAt]).toEqual([1, null]);
  });

  it("[TP7] makes a renewal due that only its own success ends, over all lives", async ({ expect }) => {
    const lives = new Lives();
    const cache = lives.born();
    await cache.follow();
    expect(cache.renewalDue).toBeNull();
    lives.record("KRX");
    await cache.follow();
    const first = cache.renewalDue ?? "";
    expect(lives.born().renewalDue).toBe(first);
    lives.record("KRX");
    await cache.follow();
    const second = cache.renewalDue ?? "";
    cache.renewed(first);
    expect([cache.renewalDue, lives.born().renewalDue]).toEqual([second, second]);
    expect(second).not.toBe(first);
    cache.renewed(second);
    expect([cache.renewalDue, lives.born().renewalDue]).toEqual([null, null]);
  });

  it("[WS6d] is what a switch named last", async ({ expect }) => {
    const lives = new Lives();
    await lives.born().current();
    lives.record("KRX");
    const known = lives.born();
    expect([await isNew(known), await isNew(known)]).toEqual([true, false]);
    expect([await lives.born().current(), lives.questions]).toEqual(["KRX", 3]);
    expect(lives.born().applied()).toEqual({ exchange: "KRX", generation: 1 });
  });

  it("[WS6d] is asked for again when it is old and the rush is over, and answers whether it is another", async ({
    expect,
  }) => {
    const lives = new Lives();
    await lives.born().current();
    lives.at += TEN_MINUTES;
    const known = lives.born();
    expect([await known.current(), known.againAt]).toEqual(["DEMO", lives.at + 30_000]);
    lives.at += 29_999;
    expect([known.isDue(), lives.questions]).toEqual([false, 1]);
    lives.at += 1;
    lives.record("KRX");
    expect([known.isDue(), await isNew(known), known.isDue(), lives.questions]).toEqual([
      true,
      true,
      false,
      2,
    ]);
    expect([known.againAt, await lives.born().current()]).toEqual([null, "KRX"]);
  });

  it("[WS6d] is asked for by an object that was woken for it, and stays as it was while the store is down", async ({
    expect,
  }) => {
    const lives = new Lives();
    await lives.born().current();
    lives.at += TEN_MINUTES;
    lives.isDown = true;
    const woken = lives.born();
    expect(woken.isDue()).toBe(true);
    await expect(woken.follow()).rejects.toThrow("down");
    expect(await woken.current()).toBe("DEMO");
    expect([lives.questions, woken.againAt]).toEqual([2, lives.at + 30_000]);
  });

  it("[WS6d] is what a switch named while the store was asked, whatever the store answers then", async ({
    expect,
  }) => {
    const lives = new Lives();
    await lives.born().current();
    lives.at += TEN_MINUTES;
    const known = lives.born();
    const slow = Promise.withResolvers<void>();
    lives.answers.push(slow.promise);
    const late = isNew(known);
    lives.record("KRX");
    const switched = isNew(known);
    slow.resolve();
    expect([await late, await switched]).toEqual([false, true]);
    expect([await known.current(), await lives.born().current()]).toEqual(["KRX", "KRX"]);
  });

  it("[WS6d] is what a switch named, also to a socket that came before it and waits", async ({ expect }) => {
    const lives = new Lives();
    await lives.born().current();
    lives.record("KRX");
    const known = lives.born();
    const switched = isNew(known);
    const waiting = known.current();
    expect([await switched, await waiting, await known.current()]).toEqual([true, "KRX", "KRX"]);
  });

  it("[WS6d] is nothing made up when nothing is known and the store is down", async ({ expect }) => {
    const lives = new Lives();
    lives.isDown = true;
    const known = lives.born();
    await expect(known.current()).rejects.toThrow("down");
    lives.isDown = false;
    expect(await known.current()).toBe("DEMO");
  });

  it("[WS6e] is taken over from a version without numbers, whose table is gone then", async ({ expect }) => {
    const lives = new Lives();
    const { sql } = lives.storage;
    sql.exec(
      "CREATE TABLE known_exchange (one INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL)",
    );
    sql.exec("INSERT INTO known_exchange VALUES (1, 'KRX', 7)");
    lives.isDown = true;
    expect(await lives.born().current()).toBe("KRX");
    [lives.isDown, lives.active] = [false, "KRX"];
    const known = lives.born();
    expect([await isNew(known), known.applied()]).toEqual([false, { exchange: "KRX", generation: 0 }]);
    expect(sql.exec("SELECT name FROM sqlite_master WHERE name = 'known_exchange'").toArray()).toEqual([]);
  });
});
