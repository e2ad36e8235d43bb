/** The owner's rules: what they begin with, and what of a list the server follows. */
import { describe, it, vi } from "vitest";
import { ALERT_LIMITS } from "../../../worker/app/ports/alerts.ts";
import { createDevice, type Device } from "../device/device.ts";
import { watchListsOf } from "../watch/watch-lists.ts";
import { listDifference, newOwnerRule, withChannelsOf, withListOf } from "./owner-alerts.ts";
import { MAX_CHANNELS, MAX_OWNER_RULES } from "./owner-requests.ts";
import { ANY_RULE, memoryPlace } from "./stage-alerts.ts";

const PLACE = { exchange: "KRX", language: "en" } as const;
const STARRED = { kind: "tickers", from: "starred" } as const;

function starring(...tickers: readonly string[]): Device {
  vi.stubGlobal("addEventListener", () => undefined);
  const device = createDevice(memoryPlace({ "vcp.stars": JSON.stringify(tickers) }).shelf);
  // Its lists listen from now on, as those of an open page do.
  watchListsOf(device);
  vi.unstubAllGlobals();
  return device;
}

describe("a rule of the owner", () => {
  it("[UI291] begins with what is starred, or where a rule is of that with one event of all, to every channel that there is", ({
    expect,
  }) => {
    const channels = [{ id: "phone" }, { id: "desk" }];
    const rule = newOwnerRule(PLACE, channels, []);
    expect(rule).toMatchObject({
      scope: { ...STARRED, tickers: [] },
      channels: ["phone", "desk"],
      language: "en",
      isOn: true,
    });
    expect(rule.id).toMatch(/^[a-z0-9-]{1,32}$/);
    expect(withChannelsOf(rule, [{ id: "desk" }]).channels).toEqual(["desk"]);
    expect(newOwnerRule(PLACE, channels, [rule])).toMatchObject({
      scope: { kind: "all" },
      kinds: ["confirmed"],
      channels: ["phone", "desk"],
    });
    expect([MAX_OWNER_RULES, MAX_CHANNELS]).toEqual([ALERT_LIMITS.ownerRules, ALERT_LIMITS.channels]);
  });

  it("[UI291] follows what the list of the device has when it is saved, and states where that differs since", ({
    expect,
  }) => {
    const rule = { ...ANY_RULE, scope: { ...STARRED, tickers: ["005930"] } };
    expect(listDifference(rule, starring("005930"))).toBeNull();
    const device = starring("068270", "005930");
    expect(listDifference(rule, device)).toEqual({ server: 1, device: 2 });
    const taken = withListOf(rule, device);
    expect(taken.scope).toEqual({ ...STARRED, tickers: ["068270", "005930"] });
    expect(listDifference(taken, device)).toBeNull();
    expect(listDifference(rule, starring("068270"))).toEqual({ server: 1, device: 1 });
  });

  it("[UI291] keeps the stocks of a list that this device does not have, and is about no list otherwise", ({
    expect,
  }) => {
    const device = starring("068270");
    const elsewhere = {
      ...ANY_RULE,
      scope: { kind: "tickers", from: "abc1", tickers: ["005930"] },
    } as const;
    expect([withListOf(elsewhere, device), listDifference(elsewhere, device)]).toEqual([elsewhere, null]);
    const graded = { ...ANY_RULE, scope: { kind: "grade", least: "A" } } as const;
    expect([withListOf(graded, device), listDifference(graded, device)]).toEqual([graded, null]);
  });
});
