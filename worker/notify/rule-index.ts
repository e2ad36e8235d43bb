/** The rules that one event may concern: those that name its share, and those that name none. A log of a busy market meets thousands of rules. */
import type { HeldRule } from "../app/ports/alert-rules.ts";
import { isSignalAlert, type ToldAlert } from "../core/alerts/alert-event.ts";
import { matchesRule } from "../core/alerts/alert-rule.ts";

/** Names a rule among those of all holders. */
export function ruleKey({ holder, rule }: HeldRule): string {
  return `${holder}/${rule.id}`;
}

export class RuleIndex {
  readonly #all: ReadonlyMap<string, HeldRule>;
  readonly #byTicker = new Map<string, HeldRule[]>();
  readonly #wide: readonly HeldRule[];

  constructor(rules: readonly HeldRule[]) {
    this.#all = new Map(rules.map((held) => [ruleKey(held), held]));
    this.#wide = rules.filter(({ rule }) => rule.scope.kind !== "tickers");
    for (const held of rules) {
      const { scope } = held.rule;
      for (const ticker of scope.kind === "tickers" ? new Set(scope.tickers) : []) {
        const named = this.#byTicker.get(ticker) ?? [];
        named.push(held);
        this.#byTicker.set(ticker, named);
      }
    }
  }

  get(key: string): HeldRule | null {
    return this.#all.get(key) ?? null;
  }

  /** AL5. */
  askedFor(event: ToldAlert): readonly HeldRule[] {
    const named = isSignalAlert(event) ? (this.#byTicker.get(event.ticker) ?? []) : [];
    const others = isSignalAlert(event) ? this.#wide : [...this.#all.values()];
    return [...named, ...others].filter(({ rule }) => matchesRule(rule, event));
  }
}
