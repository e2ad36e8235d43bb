/**
 * The rules and the subscribers as they stand in the database, read once in a life of the object, which is their only writer: each change
 * is made to what is known as it is made to the database.
 */
import {
  type AlertRuleStore,
  type HeldRule,
  type OnUnread,
  OWNER,
  type PushSubscriber,
} from "../app/ports/alert-rules.ts";
import type { AlertRule } from "../core/alerts/alert-rule.ts";
import { Turns } from "../platform/turns.ts";
import { RuleIndex, ruleKey } from "./rule-index.ts";

export interface Known {
  readonly index: RuleIndex;
  readonly subscribers: ReadonlyMap<string, PushSubscriber>;
  /** Shares that the rules of all browsers name, of some with the same twice. */
  readonly browserTickers: number;
}

/** What a change has left: each rule that it concerned, `null` where it is gone, and the browsers that are gone. */
export interface RuleChange {
  readonly rules: ReadonlyMap<string, HeldRule | null>;
  readonly ended: readonly string[];
}

interface RuleBookDeps {
  readonly store: AlertRuleStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onUnread: OnUnread;
  /** Is called once the database has taken a change. */
  readonly onChanged: (change: RuleChange) => void;
}

export class RuleBook {
  readonly #deps: RuleBookDeps;
  #known: Promise<Loaded> | null = null;
  readonly #turns = new Turns();

  constructor(deps: RuleBookDeps) {
    this.#deps = deps;
  }

  /** Rejects when the database is out of reach; the next call asks again. */
  async known(): Promise<Known> {
    return this.#loaded();
  }

  async #loaded(): Promise<Loaded> {
    const reading = (this.#known ??= this.#read());
    try {
      return await reading;
    } catch (error) {
      if (this.#known === reading) {
        this.#known = null;
      }
      throw error;
    }
  }

  /** AL17: one after the other, so that what `act` has read still stands when it writes. */
  async inTurn<T>(act: () => Promise<T>): Promise<T> {
    return this.#turns.take(act);
  }

  /** In a turn, as the three that follow. */
  async putRule(held: HeldRule): Promise<void> {
    await this.#change(
      async ({ store, now }) => store.putRule(held, now()),
      (known) => known.put([held]),
    );
  }

  async dropRule(holder: string, id: string): Promise<void> {
    await this.#change(
      async ({ store }) => store.dropRule(holder, id),
      (known) => known.drop([ruleKey({ holder, rule: { id } })]),
    );
  }

  async putSubscriber(subscriber: PushSubscriber, rules: readonly AlertRule[]): Promise<void> {
    await this.#change(
      async ({ store, now }) => store.putSubscriber(subscriber, rules, now()),
      (known) => known.putSubscriber(subscriber, rules),
    );
  }

  async dropSubscriber(id: string): Promise<void> {
    await this.#change(
      async ({ store }) => store.dropSubscriber(id),
      (known) => known.end([id]),
    );
  }

  /** What became of a write that failed is unknown: everything is read again. */
  async #change(
    write: (deps: RuleBookDeps) => Promise<void>,
    apply: (known: Loaded) => RuleChange,
  ): Promise<void> {
    const known = await this.#loaded();
    try {
      await write(this.#deps);
    } catch (error) {
      this.#known = null;
      throw error;
    }
    this.#deps.onChanged(apply(known));
  }

  async #read(): Promise<Loaded> {
    const { store, onUnread } = this.#deps;
    const [rules, subscribers] = await Promise.all([store.rules(onUnread), store.subscribers(onUnread)]);
    return new Loaded(rules, subscribers);
  }
}

class Loaded implements Known {
  readonly index = new RuleIndex([]);
  readonly subscribers: Map<string, PushSubscriber>;
  browserTickers = 0;

  constructor(rules: readonly HeldRule[], subscribers: readonly PushSubscriber[]) {
    this.subscribers = new Map(subscribers.map((one) => [one.id, one]));
    this.put(rules);
  }

  put(rules: readonly HeldRule[]): RuleChange {
    for (const held of rules) {
      this.#uncount(ruleKey(held));
      this.index.put(held);
      this.browserTickers += held.holder === OWNER ? 0 : sharesOf([held.rule]);
    }
    return { rules: new Map(rules.map((held) => [ruleKey(held), held])), ended: [] };
  }

  drop(keys: readonly string[]): RuleChange {
    for (const key of keys) {
      this.#uncount(key);
      this.index.drop(key);
    }
    return { rules: new Map(keys.map((key) => [key, null])), ended: [] };
  }

  #uncount(key: string): void {
    const held = this.index.get(key);
    this.browserTickers -= held === null || held.holder === OWNER ? 0 : sharesOf([held.rule]);
  }

  /** In place of one of the same endpoint, and its rules in place of all that it had. */
  putSubscriber(subscriber: PushSubscriber, rules: readonly AlertRule[]): RuleChange {
    const { id, endpoint } = subscriber;
    const others = [...this.subscribers.values()].filter((one) => one.endpoint === endpoint && one.id !== id);
    const gone = this.end(others.map((one) => one.id));
    const before = this.drop(this.#keysOf(id));
    this.subscribers.set(id, subscriber);
    const after = this.put(rules.map((rule) => ({ holder: id, rule })));
    return { rules: new Map([...gone.rules, ...before.rules, ...after.rules]), ended: gone.ended };
  }

  end(ids: readonly string[]): RuleChange {
    const { rules } = this.drop(ids.flatMap((id) => this.#keysOf(id)));
    for (const id of ids) {
      this.subscribers.delete(id);
    }
    return { rules, ended: ids };
  }

  #keysOf(holder: string): readonly string[] {
    return this.index.rulesOf(holder).map((rule) => ruleKey({ holder, rule }));
  }
}

export function sharesOf(rules: readonly AlertRule[]): number {
  return rules.reduce((sum, { scope }) => sum + (scope.kind === "tickers" ? scope.tickers.length : 0), 0);
}
