import { describe, it, vi } from "vitest";
import { SimulatedAlerts, touchOf } from "../testing/alerts/simulated-alerts.ts";
import { makeRule } from "../testing/builders/alert-builder.ts";

const HOUR_MS = 3_600_000;

/** Two rules to two receivers: what is damaged belongs to the first. */
async function world(): Promise<SimulatedAlerts> {
  const made = new SimulatedAlerts(1, 0);
  const quiet = { from: 0, until: 60, zone: "UTC" };
  await made.begin([
    makeRule({ id: "first", channels: ["bot"], quiet }),
    makeRule({ id: "second", channels: ["hook"] }),
  ]);
  return made;
}

function got(made: SimulatedAlerts, receiver: string): number {
  return made.inboxes.get(receiver)?.size ?? 0;
}

function stated(made: SimulatedAlerts): readonly unknown[] {
  return made.lines.lines
    .filter(({ event }) => event === "alert_row_not_read")
    .map(({ fields }) => fields?.["row"]);
}

/** What another version or a fault may leave in the object's own storage, once an event was gathered. */
const DAMAGES = [
  ["an event of message 1", "UPDATE hit SET detail = '{' WHERE message = 1"],
  ["an event of message 1", `UPDATE hit SET detail = '{"kind":"later"}' WHERE message = 1`],
  ["message 1", "UPDATE message SET kind = 'later' WHERE number = 1"],
] as const;

/** The same, once the message was made and its receiver was busy. */
const LATER_DAMAGES = [
  ["message 1", "UPDATE message SET body = '{' WHERE number = 1"],
  ["message 1", "UPDATE message SET body = '{}' WHERE number = 1"],
  ["delivery 1 to channel:bot", "UPDATE message SET body = NULL WHERE number = 1"],
] as const;

describe("rows that cannot be read", () => {
  it("[AL26] an event that cannot be read is stepped over, and stated once", async ({ expect }) => {
    const made = await world();
    made.add(touchOf(1, "touched", made.now));
    made.log.push({ position: 2, event: null, fault: "not an event" });
    made.add(touchOf(2, "touched", made.now));
    await made.until(made.now + 5_000);
    made.add(touchOf(3, "touched", made.now));
    await made.until(made.now + 5_000);
    expect([got(made, "hook"), stated(made)]).toEqual([2, ["alert_event 2"]]);
  });

  it("[AL26] a rule or a subscription that cannot be read stops nobody else's, and is stated once", async ({
    expect,
  }) => {
    const made = new SimulatedAlerts(1, 0);
    made.store.unread = ["alert_rule phone/r", "push_subscription phone"];
    await made.begin([makeRule({ id: "r", channels: ["hook"] })]);
    for (let i = 0; i < 3; i++) {
      // What became of a write that failed is not known, so all is read again.
      vi.spyOn(made.store, "putRule").mockRejectedValueOnce(new Error("out of reach"));
      await expect(made.object.putRule(makeRule({ id: "x" }))).rejects.toThrow("out of reach");
      made.add(touchOf(i, "touched", made.now));
      await made.until(made.now + 5_000);
    }
    expect([got(made, "hook"), stated(made)]).toEqual([3, made.store.unread]);
    expect(made.store.reads).toBe(4);
  });

  it.for(DAMAGES)(
    "[AL26] %s is settled when it is due and stops no other: %s",
    async ([row, damage], { expect }) => {
      const made = await world();
      made.add(touchOf(1, "touched", made.now));
      await made.until(made.now + 5_000);
      made.storage.sql.exec(damage);
      made.add(touchOf(2, "touched", made.now));
      await made.until(2 * HOUR_MS);
      made.add(touchOf(3, "touched", made.now));
      await made.until(made.now + 5_000);
      expect([got(made, "hook"), stated(made)]).toEqual([3, [row]]);
      const log = await made.object.log("owner", "first", 9);
      expect(log.length).toBeGreaterThan(0);
      expect(log.map(({ state }) => state)).not.toContain("gathering");
    },
  );

  it.for(LATER_DAMAGES)(
    "[AL26] %s ends before it is sent again and stops no other: %s",
    async ([row, damage], { expect }) => {
      const made = new SimulatedAlerts(1, 0);
      await made.begin([makeRule({ id: "r", channels: ["bot", "hook"] })]);
      made.answer = (receiver) =>
        receiver === "bot" ? { kind: "retry", reason: "busy", afterMs: null } : { kind: "sent" };
      made.add(touchOf(1, "touched", made.now));
      await made.until(made.now + 2_000);
      made.storage.sql.exec(damage);
      made.answer = null;
      made.add(touchOf(2, "touched", made.now));
      await made.until(made.now + 60_000);
      expect([got(made, "bot"), got(made, "hook"), stated(made)]).toEqual([1, 2, [row]]);
      const log = await made.object.log("owner", null, 9);
      expect(log.find(({ state }) => state === "withdrawn")).toMatchObject({
        receiver: "bot",
        reason: "what was kept of it cannot be read",
      });
    },
  );

  it("[AL26] a channel that cannot be read is none, and stops no other", async ({ expect }) => {
    const made = await world();
    made.storage.sql.exec("UPDATE channel SET target = '{' WHERE id = 'bot'");
    made.add(touchOf(1, "touched", made.now));
    await made.until(2 * HOUR_MS);
    expect([got(made, "bot"), got(made, "hook"), stated(made)]).toEqual([0, 1, ["channel bot"]]);
    expect((await made.object.owner()).channels.map(({ id }) => id)).toEqual(["hook", "slow"]);
  });
});
