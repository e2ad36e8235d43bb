/** Alert rules and subscriptions in memory, as the database keeps them. */
import type { AlertRuleStore, HeldRule, OnUnread, PushSubscriber } from "../../app/ports/alert-rules.ts";
import type { AlertRule } from "../../core/alerts/alert-rule.ts";

export class MemoryAlertRules implements AlertRuleStore {
  held: readonly HeldRule[] = [];
  known: readonly PushSubscriber[] = [];

  /** Rows that cannot be read. */
  unread: readonly string[] = [];
  /** How often all rules were read. */
  reads = 0;

  rules(onUnread?: OnUnread): Promise<readonly HeldRule[]> {
    this.reads += 1;
    for (const row of this.unread) {
      onUnread?.(row, new Error("not a rule"));
    }
    return Promise.resolve(this.held);
  }

  putRule(held: HeldRule): Promise<void> {
    const others = this.held.filter((one) => one.holder !== held.holder || one.rule.id !== held.rule.id);
    this.held = [...others, held];
    return Promise.resolve();
  }

  dropRule(holder: string, id: string): Promise<void> {
    this.held = this.held.filter((one) => one.holder !== holder || one.rule.id !== id);
    return Promise.resolve();
  }

  subscribers(): Promise<readonly PushSubscriber[]> {
    return Promise.resolve(this.known);
  }

  putSubscriber(subscriber: PushSubscriber, rules: readonly AlertRule[]): Promise<void> {
    const { id, endpoint } = subscriber;
    const gone = new Set(
      this.known.filter((one) => one.endpoint === endpoint || one.id === id).map((one) => one.id),
    );
    this.known = [...this.known.filter((one) => !gone.has(one.id)), subscriber];
    const others = this.held.filter(({ holder }) => !gone.has(holder));
    this.held = [...others, ...rules.map((rule) => ({ holder: id, rule }))];
    return Promise.resolve();
  }

  dropSubscriber(id: string): Promise<void> {
    this.known = this.known.filter((one) => one.id !== id);
    this.held = this.held.filter(({ holder }) => holder !== id);
    return Promise.resolve();
  }
}
