/** Browsers that are told by their push service: who may change a subscription, and how many there may be (AL17). */
import type { PushTarget } from "../app/ports/alert-senders.ts";
import type { PushSubscriber } from "../app/ports/alert-rules.ts";
import { ALERT_LIMITS, type Change } from "../app/ports/alerts.ts";
import type { AlertRule } from "../core/alerts/alert-rule.ts";
import type { AlertsPorts } from "./alert-ports.ts";
import { type RuleBook, sharesOf } from "./rule-book.ts";

type By = Pick<PushSubscriber, "isReader" | "network">;

export class Subscriptions {
  readonly #ports: AlertsPorts;
  readonly #rules: RuleBook;

  constructor(ports: AlertsPorts, rules: RuleBook) {
    this.#ports = ports;
    this.#rules = rules;
  }

  /** A browser that subscribes again with the same endpoint takes its subscription over. */
  async add(
    target: PushTarget,
    by: By,
    rules: readonly AlertRule[],
  ): Promise<Change<{ readonly id: string; readonly token: string }>> {
    const refused = await this.#refusal(target, rules);
    if (refused !== null) {
      return { refused };
    }
    const [id, token] = [this.#ports.drawText(), this.#ports.drawText()];
    const tokenHash = await this.#ports.digest(token);
    return this.#rules.inTurn(async () => {
      const full = (await this.#fullness(target, by)) ?? (await this.#wideness(target, rules));
      if (full !== null) {
        return { refused: full };
      }
      await this.#put({ id, tokenHash, createdAt: this.#ports.clock.now(), ...by }, target, rules);
      return { refused: null, id, token };
    });
  }

  /** `null` for an unknown one or another token. */
  async find(id: string, token: string): Promise<PushSubscriber | null> {
    const subscriber = (await this.#rules.known()).subscribers.get(id);
    const hash = await this.#ports.digest(token);
    return subscriber !== undefined && isSame(subscriber.tokenHash, hash) ? subscriber : null;
  }

  async rulesOf(id: string): Promise<readonly AlertRule[]> {
    return (await this.#rules.known()).index.rulesOf(id);
  }

  /** `null` for one that was ended meanwhile. */
  async change(
    subscriber: PushSubscriber,
    target: PushTarget,
    isReader: boolean,
    rules: readonly AlertRule[],
  ): Promise<Change | null> {
    const refused = await this.#refusal(target, rules);
    if (refused !== null) {
      return { refused };
    }
    return this.#rules.inTurn(async () => {
      if (!(await this.#rules.known()).subscribers.has(subscriber.id)) {
        return null;
      }
      const wide = await this.#wideness(target, rules, subscriber.id);
      if (wide === null) {
        await this.#put({ ...subscriber, isReader }, target, rules);
      }
      return { refused: wide };
    });
  }

  async end(id: string): Promise<void> {
    await this.#rules.inTurn(async () => this.#rules.dropSubscriber(id));
  }

  async #refusal({ endpoint }: PushTarget, rules: readonly AlertRule[]): Promise<string | null> {
    if (rules.length > ALERT_LIMITS.browserRules) {
      return `A browser has at most ${ALERT_LIMITS.browserRules} rules: join some of them.`;
    }
    return this.#ports.senders.refuseTarget(endpoint);
  }

  async #fullness({ endpoint }: PushTarget, { network }: By): Promise<string | null> {
    const { subscribers } = await this.#rules.known();
    const others = [...subscribers.values()].filter((one) => one.endpoint !== endpoint);
    if (others.length >= ALERT_LIMITS.subscribers) {
      return `This installation has its ${ALERT_LIMITS.subscribers} subscriptions: its owner must end some.`;
    }
    const near = network === null ? [] : others.filter((one) => one.network === network);
    return near.length >= ALERT_LIMITS.ofNetwork
      ? `Your network has its ${ALERT_LIMITS.ofNetwork} subscriptions: end one in another browser first.`
      : null;
  }

  /** The object holds all that browsers name in its memory. `own` is the subscription that is changed. */
  async #wideness(
    { endpoint }: PushTarget,
    asked: readonly AlertRule[],
    own: string | null = null,
  ): Promise<string | null> {
    const { index, subscribers, browserTickers } = await this.#rules.known();
    const replaced = [...subscribers.values()].filter((one) => one.endpoint === endpoint || one.id === own);
    const freed = sharesOf(replaced.flatMap(({ id }) => index.rulesOf(id)));
    const [named, added] = [browserTickers - freed, sharesOf(asked)];
    return added > 0 && named + added > ALERT_LIMITS.browserTickers
      ? `The browsers of this installation name ${ALERT_LIMITS.browserTickers} shares together at most: name fewer, or none.`
      : null;
  }

  async #put(
    { id, tokenHash, createdAt, isReader, network }: Omit<PushSubscriber, keyof PushTarget>,
    { endpoint, p256dh, auth }: PushTarget,
    rules: readonly AlertRule[],
  ): Promise<void> {
    const subscriber = { id, tokenHash, createdAt, isReader, network, endpoint, p256dh, auth };
    const own = rules.map((rule) => ({ ...rule, channels: [] }));
    await this.#rules.putSubscriber(subscriber, own);
  }
}

/** In a time that does not depend on where two hashes differ. */
function isSame(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) {
    difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  }
  return difference === 0;
}
