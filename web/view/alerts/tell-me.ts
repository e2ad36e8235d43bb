/** Notifies of a share from now on: stars it and turns the usual rule on, and states over the page what that shows. */
import { ALERT_TEXTS } from "../../i18n/alert-texts.ts";
import { alertRulesOf, type DeviceRule, withStarsOn } from "../../store/alerts/device-rules.ts";
import type { Device } from "../../store/device/device.ts";
import { STARRED } from "../../store/device/stars.ts";
import type { Locale } from "../../i18n/locale.ts";
import type { ActiveExchange } from "../../store/exchange.ts";
import { toastsOf } from "./toasts.ts";

function isOfStars({ isOn, scope }: DeviceRule): boolean {
  return isOn && scope.kind === "tickers" && scope.from === STARRED;
}

/** Reactive. */
export function isNotified(device: Device, ticker: string): boolean {
  return device.stars.has(ticker) && alertRulesOf(device).value().some(isOfStars);
}

interface Asking {
  readonly device: Device;
  readonly exchange: ActiveExchange;
  readonly locale: Locale;
}

/** `name` as the page shows it. */
export function tellMe({ device, exchange, locale }: Asking, ticker: string, name: string): void {
  const texts = ALERT_TEXTS[locale];
  const rules = alertRulesOf(device);
  const isStarred = device.stars.has(ticker) || device.stars.toggle(ticker);
  const place = { exchange: exchange.active(), language: locale };
  rules.change((now) => withStarsOn(now, place));
  const rule = rules.stored().find(isOfStars);
  if (!isStarred || rule === undefined) {
    toastsOf(device).add({ kind: "asked", text: texts.full, isRefused: true });
    return;
  }
  const kinds = rule.kinds.map((kind) => texts.kinds[kind]).join(", ");
  const text = texts.asked(name, kinds);
  toastsOf(device).add({
    kind: "asked",
    text: rules.isKept() ? text : `${text} ${texts.notKept}`,
    isRefused: false,
  });
}
