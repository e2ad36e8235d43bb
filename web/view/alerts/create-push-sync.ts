/** Keeps what the server knows of this device's rules equal to them, while a page is open. */
import { createEffect, createMemo, on, onCleanup, untrack } from "solid-js";
import type { Timers } from "../../live/time.ts";
import { pushOf } from "../../store/alerts/device-push.ts";
import { alertRulesOf, appliedRule, type DeviceRule } from "../../store/alerts/device-rules.ts";
import { pushRules } from "../../store/alerts/push-rules.ts";
import type { Device } from "../../store/device/device.ts";

/** After the last change: a reader who stars one share after the other is one change. */
const REST_MS = 2_000;

/** Those of the device, with their tickers. Reactive. */
export function appliedRules(device: Device): readonly DeviceRule[] {
  return alertRulesOf(device)
    .value()
    .map((rule) => appliedRule(rule, device));
}

/** Once for the life of the page: at its beginning, when a rule or its list has changed, and after a failure with the network or a look. */
export function createPushSync(device: Device, timers: Timers): void {
  const push = pushOf(device);
  const rules = createMemo(() => JSON.stringify(pushRules(appliedRules(device))));
  let cancel: (() => void) | null = null;

  function sync(): void {
    void push.sync(untrack(() => pushRules(appliedRules(device))));
  }
  function syncLater(): void {
    cancel?.();
    cancel = timers.after(REST_MS, sync);
  }
  function again(): void {
    // Another tab may have begun or ended it since.
    if (document.visibilityState === "visible") {
      syncLater();
    }
  }
  sync();
  createEffect(on(rules, syncLater, { defer: true }));
  addEventListener("online", syncLater);
  document.addEventListener("visibilitychange", again);
  onCleanup(() => {
    cancel?.();
    removeEventListener("online", syncLater);
    document.removeEventListener("visibilitychange", again);
  });
}
