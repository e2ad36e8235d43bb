/** The rules that one event may concern: those that name its share, and those that name none. A log of a busy market meets thousands of rules. */
import type { HeldRule } from "../app/ports/alert-rules.ts";
import { isSignalAlert, type ToldAlert } from "../core/alerts/alert-event.ts";
import { type AlertRule, matchesRule } from "../core/alerts/alert-rule.ts";

/** Names a rule among those of all holders. */
export function ruleKey({
  holder,
  rule,
}: {
  readonly holder: string;
  readonly rule: Pick<AlertRule, "id">;
}): string {
  return `${holder}/${rule.id}`;
}

/** No holder has a `/` in its name. */
export function holderOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}

/** Of all holders; each change costs what the rule of one names. */
export class RuleIndex {
  readonly #all = new Map<string, HeldRule>();
  readonly #byHolder = new Map<string, Map<string, HeldRule>>();
  readonly #byTicker = new Map<string, Set<HeldRule>>();
  readonly #wide = new Set<HeldRule>();

  constructor(rules: readonly HeldRule[]) {
    for (const held of rules) {
      this.put(held);
    }
  }

  get(key: string): HeldRule | null {
    return this.#all.get(key) ?? null;
  }

  /** By id. */
  rulesOf(holder: string): readonly AlertRule[] {
    const own = [...(this.#byHolder.get(holder)?.values() ?? [])].map(({ rule }) => rule);
    return own.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** In place of the rule of that holder and id. */
  put(held: HeldRule): void {
    const key = ruleKey(held);
    this.drop(key);
    this.#all.set(key, held);
    const own = this.#byHolder.get(held.holder) ?? new Map<string, HeldRule>();
    this.#byHolder.set(held.holder, own.set(held.rule.id, held));
    if (held.rule.scope.kind !== "tickers") {
      this.#wide.add(held);
    }
    for (const ticker of tickersOf(held)) {
      const named = this.#byTicker.get(ticker) ?? new Set();
      this.#byTicker.set(ticker, named.add(held));
    }
  }

  drop(key: string): void {
    const held = this.#all.get(key);
    if (held === undefined) {
      return;
    }
    this.#all.delete(key);
    this.#wide.delete(held);
    const own = this.#byHolder.get(held.holder);
    own?.delete(held.rule.id);
    if (own?.size === 0) {
      this.#byHolder.delete(held.holder);
    }
    for (const ticker of tickersOf(held)) {
      const named = this.#byTicker.get(ticker);
      named?.delete(held);
      if (named?.size === 0) {
        this.#byTicker.delete(ticker);
      }
    }
  }

  /** AL5. */
  askedFor(event: ToldAlert): readonly HeldRule[] {
    const named = isSignalAlert(event) ? (this.#byTicker.get(event.ticker) ?? []) : [];
    const others = isSignalAlert(event) ? this.#wide : this.#all.values();
    return [...named, ...others].filter(({ rule }) => matchesRule(rule, event));
  }
}

function tickersOf({ rule }: HeldRule): readonly string[] {
  return rule.scope.kind === "tickers" ? rule.scope.tickers : [];
}
