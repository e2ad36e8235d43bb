/** AL: what somebody wants to be told of, and when. */
import type { Market } from "../instrument/instrument.ts";
import type { Grade } from "../vcp/verdict.ts";
import {
  type AlertKind,
  isSignalAlert,
  type NearStep,
  type SignalAlert,
  type ToldAlert,
} from "./alert-event.ts";
import { isQuiet, type QuietHours, quietUntil } from "./quiet-hours.ts";

/** Of signals; what is told of the exchange has no scope. */
export type AlertScope =
  | { readonly kind: "all" }
  | { readonly kind: "market"; readonly market: Market }
  | { readonly kind: "grade"; readonly least: Grade }
  /** The reader's device, which keeps stars and lists, names them: `from` is `starred` or the id of a list. */
  | { readonly kind: "tickers"; readonly from: string; readonly tickers: readonly string[] };

/** One rule, of the owner or of a browser. */
export interface AlertRule {
  readonly id: string;
  readonly name: string;
  readonly isOn: boolean;
  /** At least one. */
  readonly kinds: readonly AlertKind[];
  /** For `near`. */
  readonly within: NearStep;
  readonly scope: AlertScope;
  /** Minutes in which the same share and kind is not told again; 0 to 1440. */
  readonly cooldown: number;
  /** What happens in these hours is told at their end. */
  readonly quiet: QuietHours | null;
  /** One message after the close in place of each. */
  readonly digest: boolean;
  /** What happens outside the regular session is left out. */
  readonly onlyOpen: boolean;
  readonly language: "ko" | "en";
  /** Ids of the owner's channels; empty in a rule of a browser. */
  readonly channels: readonly string[];
}

const GRADES: readonly Grade[] = ["D", "C", "B", "A", "S"];

/** AL5: whether the rule asks for this event, whenever that may be. */
export function matchesRule(
  rule: Pick<AlertRule, "isOn" | "kinds" | "within" | "scope">,
  event: ToldAlert,
): boolean {
  if (!rule.isOn || !rule.kinds.includes(event.kind)) {
    return false;
  }
  if (!isSignalAlert(event)) {
    return true;
  }
  return (event.kind !== "near" || event.within === rule.within) && isInScope(rule.scope, event);
}

function isInScope(scope: AlertScope, event: SignalAlert): boolean {
  switch (scope.kind) {
    case "all":
      return true;
    case "market":
      return event.market === scope.market;
    case "grade":
      return GRADES.indexOf(event.grade) >= GRADES.indexOf(scope.least);
    case "tickers":
      return scope.tickers.includes(event.ticker);
    default:
      return scope satisfies never;
  }
}

/** AL6: what the same rule is not asked for again within its cooldown. */
export function cooldownKey(event: ToldAlert): string {
  return isSignalAlert(event) ? `${event.ticker}:${event.kind}:${event.within ?? ""}` : event.kind;
}

/** AL7: when an event of this moment may be told, in milliseconds since the epoch: now, or at the end of the quiet hours. */
export function tellAt(rule: Pick<AlertRule, "quiet">, now: number): number {
  return rule.quiet !== null && isQuiet(rule.quiet, now) ? quietUntil(rule.quiet, now) : now;
}
