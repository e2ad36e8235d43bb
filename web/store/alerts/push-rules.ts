/** The rules of the device as the server applies them for its push messages. */
import {
  type AlertRuleRow,
  encodeRule,
  MOST_RULE_TICKERS,
} from "../../../worker/protocol/rest/alert-rules.ts";
import type { DeviceRule } from "./device-rules.ts";

/** Of the newest in the order of its list, the others are left out: `isCut` states it. */
function rowOf(rule: DeviceRule): AlertRuleRow {
  const row = encodeRule({
    ...rule,
    // What a paste or another program has left on the device, the server would refuse with all rules, and again with each next change.
    name: rule.name.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " "),
    kinds: [...new Set(rule.kinds)],
    channels: [],
  });
  const { scope } = row;
  return scope.kind === "tickers"
    ? { ...row, scope: { ...scope, tickers: scope.tickers.slice(-MOST_RULE_TICKERS) } }
    : row;
}

function isPushed({ isOn, channels }: DeviceRule): boolean {
  return isOn && channels.includes("push");
}

/** `rules` with their tickers: those that are on and ask for push. */
export function pushRules(rules: readonly DeviceRule[]): AlertRuleRow[] {
  const pushed = rules.filter(isPushed);
  return pushed.filter(({ id }, i) => pushed.findIndex((one) => one.id === id) === i).map(rowOf);
}

/** A list has more shares than the server takes. */
export function isCut(rules: readonly DeviceRule[]): boolean {
  return rules.some(
    (rule) =>
      isPushed(rule) && rule.scope.kind === "tickers" && rule.scope.tickers.length > MOST_RULE_TICKERS,
  );
}

/** For a device that has just subscribed: each rule that is on asks for push, unless one did before. */
export function withPush(rules: readonly DeviceRule[]): readonly DeviceRule[] {
  return rules.some(isPushed)
    ? rules
    : rules.map((rule): DeviceRule => (rule.isOn ? { ...rule, channels: [...rule.channels, "push"] } : rule));
}
