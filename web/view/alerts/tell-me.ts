/** Notifies of a share from now on, or of all that are starred: turns the usual rule on, and states over the page what that shows. */
import { ALERT_TEXTS } from "../../i18n/alert-texts.ts";
import { alertRulesOf, type DeviceRule, withStarsOn } from "../../store/alerts/device-rules.ts";
import type { Device } from "../../store/device/device.ts";
import { STARRED } from "../../store/device/stars.ts";
import type { Locale } from "../../i18n/locale.ts";
import type { ActiveExchange } from "../../store/exchange.ts";
import type { Push } from "../../store/alerts/push.ts";
import { toastsOf } from "./toasts.ts";

function isOfStars({ isOn, scope }: DeviceRule): boolean {
  return isOn && scope.kind === "tickers" && scope.from === STARRED;
}

/** Reactive. */
export function areStarsNotified(device: Device): boolean {
  return alertRulesOf(device).value().some(isOfStars);
}

/** Reactive. */
export function isNotified(device: Device, ticker: string): boolean {
  return device.stars.has(ticker) && areStarsNotified(device);
}

interface Asking {
  readonly device: Device;
  readonly exchange: ActiveExchange;
  readonly locale: Locale;
  readonly push: Pick<Push, "status">;
}

/** With its star. `name` as the page shows it. */
export function tellMe(asking: Asking, ticker: string, name: string): void {
  const { stars } = asking.device;
  const isStarred = stars.has(ticker) || stars.toggle(ticker);
  turnOn(asking, isStarred, (kinds, isPushed) => ALERT_TEXTS[asking.locale].asked(name, kinds, isPushed));
}

/** Of all that have a star, and of those that get one. */
export function tellOfStars(asking: Asking): void {
  turnOn(asking, true, (kinds, isPushed) => ALERT_TEXTS[asking.locale].askedStars(kinds, isPushed));
}

function turnOn(
  { device, exchange, locale, push }: Asking,
  isStarred: boolean,
  textOf: (kinds: string, isPushed: boolean) => string,
): void {
  const texts = ALERT_TEXTS[locale];
  const rules = alertRulesOf(device);
  const isSubscribed = push.status() === "on";
  const place = { exchange: exchange.active(), language: locale, isPushed: isSubscribed };
  rules.change((now) => withStarsOn(now, place));
  const rule = rules.stored().find(isOfStars);
  if (!isStarred || rule === undefined) {
    toastsOf(device).add({ kind: "asked", text: texts.full, isRefused: true });
    return;
  }
  const kinds = rule.kinds.map((kind) => texts.kinds[kind]).join(", ");
  const text = textOf(kinds, isSubscribed && rule.channels.includes("push"));
  toastsOf(device).add({
    kind: "asked",
    text: rules.isKept() ? text : `${text} ${texts.notKept}`,
    isRefused: false,
  });
}
