/** AL27: whether a rule still has anything sent. It is asked when the rule changes, when a message is made and when it is sent. */
import type { HeldRule } from "../app/ports/alert-rules.ts";
import { isAlwaysQuiet } from "../core/alerts/quiet-hours.ts";

export const RULE_DELETED = "its rule was deleted";

/** Why nothing more is sent of it; `null` for a rule that is on. */
export function whyEnded(held: HeldRule | null): string | null {
  if (held === null) {
    return RULE_DELETED;
  }
  const { isOn, quiet } = held.rule;
  if (!isOn) {
    return "its rule was switched off";
  }
  return quiet !== null && isAlwaysQuiet(quiet) ? "the quiet hours of its rule have no end" : null;
}
