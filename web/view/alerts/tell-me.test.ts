/** What a press on "tell me" turns on, and what is on then. */
import { describe, it, vi } from "vitest";
import { alertRulesOf, MAX_RULES } from "../../store/alerts/device-rules.ts";
import { ANY_RULE, memoryPlace } from "../../store/alerts/stage-alerts.ts";
import { createDevice, type Device } from "../../store/device/device.ts";
import { areStarsNotified, isNotified, tellMe, tellOfStars } from "./tell-me.ts";
import { toastsOf } from "./toasts.ts";

function newDevice(...stars: readonly string[]): Device {
  vi.stubGlobal("addEventListener", () => undefined);
  const device = createDevice(memoryPlace({ "vcp.stars": JSON.stringify(stars) }).shelf);
  // They listen from now on, as those of an open page do; no time passes for a notice.
  void [alertRulesOf(device), toastsOf(device, () => () => undefined)];
  vi.unstubAllGlobals();
  return device;
}

type Asking = Parameters<typeof tellOfStars>[0];

function askingOf(device: Device, status: ReturnType<Asking["push"]["status"]> = "off"): Asking {
  const exchange = {
    active: (): "KRX" => "KRX",
    learn: () => undefined,
    accepts: () => true,
    onSwitch: () => undefined,
    onDoubt: () => undefined,
  } as const;
  return { device, exchange, locale: "en", push: { status: () => status } };
}

describe("tell me", () => {
  it("[UI283] stars the share and turns the rule of the stars on, by which every starred share is notified of", ({
    expect,
  }) => {
    const device = newDevice("068270");
    tellMe(askingOf(device), "005930", "Samsung");
    expect([device.stars.has("005930"), isNotified(device, "005930"), isNotified(device, "068270")]).toEqual([
      true,
      true,
      true,
    ]);
    expect(toastsOf(device).all()).toMatchObject([
      { isRefused: false, text: expect.stringMatching(/^Samsung/) },
    ]);
    device.stars.toggle("068270");
    expect([isNotified(device, "068270"), areStarsNotified(device)]).toEqual([false, true]);
    alertRulesOf(device).change((rules) => rules.map((rule) => ({ ...rule, isOn: false })));
    expect([isNotified(device, "005930"), areStarsNotified(device)]).toEqual([false, false]);
  });

  it("[UI273] asks for push where the device is subscribed, and leaves a rule that is there as its reader set it", ({
    expect,
  }) => {
    function pressed(device: Device, status: "on" | "lost"): unknown[] {
      tellMe(askingOf(device, status), "005930", "Samsung");
      return [alertRulesOf(device).stored(), toastsOf(device).all()];
    }
    const pushed = { text: expect.stringContaining("this page now shows, and push sends:") };
    const shown = { text: expect.stringContaining("this page now shows:") };
    expect(pressed(newDevice(), "on")).toMatchObject([[{ channels: ["page", "push"] }], [pushed]]);
    expect(pressed(newDevice(), "lost")).toMatchObject([[{ channels: ["page"] }], [shown]]);
    const quiet = newDevice();
    tellOfStars(askingOf(quiet));
    alertRulesOf(quiet).change((rules) => rules.map((rule) => ({ ...rule, isOn: false })));
    toastsOf(quiet).clear();
    expect(pressed(quiet, "on")).toMatchObject([[{ isOn: true, channels: ["page"] }], [shown]]);
  });

  it("[UI283] turns on what is starred without another star, and states where there is no room", ({
    expect,
  }) => {
    const device = newDevice("005930");
    tellOfStars(askingOf(device));
    expect([[...device.stars.all()], areStarsNotified(device)]).toEqual([["005930"], true]);
    const full = newDevice("005930");
    alertRulesOf(full).change(() =>
      Array.from({ length: MAX_RULES }, (_, i) => ({ ...ANY_RULE, id: `r${i}` })),
    );
    tellOfStars(askingOf(full));
    expect([areStarsNotified(full), toastsOf(full).all()]).toMatchObject([false, [{ isRefused: true }]]);
  });
});
