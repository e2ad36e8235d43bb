/** The rules and the subscribers as they stand in the database, read once and again after each change: the object is their only writer. */
import type { AlertRuleStore, HeldRule, OnUnread, PushSubscriber } from "../app/ports/alert-rules.ts";
import { Turns } from "../platform/turns.ts";
import { RuleIndex } from "./rule-index.ts";

export interface Known {
  readonly index: RuleIndex;
  readonly rules: readonly HeldRule[];
  readonly subscribers: ReadonlyMap<string, PushSubscriber>;
}

export class RuleBook {
  readonly #store: AlertRuleStore;
  #known: Promise<Known> | null = null;
  readonly #turns = new Turns();

  readonly #onUnread: OnUnread;

  constructor(store: AlertRuleStore, onUnread: OnUnread) {
    this.#store = store;
    this.#onUnread = onUnread;
  }

  /** Rejects when the database is out of reach; the next call asks again. */
  async known(): Promise<Known> {
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

  /** In a turn. After `act` has changed the database, or may have. */
  async changing<T>(act: (store: AlertRuleStore) => Promise<T>): Promise<T> {
    try {
      return await act(this.#store);
    } finally {
      this.#known = null;
    }
  }

  async #read(): Promise<Known> {
    const [rules, subscribers] = await Promise.all([
      this.#store.rules(this.#onUnread),
      this.#store.subscribers(this.#onUnread),
    ]);
    const byId = new Map(subscribers.map((one) => [one.id, one]));
    return { index: new RuleIndex(rules), rules, subscribers: byId };
  }
}
