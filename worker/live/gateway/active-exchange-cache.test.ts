/** What a gateway knows of the active exchange, over several of its lives, with a clock that the test sets. */
import { describe, it } from "vitest";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { ObjectStorage } from "../../testing/wire/world/object-storage.ts";
import { ActiveExchangeCache } from "./active-exchange-cache.ts";

const TEN_MINUTES = 600_000;

class Lives {
  readonly #storage = new ObjectStorage();
  at = 1_000;
  active: Exchange = "DEMO";
  isDown = false;
  questions = 0;
  readonly lines: unknown[] = [];

  born(): ActiveExchangeCache {
    return new ActiveExchangeCache(this.#storage.sql, {
      now: () => this.at,
      log: { write: (...line) => this.lines.push(line) },
      settings: {
        activeExchange: () => {
          this.questions += 1;
          return this.isDown ? Promise.reject(new Error("down")) : Promise.resolve(this.active);
        },
      },
    });
  }
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
    cache.learn("KRX");
    expect(cache.renewalDue).toBeNull();
    cache.learn("DEMO");
    const first = cache.renewalDue ?? "";
    expect(lives.born().renewalDue).toBe(first);
    cache.learn("KRX");
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
    lives.born().learn("KRX");
    expect([await lives.born().current(), lives.questions]).toEqual(["KRX", 1]);
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
    expect([await known.askAgain(), lives.questions]).toEqual([null, 1]);
    lives.at += 1;
    lives.active = "KRX";
    expect([await known.askAgain(), await known.askAgain(), lives.questions]).toEqual(["KRX", null, 2]);
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
    expect([await woken.askAgain(), await woken.current()]).toEqual([null, "DEMO"]);
    expect([lives.questions, woken.againAt]).toEqual([2, lives.at + 30_000]);
    expect(lives.lines).toEqual([["warn", "active_exchange_not_asked", { error: "down" }]]);
  });

  it("[WS6d] is what a switch named while the store was asked, whatever the store answers then", async ({
    expect,
  }) => {
    const lives = new Lives();
    await lives.born().current();
    lives.at += TEN_MINUTES;
    const known = lives.born();
    const late = known.askAgain();
    known.learn("KRX");
    // The switch itself begins everything anew, so the alarm has nothing to begin.
    expect([await late, await known.current(), await lives.born().current()]).toEqual([null, "KRX", "KRX"]);
  });

  it("[WS6d] is what a switch named, also to a socket that came before it and waits", async ({ expect }) => {
    const known = new Lives().born();
    const waiting = known.current();
    known.learn("KRX");
    expect([await waiting, await known.current()]).toEqual(["KRX", "KRX"]);
  });

  it("[WS6d] is nothing made up when nothing is known and the store is down", async ({ expect }) => {
    const lives = new Lives();
    lives.isDown = true;
    const known = lives.born();
    await expect(known.current()).rejects.toThrow("down");
    lives.isDown = false;
    expect(await known.current()).toBe("DEMO");
  });
});
