/** The push subscription of a device, over a browser, a server and a storage in memory that fail when they are to. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { type AlertRuleRow, BrowserRules } from "../../../worker/protocol/rest/alert-rules.ts";
import { RequestError } from "../fetch-json.ts";
import { ruleFrom, type DeviceRule } from "./device-rules.ts";
import type { KeptPush } from "./push-place.ts";
import { pushSupport } from "./push-browser.ts";
import { isCut, pushRules, withPush } from "./push-rules.ts";
import type { PushTarget, PushToken } from "./push-server.ts";
import { createPush, type Push, PushRefused } from "./push.ts";

const PLACE = { exchange: "DEMO", language: "ko" } as const;

function ruleWith(channels: DeviceRule["channels"], more: Partial<DeviceRule> = {}): DeviceRule {
  return { ...ruleFrom("best", "best", PLACE), channels, ...more };
}

const RULES = pushRules([ruleWith(["push"])]);
const OTHERS = pushRules([ruleWith(["push"], { within: 5 })]);

/** What stands between the device and its messages; a test takes parts of it away. */
class World {
  kept: KeptPush | null = null;
  browser: PushTarget | null = null;
  /** By id, what the server sends to whom. */
  readonly server = new Map<string, { target: PushTarget; rules: readonly AlertRuleRow[] }>();
  readonly asked: string[] = [];
  isOffline = false;
  keepsNothing = false;
  session: string | null = null;
  key = "key-1";
  made = 0;

  push(): Push {
    return createPush({
      inTurn: async (run) => run(),
      place: {
        read: async () => Promise.resolve(this.kept),
        write: async (kept) => {
          if (this.keepsNothing) {
            throw new DOMException("quota", "QuotaExceededError");
          }
          this.kept = kept;
          return Promise.resolve();
        },
      },
      browser: {
        current: async () => Promise.resolve(this.browser),
        subscribe: async (key) => Promise.resolve((this.browser ??= this.#subscribed(key))),
        unsubscribe: async () => {
          this.browser = null;
          return Promise.resolve();
        },
      },
      server: {
        key: async () => this.#answer("key", this.key),
        session: async () => this.#answer("session", this.session),
        add: async ({ rules, ...target }) => {
          const id = await this.#answer("add", `s${(this.made += 1)}`);
          this.server.set(id, { target, rules });
          return { id, token: `token-of-${id}` };
        },
        change: async (of, { rules, ...target }) => {
          const isKnown = await this.#answer("change", this.#isKnown(of));
          if (isKnown) {
            this.server.set(of.id, { target, rules });
          }
          return isKnown;
        },
        end: async (of) => {
          await this.#answer("end", null);
          if (this.#isKnown(of)) {
            this.server.delete(of.id);
          }
        },
      },
    });
  }

  #subscribed(key: string): PushTarget {
    if (this.key === "none") {
      throw new PushRefused("no service");
    }
    return { endpoint: `https://push.example/${key}`, keys: { p256dh: "p", auth: "a" } };
  }

  #isKnown({ id, token }: PushToken): boolean {
    return this.server.has(id) && token === `token-of-${id}`;
  }

  async #answer<T>(what: string, value: T): Promise<T> {
    if (this.isOffline) {
      throw new RequestError("unreachable", "no network");
    }
    this.asked.push(what);
    return Promise.resolve(value);
  }
}

async function begun(): Promise<{ world: World; push: Push }> {
  const world = new World();
  const push = world.push();
  await push.begin(RULES);
  return { world, push };
}

describe("push to a device", () => {
  it("[UI286] the server takes the rules whatever the device has kept of them", ({ expect }) => {
    const pasted = ruleWith(["push"], { name: "a\tb\u2028c", kinds: ["new", "new", "failed"] });
    const rules = pushRules([pasted, { ...pasted, name: "twice" }]);
    expect([v.is(BrowserRules, rules), rules.map(({ name, kinds }) => [name, kinds])]).toEqual([
      true,
      [["a b c", ["new", "failed"]]],
    ]);
  });

  it("[UI285] is off until it is begun, asks the server for nothing before, and is kept", async ({
    expect,
  }) => {
    const world = new World();
    const push = world.push();
    expect(push.status()).toBeNull();
    await push.sync(RULES);
    expect([push.status(), world.asked, world.browser]).toEqual(["off", [], null]);
    await push.begin(RULES);
    expect([push.status(), push.failure(), world.kept?.token]).toEqual(["on", null, "token-of-s1"]);
    expect(world.server.get("s1")).toEqual({ target: world.browser, rules: RULES });
    const later = world.push();
    await later.sync(RULES);
    expect(later.status()).toBe("on");
  });

  it("[UI285] that the browser refuses or cannot keep leaves nothing at the server", async ({ expect }) => {
    const refusing = new World();
    refusing.key = "none";
    const push = refusing.push();
    await push.begin(RULES);
    expect([push.status(), push.failure()]).toEqual(["off", expect.any(PushRefused)]);
    expect(refusing.server.size).toBe(0);
    const full = new World();
    full.keepsNothing = true;
    const other = full.push();
    await other.begin(RULES);
    expect([other.status(), other.failure()]).toEqual(["off", expect.any(PushRefused)]);
    expect([full.server.size, full.browser]).toEqual([0, null]);
  });

  it("[UI285] needs https, and on a phone of Apple's the home screen", ({ expect }) => {
    const facts = { isSecure: true, hasPush: true, standalone: undefined };
    expect(
      [
        facts,
        { ...facts, isSecure: false },
        { ...facts, hasPush: false },
        { ...facts, hasPush: false, standalone: false },
        { ...facts, hasPush: true, standalone: true },
        { ...facts, hasPush: false, standalone: true },
      ].map(pushSupport),
    ).toEqual(["ready", "insecure", "unsupported", "homeScreen", "ready", "unsupported"]);
  });

  it("[UI286] sends what has changed since, and nothing else", async ({ expect }) => {
    const { world, push } = await begun();
    world.asked.length = 0;
    await push.sync(RULES);
    expect(world.asked).toEqual(["session"]);
    await push.sync(OTHERS);
    await world.push().sync(OTHERS);
    expect(world.asked).toEqual(["session", "session", "change", "session"]);
    expect(world.server.get("s1")?.rules).toEqual(OTHERS);
    // Who has logged in since is sent a private market too.
    world.session = "2026-12-30T09:00:00.000+09:00";
    await push.sync(OTHERS);
    expect(world.asked.slice(-2)).toEqual(["session", "change"]);
    // A later login may be one under another token of the owner.
    world.session = "2027-01-30T09:00:00.000+09:00";
    await push.sync(OTHERS);
    expect(world.asked.slice(-2)).toEqual(["session", "change"]);
    await push.sync(OTHERS);
    expect(world.asked.slice(-2)).toEqual(["change", "session"]);
  });

  it("[UI286] states that the server does not know a change, and sends it with the next try", async ({
    expect,
  }) => {
    const { world, push } = await begun();
    world.isOffline = true;
    await push.sync(OTHERS);
    expect([push.status(), push.failure()]).toMatchObject(["on", { kind: "unreachable" }]);
    world.isOffline = false;
    await push.sync(OTHERS);
    expect([push.status(), push.failure(), world.server.get("s1")?.rules]).toEqual(["on", null, OTHERS]);
  });

  it("[UI286] asks with the rules that are on and have push, in what the server takes", ({ expect }) => {
    const tickers = Array.from({ length: 501 }, (_, i) => String(900_000 + i));
    const long = ruleWith(["page", "push"], {
      id: "long",
      scope: { kind: "tickers", from: "starred", tickers },
    });
    const all = [ruleWith(["page"]), ruleWith(["push"], { isOn: false }), long];
    const [row, ...more] = pushRules(all);
    expect([row?.id, row?.channels, more]).toEqual(["long", [], []]);
    expect(row?.scope).toEqual({ kind: "tickers", from: "starred", tickers: tickers.slice(1) });
    expect([isCut(all), isCut([ruleWith(["push"])])]).toEqual([true, false]);
    const chosen = withPush([ruleWith(["page"]), ruleWith(["page"], { isOn: false })]);
    expect(chosen.map(({ channels }) => channels)).toEqual([["page", "push"], ["page"]]);
    expect(withPush(all)).toBe(all);
  });

  it("[UI288] ends at the browser and the server, whichever can be reached", async ({ expect }) => {
    const { world, push } = await begun();
    world.isOffline = true;
    await push.end();
    expect([push.status(), push.failure(), world.browser]).toMatchObject([
      "off",
      { kind: "unreachable" },
      null,
    ]);
    expect(world.server.size).toBe(1);
    world.isOffline = false;
    const later = world.push();
    await later.sync(RULES);
    expect([later.status(), world.server.size, world.kept]).toEqual(["off", 0, null]);
    // One that the server has ended already.
    const { world: other, push: gone } = await begun();
    other.server.clear();
    await gone.end();
    expect([gone.status(), gone.failure(), other.kept]).toEqual(["off", null, null]);
  });

  it("[UI288] states that the browser has ended it until its reader begins again", async ({ expect }) => {
    const { world, push } = await begun();
    world.browser = null;
    await push.sync(RULES);
    expect([push.status(), world.server.size, world.kept]).toEqual(["lost", 0, null]);
    await push.sync(OTHERS);
    expect(push.status()).toBe("lost");
    await push.begin(OTHERS);
    expect([push.status(), world.server.size]).toEqual(["on", 1]);
  });

  it("[UI289] names a new address of the browser, and is made anew where the server has lost it", async ({
    expect,
  }) => {
    const { world, push } = await begun();
    const moved = { endpoint: "https://push.example/moved", keys: { p256dh: "p2", auth: "a2" } };
    world.browser = moved;
    await push.sync(RULES);
    expect(world.server.get("s1")?.target).toEqual(moved);
    world.server.clear();
    await push.sync(OTHERS);
    expect([push.status(), world.kept?.id, world.server.get("s2")?.rules]).toEqual(["on", "s2", OTHERS]);
  });
});
