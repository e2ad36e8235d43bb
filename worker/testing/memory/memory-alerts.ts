/** The object of the alerts in memory: it keeps what it is given and sends nothing. */
import type { SendOutcome } from "../../app/ports/alert-channel.ts";
import { OWNER } from "../../app/ports/alert-rules.ts";
import type { ChannelConfig, PushTarget } from "../../app/ports/alert-senders.ts";
import type {
  AlertsPort,
  Change,
  ChannelChange,
  ChannelView,
  DeliveryView,
  OwnerAlerts,
} from "../../app/ports/alerts.ts";
import type { AlertRule } from "../../core/alerts/alert-rule.ts";

interface Subscription {
  readonly token: string;
  target: PushTarget;
  isReader: boolean;
  readonly network: string | null;
  rules: readonly AlertRule[];
}

export class MemoryAlerts implements Omit<AlertsPort, "wake" | "failures"> {
  readonly rules = new Map<string, AlertRule>();
  readonly channels = new Map<string, ChannelConfig & { readonly name: string }>();
  readonly subscriptions = new Map<string, Subscription>();
  /** By holder. */
  readonly deliveries = new Map<string, readonly DeliveryView[]>();
  /** What the next change is refused with. */
  refused: string | null = null;
  outcome: SendOutcome = { kind: "sent" };

  owner(): Promise<OwnerAlerts> {
    const channels = [...this.channels].map(([id, config]): ChannelView => {
      const { kind, name } = config;
      const hint = config.kind === "telegram" ? config.chatId : new URL(config.url).host;
      const template = config.kind === "webhook" ? config.template : null;
      return { id, kind, name, hint, template, failures: 0, isStopped: false, lastSentAt: null };
    });
    return Promise.resolve({ rules: [...this.rules.values()], channels });
  }

  putRule(rule: AlertRule): Promise<Change> {
    if (this.refused === null) {
      this.rules.set(rule.id, rule);
    }
    return Promise.resolve({ refused: this.refused });
  }

  dropRule(id: string): Promise<void> {
    this.rules.delete(id);
    return Promise.resolve();
  }

  putChannel(id: string, change: ChannelChange): Promise<Change<{ readonly secret: string | null }>> {
    if (this.refused !== null) {
      return Promise.resolve({ refused: this.refused });
    }
    const before = this.channels.get(id);
    if (change.kind === "telegram") {
      const token = change.token ?? (before?.kind === "telegram" ? before.token : "");
      this.channels.set(id, { ...change, token });
      return Promise.resolve({ refused: null, secret: null });
    }
    const url = change.url ?? (before?.kind === "webhook" ? before.url : "");
    const stored = change.secret ?? (before?.kind === "webhook" ? before.secret : undefined);
    const secret = stored ?? `drawn-${id}`;
    this.channels.set(id, { ...change, url, secret });
    return Promise.resolve({ refused: null, secret: stored === undefined ? secret : null });
  }

  dropChannel(id: string): Promise<void> {
    this.channels.delete(id);
    return Promise.resolve();
  }

  testChannel(id: string): Promise<SendOutcome | null> {
    return Promise.resolve(this.channels.has(id) ? this.outcome : null);
  }

  log(holder: string, ruleId: string | null, limit: number): Promise<readonly DeliveryView[]> {
    const all = this.deliveries.get(holder) ?? [];
    return Promise.resolve(all.filter((one) => ruleId === null || one.ruleId === ruleId).slice(0, limit));
  }

  pushKey(): Promise<string> {
    return Promise.resolve("B".repeat(87));
  }

  subscribe(
    target: PushTarget,
    by: { readonly isReader: boolean; readonly network: string | null },
    rules: readonly AlertRule[],
  ): Promise<Change<{ readonly id: string; readonly token: string }>> {
    if (this.refused !== null) {
      return Promise.resolve({ refused: this.refused });
    }
    const id = `s${this.subscriptions.size + 1}`;
    const token = `token-of-${id}`;
    this.subscriptions.set(id, { token, target, rules, ...by });
    return Promise.resolve({ refused: null, id, token });
  }

  subscription(id: string, token: string): Promise<readonly AlertRule[] | null> {
    return Promise.resolve(this.#find(id, token)?.rules ?? null);
  }

  changeSubscription(
    id: string,
    token: string,
    target: PushTarget,
    isReader: boolean,
    rules: readonly AlertRule[],
  ): Promise<Change | null> {
    const found = this.#find(id, token);
    if (found !== null && this.refused === null) {
      Object.assign(found, { target, isReader, rules });
    }
    return Promise.resolve(found && { refused: this.refused });
  }

  endSubscription(id: string, token: string): Promise<boolean> {
    return Promise.resolve(this.#find(id, token) !== null && this.subscriptions.delete(id));
  }

  testSubscription(id: string, token: string): Promise<SendOutcome | null> {
    return Promise.resolve(this.#find(id, token) && this.outcome);
  }

  #find(id: string, token: string): Subscription | null {
    const found = id === OWNER ? undefined : this.subscriptions.get(id);
    return found?.token === token ? found : null;
  }
}
