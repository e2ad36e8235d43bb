import { describe, it } from "vitest";
import { ALERT_LIMITS } from "../app/ports/alerts.ts";
import type { AlertRule } from "../core/alerts/alert-rule.ts";
import { SimulatedAlerts, takenBack, touchOf } from "../testing/alerts/simulated-alerts.ts";
import { makeAlert, makeRule } from "../testing/builders/alert-builder.ts";
import { ObjectStorage } from "../testing/wire/world/object-storage.ts";
import { AlertQueue } from "./alert-queue.ts";
import { Messages } from "./messages.ts";
import { RuleIndex } from "./rule-index.ts";

const HOUR_MS = 3_600_000;
const ANYONE = { isReader: false, network: null };

async function world(...rules: readonly AlertRule[]): Promise<SimulatedAlerts> {
  const made = new SimulatedAlerts(1, 0);
  await made.begin(rules);
  return made;
}

function kinds(made: SimulatedAlerts, receiver: string): readonly string[] {
  return [...(made.inboxes.get(receiver)?.values() ?? [])].map(({ kind }) => kind);
}

function target(name: string): { readonly endpoint: string; readonly p256dh: string; readonly auth: string } {
  return { endpoint: name, p256dh: "p", auth: "a" };
}

describe("the object that tells, where it could be wrong", () => {
  it("[AL7] sends nothing again in quiet hours that began since the first attempt", async ({ expect }) => {
    const quiet = { from: 17, until: 60, zone: "UTC" };
    const made = await world(makeRule({ id: "r", channels: ["bot"], quiet }));
    made.answer = () => ({ kind: "retry", reason: "busy", afterMs: null });
    made.add(touchOf(1, "touched", made.now));
    await made.until(1_015_000);
    made.answer = null;
    await made.until(HOUR_MS - 1);
    expect(kinds(made, "bot")).toEqual([]);
    await made.until(HOUR_MS);
    expect(kinds(made, "bot")).toEqual(["alert"]);
  });

  it("[AL16] judges again who may be told when the message is made and when it is sent", async ({
    expect,
  }) => {
    const later = { from: 0, until: 60, zone: "UTC" };
    const made = await world(makeRule({ id: "r", channels: ["bot"], quiet: later }));
    await made.object.subscribe(target("gathering"), ANYONE, [makeRule({ quiet: later })]);
    await made.object.subscribe(target("waiting"), ANYONE, [makeRule()]);
    made.answer = () => ({ kind: "retry", reason: "busy", afterMs: 60_000 });
    const event = touchOf(1, "touched", made.now);
    made.add(event);
    await made.until(made.now + 5_000);
    made.active = "KRX";
    made.answer = null;
    await made.until(2 * HOUR_MS);
    made.add(takenBack(event, made.now, "@c"));
    await made.until(3 * HOUR_MS);
    expect(["bot", "gathering", "waiting"].map((id) => kinds(made, id))).toEqual([[], [], []]);
    expect(new Set(await made.states())).toEqual(new Set(["withdrawn"]));
  });

  it("[AL16] tells nothing private to a reader who logged out before the message was made", async ({
    expect,
  }) => {
    const made = await world();
    made.active = "KRX";
    const later = [makeRule({ quiet: { from: 0, until: 60, zone: "UTC" } })];
    const by = { isReader: true, network: null };
    const subscribed = await made.object.subscribe(target("phone"), by, later);
    const { id, token } = subscribed.refused === null ? subscribed : { id: "", token: "" };
    made.add(makeAlert({ kind: "touched", at: made.now }));
    await made.until(made.now + 5_000);
    await made.object.changeSubscription(id, token, target("phone"), false, later);
    await made.until(2 * HOUR_MS);
    expect(kinds(made, "phone")).toEqual([]);
  });

  it("[AL15] keeps a browser that moved to another address while a message went to the old one", async ({
    expect,
  }) => {
    const made = await world();
    const subscribed = await made.object.subscribe(target("old"), ANYONE, [makeRule()]);
    const { id, token } = subscribed.refused === null ? subscribed : { id: "", token: "" };
    const answered = Promise.withResolvers<undefined>();
    made.slow.set("old", answered.promise);
    made.answer = (receiver) => (receiver === "old" ? { kind: "gone", reason: "410" } : { kind: "sent" });
    made.add(touchOf(1, "touched", made.now));
    await made.until(made.now + 1_500);
    expect(await made.object.changeSubscription(id, token, target("new"), false, [makeRule()])).toEqual({
      refused: null,
    });
    answered.resolve(undefined);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await made.until(made.now + 60_000);
    expect(kinds(made, "new")).toEqual(["alert"]);
  });

  it("[AL92] what ended before it was a message keeps nothing that comes after it from being told", async ({
    expect,
  }) => {
    const rule = makeRule({ id: "r", channels: ["bot"], cooldown: 60 });
    const made = await world(rule);
    made.add(touchOf(1, "touched", made.now));
    await made.until(made.now);
    await made.object.putRule({ ...rule, isOn: false });
    await made.object.putRule(rule);
    made.now += 60_000;
    made.add(touchOf(1, "touched", made.now, "@again"));
    await made.until(made.now + 5_000);
    expect([kinds(made, "bot"), await made.states()]).toEqual([["alert"], ["sent", "withdrawn"]]);
    made.add(touchOf(1, "touched", made.now, "@third"));
    await made.until(made.now + 5_000);
    expect(kinds(made, "bot")).toEqual(["alert"]);
  });

  it("[AL17] has no more channels than its limit, also of requests that come together", async ({
    expect,
  }) => {
    const made = await world();
    const many = Array.from({ length: 3 * ALERT_LIMITS.channels }, async (_, i) =>
      made.object.putChannel(`hook${i}`, {
        kind: "webhook",
        name: "",
        url: "https://a.example",
        template: "raw",
      }),
    );
    const refused = (await Promise.all(many)).filter((one) => one.refused !== null);
    const { channels } = await made.object.owner();
    expect([channels.length, refused.length]).toEqual([ALERT_LIMITS.channels, 2 * ALERT_LIMITS.channels + 3]);
  });

  it("[AL91] receivers that were slow leave most of the way to the others", async ({ expect }) => {
    const made = await world();
    const never = new Promise(() => undefined);
    const answered = Promise.withResolvers<undefined>();
    // The fifth id is the last in the order of their names.
    for (const name of ["s1", "s2", "s3", "s4", "phone", "s5", "s6"]) {
      await made.object.subscribe(target(name), ANYONE, [makeRule()]);
    }
    const slow = ["s1", "s2", "s3", "s4", "s5", "s6"];
    slow.forEach((name) => made.slow.set(name, answered.promise));
    made.add(touchOf(1, "touched", made.now));
    await made.until(made.now + 8_000);
    expect(kinds(made, "phone")).toEqual([]);
    answered.resolve(undefined);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    for (const name of ["phone", ...slow]) {
      expect([name, ...kinds(made, name)]).toEqual([name, "alert"]);
    }
    slow.forEach((name) => made.slow.set(name, never));
    made.add(touchOf(2, "touched", made.now));
    await made.until(made.now + 1_500);
    expect(kinds(made, "phone")).toEqual(["alert", "alert"]);
    // One that answers in time again is one of the others; what none has answered is sent again.
    slow.forEach((name) => made.slow.delete(name));
    made.restart();
    await made.end();
    for (const name of slow) {
      expect([name, ...kinds(made, name)]).toEqual([name, "alert", "alert"]);
    }
  });

  it("[AL17] holds its limits against requests that come together", async ({ expect }) => {
    const made = await world();
    const by = { isReader: false, network: "203.0.113.0/24" };
    const many = Array.from({ length: 3 * ALERT_LIMITS.ofNetwork }, async (_, i) =>
      made.object.subscribe(target(`p${i}`), by, []),
    );
    const made1 = (await Promise.all(many)).filter(({ refused }) => refused === null);
    expect([made1.length, made.store.known.length]).toEqual([ALERT_LIMITS.ofNetwork, ALERT_LIMITS.ofNetwork]);
    const rules = Array.from({ length: 2 * ALERT_LIMITS.ownerRules }, async (_, i) =>
      made.object.putRule(makeRule({ id: `r${i}` })),
    );
    await Promise.all(rules);
    expect(made.store.held).toHaveLength(ALERT_LIMITS.ownerRules);
  });

  it("[AL17] a subscription that was ended comes back by no change that was under way", async ({
    expect,
  }) => {
    const made = await world();
    const subscribed = await made.object.subscribe(target("phone"), ANYONE, [makeRule()]);
    const { id, token } = subscribed.refused === null ? subscribed : { id: "", token: "" };
    const changing = made.object.changeSubscription(id, token, target("phone"), false, [makeRule()]);
    await Promise.all([changing, made.object.endSubscription(id, token)]);
    expect([made.store.known, made.store.held]).toEqual([[], []]);
  });

  it("[AL17] the shares that browsers name are bounded together", async ({ expect }) => {
    const made = await world();
    const tickers = Array.from({ length: 500 }, (_, i) => `D${i}`);
    const scope = { kind: "tickers", from: "starred", tickers } as const;
    const rules = Array.from({ length: 5 }, (_, i) => makeRule({ id: `r${i}`, scope }));
    const most = ALERT_LIMITS.browserTickers / 2_500;
    const own = { ...ANYONE, ...target(""), tokenHash: "", createdAt: 0 };
    for (let i = 0; i < most; i++) {
      await made.store.putSubscriber({ ...own, id: `s${i}`, endpoint: `p${i}` }, rules);
    }
    const refusal = { refused: expect.stringContaining("shares") };
    expect(await made.object.subscribe(target("more"), ANYONE, rules)).toMatchObject(refusal);
    expect(await made.object.subscribe(target("p0"), ANYONE, rules)).toMatchObject({ refused: null });
    expect(await made.object.subscribe(target("all"), ANYONE, [makeRule()])).toMatchObject({ refused: null });
  });

  it("[AL12] goes on with a log that began anew, as after another database took its place", async ({
    expect,
  }) => {
    const made = await world(makeRule({ id: "r", channels: ["bot"] }));
    for (let i = 0; i < 9; i++) {
      made.add(touchOf(i, "touched", made.now));
    }
    await made.until(made.now + 60_000);
    made.log.length = 0;
    made.add(touchOf(20, "touched", made.now));
    await made.until(made.now + 60_000);
    made.add(touchOf(21, "touched", made.now));
    await made.until(made.now + 60_000);
    expect(kinds(made, "bot")).toHaveLength(2);
  });

  it("[AL12] takes each event for itself: what dies at the second has done the first", ({ expect }) => {
    const storage = new ObjectStorage();
    // @ts-expect-error -- the part of the platform's storage that is used
    const [queue, messages] = [new AlertQueue(storage), new Messages(storage)];
    const events = [1, 2].map((n) => ({ position: n, event: touchOf(n, "touched", 1_000) }));
    const telling = { now: 1_000, isOpen: () => true, digestAt: () => 0 };
    const take = (): void => {
      queue.take(events, new RuleIndex([{ holder: "owner", rule: makeRule() }]), {
        ...telling,
        mayTell: (_, { id }) => {
          if (id === events[1]?.event.id) {
            throw new RangeError("the process was ended");
          }
          return true;
        },
      });
    };
    expect(take).toThrow("ended");
    expect([queue.place(), messages.due(3_000).length]).toEqual([1, 1]);
  });

  it("[AL7] keeps nothing for a rule whose quiet hours have no end", async ({ expect }) => {
    const made = await world(
      makeRule({ id: "r", channels: ["bot"], quiet: { from: 0, until: 0, zone: "UTC" } }),
    );
    made.add(touchOf(1, "touched", made.now));
    await made.until(made.now + 50 * HOUR_MS);
    expect([await made.states(), kinds(made, "bot")]).toEqual([[], []]);
  });
});
