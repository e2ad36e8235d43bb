/** The rules of a device: what they begin with, how they are kept, and how they leave and come back. */
import { describe, it, vi } from "vitest";
import { createPreferences } from "../preferences.ts";
import { createDevice, type Device } from "../device/device.ts";
import { deviceFileOf, readDeviceFile } from "../device/file/device-file.ts";
import { asideOf, deviceState, putDeviceState } from "../device/file/device-state.ts";
import { planImport } from "../device/file/plan.ts";
import { watchListsOf } from "../watch/watch-lists.ts";
import { withEntries, withList } from "../watch/watch-list.ts";
import {
  ALERTS_KEY,
  alertRulesOf,
  appliedRule,
  createAlertRules,
  MAX_RULES,
  ruleFrom,
  templatesFor,
  withoutRule,
  withRule,
  withStarsOn,
} from "./device-rules.ts";
import { ANY_RULE, memoryPlace } from "./stage-alerts.ts";

const KRX = { exchange: "KRX", language: "ko" } as const;

function newDevice(entries: Readonly<Record<string, string>> = {}): Device {
  vi.stubGlobal("addEventListener", () => undefined);
  const device = createDevice(memoryPlace(entries).shelf);
  // Each of them listens from now on, as those of an open page do.
  void [watchListsOf(device), alertRulesOf(device), deviceState(device)];
  vi.unstubAllGlobals();
  return device;
}

describe("the rules of a device", () => {
  it("[UI273] are none until the reader asks; the usual one is of stars alone, in the page, quiet at night", ({
    expect,
  }) => {
    expect(createAlertRules(memoryPlace()).value()).toEqual([]);
    const [rule] = withStarsOn([], KRX);
    expect(rule).toEqual({
      id: "starred",
      name: "",
      isOn: true,
      kinds: ["touched", "confirmed", "failed"],
      within: 3,
      scope: { kind: "tickers", from: "starred", tickers: [] },
      cooldown: 10,
      quiet: { from: 1_200, until: 450, zone: "Asia/Seoul" },
      digest: false,
      onlyOpen: false,
      language: "ko",
      channels: ["page"],
    });
    // The simulated market has no night.
    expect(ruleFrom("starred", "x", { exchange: "DEMO", language: "en" }).quiet).toBeNull();
    const own = { ...ANY_RULE, id: "own", isOn: false, scope: rule?.scope ?? ANY_RULE.scope };
    expect(withStarsOn([ANY_RULE, own], KRX)).toEqual([ANY_RULE, { ...own, isOn: true }]);
    const full = Array.from({ length: MAX_RULES }, (_, i) => ({ ...ANY_RULE, id: `r${i}` }));
    expect(withStarsOn(full, KRX)).toBe(full);
  });

  it("[UI282] begin with a template that none of them covers, or with the reader's own", ({ expect }) => {
    expect(templatesFor([])).toEqual(["starred", "near", "best", "market", "own"]);
    const [starred, best] = [ruleFrom("starred", "a", KRX), ruleFrom("best", "b", KRX)];
    const more = { ...best, isOn: false, kinds: [...best.kinds, "failed"] as const };
    expect(templatesFor([starred, more])).toEqual(["near", "market", "own"]);
    // With fewer events, or of other shares, it is another rule.
    const fewer = { ...starred, kinds: ["touched"] as const };
    const others = { ...best, scope: { kind: "grade", least: "S" } as const };
    expect(templatesFor([fewer, others])).toEqual(["starred", "near", "best", "market", "own"]);
    const { kinds, scope, isOn } = ruleFrom("own", "c", KRX);
    expect([kinds, scope, isOn]).toEqual([["confirmed"], { kind: "all" }, true]);
  });

  it("[UI282] are kept, changed by two tabs without a loss, and set aside where they cannot be read", ({
    expect,
  }) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const place = memoryPlace();
    const [here, there] = [createAlertRules(place), createAlertRules(place)];
    here.change((now) => withRule(now, { ...ANY_RULE, id: "a" }));
    there.change((now) => withRule(now, { ...ANY_RULE, id: "b" }));
    here.change((now) => withRule(now, { ...ANY_RULE, id: "a", name: "first" }));
    expect(there.stored().map(({ id, name }) => [id, name])).toEqual([
      ["a", "first"],
      ["b", ""],
    ]);
    there.change((now) => withoutRule(now, "a"));
    expect(createAlertRules(place).value()).toEqual([{ ...ANY_RULE, id: "b" }]);
    for (const wrong of [
      { version: 2, rules: [] },
      { version: 1, rules: [{ ...ANY_RULE, kinds: [] }] },
      { version: 1, rules: [{ ...ANY_RULE, quiet: { from: 0, until: 1, zone: "Asia/Nowhere" } }] },
      { version: 1, rules: [{ ...ANY_RULE, cooldown: 1_441 }] },
      { version: 1, rules: Array.from({ length: MAX_RULES + 1 }, () => ANY_RULE) },
    ]) {
      const text = JSON.stringify(wrong);
      const odd = memoryPlace({ [ALERTS_KEY]: text });
      const rules = createAlertRules(odd);
      expect([rules.value(), rules.isAside(), odd.kept.get(`${ALERTS_KEY}.aside`)]).toEqual([[], true, text]);
    }
    warn.mockRestore();
  });

  it("[UI282] apply to what their list has now", ({ expect }) => {
    const device = newDevice({ "vcp.stars": '["005930","000660"]' });
    watchListsOf(device).change((now) =>
      withEntries(withList(now, { id: "own", name: "own", entries: [] }), "own", [
        { ticker: "035420", added: null },
      ]),
    );
    const tickersOf = (from: string): unknown => {
      const { scope } = appliedRule({ ...ANY_RULE, scope: { kind: "tickers", from, tickers: [] } }, device);
      return "tickers" in scope ? scope.tickers : null;
    };
    expect(["starred", "own", "gone"].map(tickersOf)).toEqual([["005930", "000660"], ["035420"], []]);
  });

  it("[UI282] leave with everything else of the device, and come back on the open page", ({ expect }) => {
    const from = newDevice();
    alertRulesOf(from).change((now) => withRule(now, ANY_RULE));
    const file = deviceFileOf(deviceState(from), asideOf(from), "2025-06-13T01:00:00.000Z");
    const answer = readDeviceFile(new TextEncoder().encode(file));
    const device = newDevice();
    const plan = planImport(deviceState(device), "sections" in answer ? answer.sections : {}, "merge");
    expect(plan.changes.map(({ section, added }) => [section, added])).toEqual([["alerts", 1]]);
    const preferences = createPreferences(device.shelf, ["ko"]);
    putDeviceState(device, { from: deviceState(device), to: plan.next }, preferences, ["ko"]);
    expect(alertRulesOf(device).value()).toEqual([ANY_RULE]);
  });
});
