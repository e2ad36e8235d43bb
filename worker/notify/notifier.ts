/** The object `Alerts`: the one writer of alert rules, channels and subscriptions, and the one that tells (`AlertsPort`). One for the installation. */
import { DurableObject } from "cloudflare:workers";
import type { SendOutcome } from "../app/ports/alert-channel.ts";
import { OWNER } from "../app/ports/alert-rules.ts";
import type { ChannelConfig, PushTarget } from "../app/ports/alert-senders.ts";
import {
  ALERT_LIMITS,
  type AlertsPort,
  type Change,
  type ChannelChange,
  type DeliveryView,
  type OwnerAlerts,
} from "../app/ports/alerts.ts";
import type { NeighbourFailure } from "../app/ports/neighbour-error.ts";
import { logFailure } from "../app/ports/log.ts";
import type { AlertRule } from "../core/alerts/alert-rule.ts";
import { checkContract } from "../platform/contract.ts";
import { inBackground } from "../platform/in-background.ts";
import { FailureLog } from "../platform/logs.ts";
import type { AlertsPorts } from "./alert-ports.ts";
import { AlertQueue } from "./alert-queue.ts";
import { ChannelStore } from "./channel-store.ts";
import { deliveryLog } from "./delivery-log.ts";
import { Deliveries } from "./deliveries.ts";
import { Dispatcher } from "./dispatcher.ts";
import { Messages } from "./messages.ts";
import { channelReceiver, pushReceiver } from "./receivers.ts";
import { RuleBook } from "./rule-book.ts";
import { statedOnce } from "./unread-rows.ts";
import { Subscriptions } from "./subscriptions.ts";

/** Until the next try after the database or another object was out of reach. */
const AGAIN_MS = 5_000;

export class Notifier extends DurableObject<unknown> implements AlertsPort {
  readonly #ports: AlertsPorts;
  readonly #log: FailureLog;
  readonly #rules: RuleBook;
  readonly #channels: ChannelStore;
  readonly #dispatcher: Dispatcher;
  readonly #subscriptions: Subscriptions;

  constructor(ctx: DurableObjectState, env: unknown, ports: AlertsPorts) {
    super(ctx, env);
    checkContract(ctx.storage.sql, "Alerts");
    this.#log = new FailureLog(ctx.storage.sql, ports.log, () => ports.clock.now());
    this.#ports = { ...ports, log: this.#log };
    const queue = new AlertQueue(ctx.storage);
    const onUnread = statedOnce(this.#log);
    this.#rules = new RuleBook({
      store: ports.rules,
      now: () => ports.clock.now(),
      onUnread,
      onChanged: (change) => {
        this.#dispatcher.ruleChanged(change);
      },
    });
    this.#channels = new ChannelStore(ctx.storage, onUnread);
    this.#subscriptions = new Subscriptions(this.#ports, this.#rules);
    this.#dispatcher = new Dispatcher({
      ports: this.#ports,
      queue,
      messages: new Messages(ctx.storage),
      deliveries: new Deliveries(ctx.storage),
      channels: this.#channels,
      rules: this.#rules,
      onUnread,
      onMoved: () => {
        inBackground(ctx, this.#log, "alert_alarm_not_set", this.#arm());
      },
    });
    // The platform gives an alarm up that failed often enough.
    inBackground(ctx, this.#log, "alert_alarm_not_set", this.#arm());
  }

  async wake(): Promise<void> {
    await this.ctx.storage.setAlarm(this.#ports.clock.now());
  }

  override async alarm(): Promise<void> {
    try {
      await this.#dispatcher.round();
      await this.#arm();
    } catch (error) {
      logFailure(this.#log, "alerts_not_told", error, {}, "error");
      await this.ctx.storage.setAlarm(this.#ports.clock.now() + AGAIN_MS);
    }
  }

  /** An alarm that is set for an earlier time stays: it may be that of a wake. */
  async #arm(): Promise<void> {
    const next = this.#dispatcher.nextAt();
    const set = await this.ctx.storage.getAlarm();
    if (next !== null && (set === null || set > next)) {
      await this.ctx.storage.setAlarm(next);
    }
  }

  async failures(): Promise<readonly NeighbourFailure[]> {
    return Promise.resolve(this.#log.failures());
  }

  async owner(): Promise<OwnerAlerts> {
    return { rules: await this.#subscriptions.rulesOf(OWNER), channels: this.#channels.list() };
  }

  async putRule(rule: AlertRule): Promise<Change> {
    await this.#dispatcher.begin();
    return this.#rules.inTurn(async () => this.#putRule(rule));
  }

  async #putRule(rule: AlertRule): Promise<Change> {
    const rules = await this.#subscriptions.rulesOf(OWNER);
    if (rules.length >= ALERT_LIMITS.ownerRules && rules.every(({ id }) => id !== rule.id)) {
      return { refused: `There are at most ${ALERT_LIMITS.ownerRules} rules: change or delete one.` };
    }
    const unknown = rule.channels.find((id) => this.#channels.config(id) === null);
    if (unknown !== undefined) {
      return { refused: `There is no channel ${unknown}: add it first.` };
    }
    await this.#rules.putRule({ holder: OWNER, rule });
    return { refused: null };
  }

  async dropRule(id: string): Promise<void> {
    await this.#rules.inTurn(async () => this.#rules.dropRule(OWNER, id));
  }

  async putChannel(id: string, change: ChannelChange): Promise<Change<{ readonly secret: string | null }>> {
    const before = this.#channels.config(id);
    const full = this.#fullOf(id);
    if (full !== null) {
      return { refused: full };
    }
    const made = this.#configOf(change, before);
    if ("refused" in made) {
      return made;
    }
    const { config } = made;
    const refused = config.kind === "webhook" ? await this.#ports.senders.refuseTarget(config.url) : null;
    // Another may have been made while the name of this one was resolved.
    const denied = refused ?? this.#fullOf(id);
    if (denied !== null) {
      return { refused: denied };
    }
    this.#channels.put(id, change.name, config);
    return { refused: null, secret: made.drawn };
  }

  /** Why there can be no such channel beside those that there are. */
  #fullOf(id: string): string | null {
    const isFull =
      this.#channels.config(id) === null && this.#channels.list().length >= ALERT_LIMITS.channels;
    return isFull ? `There are at most ${ALERT_LIMITS.channels} channels: change or delete one.` : null;
  }

  #configOf(
    change: ChannelChange,
    before: ChannelConfig | null,
  ): { readonly config: ChannelConfig; readonly drawn: string | null } | { readonly refused: string } {
    if (change.kind === "telegram") {
      const token = change.token ?? (before?.kind === "telegram" ? before.token : undefined);
      return token === undefined
        ? { refused: "Send the token of the bot: a channel cannot be made without it." }
        : { config: { kind: "telegram", chatId: change.chatId, token }, drawn: null };
    }
    const url = change.url ?? (before?.kind === "webhook" ? before.url : undefined);
    if (url === undefined) {
      return { refused: "Send the address of the webhook: a channel cannot be made without it." };
    }
    const stored = change.secret ?? (before?.kind === "webhook" ? before.secret : undefined);
    const secret = stored ?? this.#ports.drawText();
    const { template } = change;
    return {
      config: { kind: "webhook", url, template, secret },
      drawn: stored === undefined ? secret : null,
    };
  }

  async dropChannel(id: string): Promise<void> {
    this.#channels.drop(id);
    this.#dispatcher.outbound.channelRemoved(id);
    return Promise.resolve();
  }

  async testChannel(id: string, language: "ko" | "en"): Promise<SendOutcome | null> {
    const outcome = this.#channels.config(id) && (await this.#test(channelReceiver(id), language));
    if (outcome !== null) {
      this.#channels.note(id, outcome.kind === "sent", this.#ports.clock.now());
    }
    return outcome;
  }

  async #test(receiver: string, language: "ko" | "en"): Promise<SendOutcome | null> {
    const sender = await this.#dispatcher.outbound.senderOf(receiver);
    const at = this.#ports.clock.now();
    const key = `test-${this.#ports.drawText()}`.slice(0, 64);
    return sender && sender.send(this.#ports.write({ key, kind: "test", language, events: [], at }));
  }

  async log(holder: string, ruleId: string | null, limit: number): Promise<readonly DeliveryView[]> {
    return Promise.resolve(deliveryLog(this.ctx.storage, holder, ruleId, limit));
  }

  async pushKey(): Promise<string> {
    return (await this.#channels.pushKeys(async () => this.#ports.senders.drawPushKeys())).publicKey;
  }

  async subscribe(
    ...asked: Parameters<AlertsPort["subscribe"]>
  ): Promise<Change<{ readonly id: string; readonly token: string }>> {
    await this.#dispatcher.begin();
    const made = await this.#subscriptions.add(...asked);
    const [, { origin }] = asked;
    if (made.refused === null && origin !== undefined) {
      this.#channels.noteOrigin(origin);
    }
    return made;
  }

  async subscription(id: string, token: string): Promise<readonly AlertRule[] | null> {
    const subscriber = await this.#subscriptions.find(id, token);
    return subscriber && this.#subscriptions.rulesOf(id);
  }

  async changeSubscription(
    id: string,
    token: string,
    target: PushTarget,
    isReader: boolean,
    rules: readonly AlertRule[],
  ): Promise<Change | null> {
    const subscriber = await this.#subscriptions.find(id, token);
    return subscriber && this.#subscriptions.change(subscriber, target, isReader, rules);
  }

  async endSubscription(id: string, token: string): Promise<boolean> {
    const subscriber = await this.#subscriptions.find(id, token);
    if (subscriber !== null) {
      await this.#subscriptions.end(id);
    }
    return subscriber !== null;
  }

  async testSubscription(id: string, token: string, language: "ko" | "en"): Promise<SendOutcome | null> {
    const subscriber = await this.#subscriptions.find(id, token);
    return subscriber && this.#test(pushReceiver(id), language);
  }
}
