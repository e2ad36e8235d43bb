import { describe, it } from "vitest";
import type { LiveKey } from "../../../app/ports/live-upstream.ts";
import { tickerOf } from "../../../core/nominal.ts";
import { KiwoomRegistrations, MOST_OF_A_GROUP } from "./registrations.ts";

const shares = (count: number): readonly LiveKey[] =>
  Array.from({ length: count }, (_, n) => tickerOf(String(n).padStart(6, "0")));

/** Answers everything that is sent, and returns what was. */
function settle(one: KiwoomRegistrations, isServed: (keys: readonly LiveKey[]) => boolean = () => true) {
  const sent: { type: string; group: string; count: number }[] = [];
  for (let change = one.next(); change !== null; change = one.next()) {
    sent.push({ type: change.type, group: change.group, count: change.keys.length });
    one.answered(change.type, isServed(change.keys));
  }
  return sent;
}

describe("registrations at Kiwoom", () => {
  it("[KW12] one message is under way, of one group, and at most a hundred names stand in one", ({
    expect,
  }) => {
    const one = new KiwoomRegistrations(MOST_OF_A_GROUP);
    one.want(["KOSPI", "KOSDAQ", ...shares(150)]);
    expect(one.next()).toEqual({ type: "add", group: "2", keys: ["KOSPI", "KOSDAQ"] });
    expect(one.next()).toBeNull();
    expect(one.answered("remove", true)).toBe(false);
    expect(one.answered("add", true)).toBe(true);
    expect(one.answered("add", true)).toBe(false);
    expect(settle(one)).toEqual([
      { type: "add", group: "1", count: 98 },
      { type: "add", group: "3", count: 0 },
      { type: "add", group: "4", count: 0 },
    ]);
    expect(one.followed()).toHaveLength(MOST_OF_A_GROUP);
  });

  it("[KW12] what left the list is given back before anything is added", ({ expect }) => {
    const one = new KiwoomRegistrations(10);
    one.want(shares(10));
    settle(one);
    one.want([...shares(12).slice(8), "KOSPI"]);
    expect(settle(one)).toEqual([
      { type: "remove", group: "1", count: 8 },
      { type: "add", group: "1", count: 2 },
      { type: "add", group: "2", count: 1 },
    ]);
    expect(one.followed()).toEqual([...shares(12).slice(8), "KOSPI"]);
  });

  it("[KW12] what is refused together is asked for in halves, and what is refused alone no more", ({
    expect,
  }) => {
    const one = new KiwoomRegistrations(64);
    const keys = shares(64);
    const bad = keys[40];
    one.want(keys);
    const sent = settle(one, (some) => !some.includes(bad ?? "KOSPI"));
    expect(one.followed()).toEqual(keys.filter((key) => key !== bad));
    // Each halving is two messages, and the bad one is alone after six.
    expect(sent.filter(({ count }) => count > 0).length).toBeLessThanOrEqual(1 + 2 * 6);
    one.want(keys);
    expect(settle(one)).toEqual([]);
  });

  it("[KW12] a place that the vendor does not take back stays taken", ({ expect }) => {
    const one = new KiwoomRegistrations(3);
    one.want(shares(3));
    settle(one);
    one.want(shares(6).slice(3));
    let removals = 0;
    for (let change = one.next(); change !== null; change = one.next()) {
      removals += change.type === "remove" ? 1 : 0;
      one.answered(change.type, change.type === "add");
    }
    expect([removals, one.followed()]).toEqual([1, []]);
  });
});
