import { describe, it } from "vitest";
import type { AlertRule } from "../core/alerts/alert-rule.ts";
import { ALERT_LIMITS } from "../app/ports/alerts.ts";
import { SimulatedAlerts, takenBack, touchOf } from "../testing/alerts/simulated-alerts.ts";
import { makeAlert, makeRule } from "../testing/builders/alert-builder.ts";

const TO_BOT = makeRule({ id: "r", channels: ["bot"] });
const READER = { isReader: true, network: "203.0.113.0/24" };

async function world(...rules: readonly AlertRule[]): Promise<SimulatedAlerts> {
  const made = new SimulatedAlerts(1, 0);
  await made.begin(rules);
  return made;
}

function titles(made: SimulatedAlerts, receiver: string): readonly string[] {
  return [...(made.inboxes.get(receiver)?.values() ?? [])].map(
    ({ kind, events }) => `${kind} ${events.length}`,
  );
}

function target(name: string): { readonly endpoint: string; readonly p256dh: string; readonly auth: string } {
  return { endpoint: name, p256dh: "p", auth: "a" };
}

describe("the object that tells", () => {
  it("[AL12] tells what was logged since the first rule, and nothing that is old", async ({ expect }) => {
    const made = new SimulatedAlerts(1, 0);
    made.log.push({ position: 1, event: touchOf(1, "touched", made.now) });
    await made.begin([TO_BOT]);
    made.add(touchOf(2, "touched", made.now));
    made.add(touchOf(3, "touched", made.now - 7 * 3_600_000));
    await made.until(made.now + 5_000);
    expect(titles(made, "bot")).toEqual(["alert 1"]);
  });

  it("[AL8] makes one message of a burst, and goes on after five", async ({ expect }) => {
    const made = await world(makeRule({ ...TO_BOT, kinds: ["touched"] }));
    for (let i = 0; i < 100; i++) {
      made.add(touchOf(i, "touched", made.now));
    }
    await made.until(made.now + 2_000);
    expect(titles(made, "bot")).toEqual(["alert 100"]);
    for (let i = 0; i < 7; i++) {
      made.add(touchOf(i + 100, "touched", made.now));
      await made.until(made.now + 2_000);
    }
    expect(titles(made, "bot")).toHaveLength(5);
    await made.until(made.now + 60_000);
    expect(titles(made, "bot").slice(5)).toEqual(["alert 3"]);
  });

  it("[AL23] sends a second after an event was saved, and waits for no other receiver", async ({
    expect,
  }) => {
    const made = await world(makeRule({ id: "r", channels: ["slow", "bot", "hook"] }));
    made.silent.add("slow");
    for (const count of [1, 2, 3]) {
      const saved = made.now;
      made.add(touchOf(count, "touched", saved));
      await made.until(saved + 999);
      expect([titles(made, "bot").length, titles(made, "hook").length]).toEqual([count - 1, count - 1]);
      await made.until(saved + 1_000);
      expect([titles(made, "bot").length, titles(made, "hook").length]).toEqual([count, count]);
      await made.until(saved + 2_000);
    }
    expect(titles(made, "slow")).toEqual([]);
  });

  it("[AL6] leaves out what comes within the cooldown, [AL7] and holds what comes in quiet hours", async ({
    expect,
  }) => {
    const cool = makeRule({ id: "cool", channels: ["bot"], cooldown: 10 });
    const quiet = makeRule({ id: "quiet", channels: ["hook"], quiet: { from: 0, until: 60, zone: "UTC" } });
    const made = await world(cool, quiet);
    made.add(touchOf(1, "touched", made.now));
    made.add(touchOf(1, "touched", made.now, "@again"));
    await made.until(made.now + 600_000);
    made.add(touchOf(1, "touched", made.now + 1, "@later"));
    await made.until(made.now + 5_000);
    expect([titles(made, "bot"), titles(made, "hook")]).toEqual([["alert 1", "alert 1"], []]);
    await made.until(3_600_000 + 1_000);
    expect(titles(made, "hook")).toEqual(["alert 3"]);
  });

  it("[AL13] takes out of a message what nobody was sent, and corrects what was sent", async ({ expect }) => {
    const made = await world(TO_BOT);
    const [first, second] = [touchOf(1, "touched", made.now), touchOf(2, "touched", made.now)];
    made.add(first);
    made.add(second);
    made.add(takenBack(first, made.now, "@c"));
    await made.until(made.now + 5_000);
    expect(titles(made, "bot")).toEqual(["alert 1"]);
    made.add(takenBack(second, made.now, "@c"));
    await made.until(made.now + 5_000);
    expect(titles(made, "bot")).toEqual(["alert 1", "correction 1"]);
  });

  it("[AL15] stops a channel after three failures until it is tested with success", async ({ expect }) => {
    const made = await world(TO_BOT);
    made.answer = () => ({ kind: "refused", reason: "no" });
    for (let i = 0; i < 5; i++) {
      made.add(touchOf(i, "touched", made.now));
      await made.until(made.now + 20_000);
    }
    expect((await made.object.owner()).channels.find(({ id }) => id === "bot")).toMatchObject({
      failures: 3,
      isStopped: true,
    });
    const reasons = (await made.object.log("owner", "r", 9)).map(({ state, reason }) => `${state} ${reason}`);
    expect(reasons.filter((reason) => reason === "dead no")).toHaveLength(3);
    expect(reasons.filter((reason) => reason.startsWith("dead the channel was stopped"))).toHaveLength(2);
    expect(await made.object.testChannel("bot", "ko")).toMatchObject({ kind: "refused" });
    made.answer = null;
    expect(await made.object.testChannel("bot", "ko")).toEqual({ kind: "sent" });
    made.add(touchOf(9, "touched", made.now));
    await made.until(made.now + 20_000);
    expect(titles(made, "bot")).toEqual(["test 0", "alert 1"]);
    expect(await made.object.testChannel("none", "ko")).toBeNull();
  });

  it("[AL15] forgets a browser that its push service no longer knows", async ({ expect }) => {
    const made = await world();
    await made.object.subscribe(target("gone"), READER, [makeRule()]);
    made.answer = () => ({ kind: "gone", reason: "410" });
    made.add(touchOf(1, "touched", made.now));
    await made.until(made.now + 5_000);
    expect([made.store.known, made.store.held]).toEqual([[], []]);
  });

  it("[AL16] tells of the active exchange, and of a private one the owner and readers alone", async ({
    expect,
  }) => {
    const made = await world(makeRule({ id: "r", channels: ["bot"] }));
    await made.object.subscribe(target("reader"), READER, [makeRule()]);
    await made.object.subscribe(target("anyone"), { ...READER, isReader: false }, [makeRule()]);
    made.active = "KRX";
    made.add(touchOf(1, "touched", made.now));
    made.add(makeAlert({ kind: "touched", at: made.now }));
    await made.until(made.now + 5_000);
    expect(["bot", "reader", "anyone"].map((id) => titles(made, id))).toEqual([["alert 1"], ["alert 1"], []]);
  });

  it("[AL17] has limits for owner, browser and network, and names the remedy", async ({ expect }) => {
    const made = await world();
    for (let i = 0; i < ALERT_LIMITS.ownerRules; i++) {
      expect(await made.object.putRule(makeRule({ id: `r${i}` }))).toEqual({ refused: null });
    }
    expect(await made.object.putRule(makeRule({ id: "more" }))).toMatchObject({
      refused: expect.stringContaining("delete"),
    });
    expect(await made.object.putRule(makeRule({ id: "r0", channels: ["none"] }))).toMatchObject({
      refused: expect.stringContaining("add it first"),
    });
    const many = Array.from({ length: ALERT_LIMITS.browserRules + 1 }, (_, i) => makeRule({ id: `b${i}` }));
    expect(await made.object.subscribe(target("x"), READER, many)).toMatchObject({
      refused: expect.stringContaining("join"),
    });
    for (let i = 0; i < ALERT_LIMITS.ofNetwork; i++) {
      expect(await made.object.subscribe(target(`p${i}`), READER, [])).toMatchObject({ refused: null });
    }
    expect(await made.object.subscribe(target("full"), READER, [])).toMatchObject({
      refused: expect.stringContaining("network"),
    });
    expect(await made.object.subscribe(target("p0"), READER, [])).toMatchObject({ refused: null });
    expect(
      await made.object.subscribe(target("other"), { ...READER, network: "198.51.100.0/24" }, []),
    ).toMatchObject({
      refused: null,
    });
  });

  it("[AL17] lets nobody without its token read, change or end a subscription", async ({ expect }) => {
    const made = await world();
    const made1 = await made.object.subscribe(target("phone"), READER, [
      makeRule({ id: "a", channels: ["bot"] }),
    ]);
    if (made1.refused !== null) {
      throw new Error(made1.refused);
    }
    const { id, token } = made1;
    expect(await made.object.subscription(id, token)).toEqual([makeRule({ id: "a" })]);
    const wrong = [`${token}x`, "", "drawn0"];
    for (const other of wrong) {
      expect(await made.object.subscription(id, other)).toBeNull();
      expect(await made.object.changeSubscription(id, other, target("phone"), true, [])).toBeNull();
      expect(await made.object.testSubscription(id, other, "ko")).toBeNull();
      expect(await made.object.endSubscription(id, other)).toBe(false);
    }
    expect(await made.object.changeSubscription(id, token, target("phone"), true, [])).toEqual({
      refused: null,
    });
    expect(await made.object.testSubscription(id, token, "ko")).toEqual({ kind: "sent" });
    expect(await made.object.endSubscription(id, token)).toBe(true);
    expect(await made.object.subscription(id, token)).toBeNull();
  });

  it("[AL21] gives no secret away but one that it drew, once", async ({ expect }) => {
    const made = await world();
    const hook = {
      kind: "webhook",
      name: "h",
      url: "https://hooks.example/path-secret",
      template: "raw",
    } as const;
    expect(await made.object.putChannel("w", hook)).toEqual({ refused: null, secret: "drawn1" });
    expect(await made.object.putChannel("w", { ...hook, name: "again" })).toEqual({
      refused: null,
      secret: null,
    });
    expect(await made.object.putChannel("v", { ...hook, secret: "given-secret" })).toEqual({
      refused: null,
      secret: null,
    });
    await made.object.putChannel("bot", { kind: "telegram", name: "b", chatId: "5", token: "token-secret" });
    made.answer = () => ({ kind: "refused", reason: "no" });
    await made.object.testChannel("w", "en");
    const seen = JSON.stringify([
      await made.object.owner(),
      await made.object.log("owner", null, 99),
      made.lines.lines,
      made.store,
    ]);
    expect(seen).toContain("hooks.example");
    expect(
      ["drawn1", "given-secret", "token-secret", "path-secret"].filter((secret) => seen.includes(secret)),
    ).toEqual([]);
    expect(await made.object.putChannel("n", { kind: "telegram", name: "n", chatId: "5" })).toMatchObject({
      refused: expect.stringContaining("token"),
    });
    const change = await made.object.putChannel("bot", { kind: "telegram", name: "b", chatId: "6" });
    expect(change).toEqual({ refused: null, secret: null });
    const { url: _, ...renamed } = { ...hook, name: "renamed" };
    expect(await made.object.putChannel("w", renamed)).toEqual({ refused: null, secret: null });
    expect((await made.object.owner()).channels.find(({ id }) => id === "w")).toMatchObject({
      name: "renamed",
      hint: "hooks.example",
    });
    expect(await made.object.putChannel("nowhere", renamed)).toMatchObject({
      refused: expect.stringContaining("address"),
    });
  });

  it("[AL22] states of each receiver what gathers, waits, arrived and was given up", async ({ expect }) => {
    const made = await world(makeRule({ id: "r", channels: ["bot", "hook"] }));
    made.add(touchOf(1, "touched", made.now));
    await made.until(made.now);
    const states = async (): Promise<readonly string[]> =>
      (await made.object.log("owner", "r", 9)).map(({ receiver, state, total, attempts, reason, nextAt }) =>
        [receiver, state, total, attempts, reason, nextAt !== null].join(" "),
      );
    expect(await states()).toEqual([" gathering 1 0  true"]);
    made.answer = (receiver) =>
      receiver === "bot" ? { kind: "retry", reason: "busy", afterMs: null } : { kind: "sent" };
    await made.until(made.now + 2_000);
    expect(await states()).toEqual(["bot waiting 1 1 busy true", "hook sent 1 1  false"]);
    await made.until(made.now + 8 * 3_600_000);
    expect(await states()).toEqual(["bot dead 1 8 busy false", "hook sent 1 1  false"]);
    expect(await made.object.log("owner", "other", 9)).toEqual([]);
    expect(await made.object.log("owne", null, 9)).toEqual([]);
  });

  it("[AL33] sends to browsers under the public address at which one subscribed last", async ({ expect }) => {
    const made = await world();
    for (const origin of ["http://127.0.0.1:8787", "https://radar.example", "https://nas.local", undefined]) {
      const by = { ...READER, ...(origin !== undefined && { origin }) };
      const phone = await made.object.subscribe(target("phone"), by, []);
      const { id, token } = phone.refused === null ? phone : { id: "", token: "" };
      await made.object.testSubscription(id, token, "ko");
    }
    expect(made.origins).toEqual([
      null,
      "https://radar.example",
      "https://radar.example",
      "https://radar.example",
    ]);
  });
});
