/** What is due on its way to its receivers, judged again when it is sent. Every attempt may be repeated after a death of the process, under its key. */
import * as v from "valibot";
import type { AlertSender, SendOutcome } from "../app/ports/alert-channel.ts";
import { type HeldRule, type OnUnread, OWNER } from "../app/ports/alert-rules.ts";
import { logFailure } from "../app/ports/log.ts";
import { tellAt } from "../core/alerts/alert-rule.ts";
import type { AlertsPorts } from "./alert-ports.ts";
import type { Audience } from "./audience.ts";
import { type ChannelStore, MOST_FAILURES } from "./channel-store.ts";
import { type Deliveries, type DueDelivery, LEASE_MS, type WaitingDelivery } from "./deliveries.ts";
import { MESSAGE } from "./kept-json.ts";
import { UNREAD } from "./messages.ts";
import { channelOf, channelReceiver, idOf } from "./receivers.ts";
import type { RuleBook } from "./rule-book.ts";
import { RULE_DELETED, whyEnded } from "./rule-state.ts";

/** Messages on their way at once: the platform opens six connections. */
const AT_ONCE = 6;
/** An attempt that took so long held one of them back from the others, in milliseconds. */
const SLOW_MS = 2_000;
/** Of those at once, to receivers whose last attempt was slow. */
const SLOW_AT_ONCE = 2;
/** As many as there can be at once, with some that are gone. */
const MOST_SLOW = 10_000;
const REMOVED = "the channel was removed";

export interface OutboundDeps {
  readonly ports: AlertsPorts;
  readonly deliveries: Deliveries;
  readonly channels: ChannelStore;
  readonly rules: RuleBook;
  readonly onUnread: OnUnread;
  /** AL12: something is due at another time than the last that was named. */
  readonly onMoved: () => void;
}

export class Outbound {
  readonly #deps: OutboundDeps;
  /** The message that is on its way, by receiver. */
  readonly #underWay = new Map<string, number>();
  /** AL91: receivers whose last attempt was slow; none is known as that after a death of the process. */
  readonly #slow = new Set<string>();
  /** As the last round found it. */
  #audience: Audience | null = null;

  constructor(deps: OutboundDeps) {
    this.#deps = deps;
  }

  /** Begins what is due, and goes on as each attempt ends. */
  send(audience: Audience): void {
    this.#audience = audience;
    this.#send();
  }

  /** AL27: what waits for it ends; what is on its way has an end of its own. AL30: what its hours held is due by its hours. */
  ruleChanged(key: string, held: HeldRule | null): void {
    const { deliveries, ports } = this.#deps;
    for (const waiting of deliveries.waiting({ rule: key })) {
      const reason = whyNotTo(waiting.receiver, waiting.kind, held);
      if (reason !== null) {
        this.#withdraw(waiting, reason);
      } else if (held !== null && waiting.readyAt !== null) {
        deliveries.judgeAnew(waiting, tellAt(held.rule, Math.max(waiting.readyAt, ports.clock.now())));
      }
    }
  }

  /** AL27. */
  channelRemoved(id: string): void {
    for (const waiting of this.#deps.deliveries.waiting({ receiver: channelReceiver(id) })) {
      this.#withdraw(waiting, REMOVED);
    }
    this.#deps.onMoved();
  }

  #withdraw(waiting: WaitingDelivery, reason: string): void {
    if (this.#underWay.get(waiting.receiver) !== waiting.message) {
      this.#deps.deliveries.withdraw(waiting, reason);
    }
  }

  /** When there is something to send or to wait for; `null` for nothing. What is on its way may die with the process. */
  nextAt(): number | null {
    const { deliveries, ports } = this.#deps;
    const isFree = this.#underWay.size < AT_ONCE;
    const next = isFree ? deliveries.nextDue(this.#passedOver()) : null;
    const lost = this.#underWay.size > 0 ? ports.clock.now() + LEASE_MS : null;
    return next === null || (lost !== null && lost < next) ? lost : next;
  }

  /** AL91: whether it waits for another that is slow. */
  #isHeld(receiver: string): boolean {
    return this.#slow.has(receiver) && this.#slowUnderWay() >= SLOW_AT_ONCE;
  }

  #slowUnderWay(): number {
    return [...this.#underWay.keys()].filter((receiver) => this.#slow.has(receiver)).length;
  }

  /** Those that nothing is begun to now. */
  #passedOver(): readonly string[] {
    const busy = [...this.#underWay.keys()];
    return this.#slowUnderWay() < SLOW_AT_ONCE ? busy : [...new Set([...busy, ...this.#slow])];
  }

  #send(): void {
    const { deliveries, ports, onUnread } = this.#deps;
    const audience = this.#audience;
    if (audience === null) {
      return;
    }
    // What is not to be sent now has another time or an end afterwards, so that the next one comes up.
    for (let isMore = true; isMore && this.#underWay.size < AT_ONCE;) {
      const now = ports.clock.now();
      const next = deliveries.due(now, AT_ONCE - this.#underWay.size, this.#passedOver(), onUnread);
      isMore = next.length > 0;
      for (const due of next) {
        if (!this.#isHeld(due.receiver) && this.#isWanted(due, audience) && deliveries.begin(due, now)) {
          this.#begin(due);
        }
      }
    }
  }

  #begin(due: DueDelivery): void {
    const { receiver } = due;
    const { clock } = this.#deps.ports;
    const begun = clock.now();
    this.#underWay.set(receiver, due.message);
    this.#sendOne(due)
      .finally(() => {
        this.#underWay.delete(receiver);
        if (clock.now() - begun < SLOW_MS) {
          this.#slow.delete(receiver);
        } else if (this.#slow.size < MOST_SLOW) {
          this.#slow.add(receiver);
        }
      })
      .then(() => {
        this.#send();
        this.#deps.onMoved();
      })
      .catch((error: unknown) => {
        // What became of it is unknown, so it is sent again.
        logFailure(this.#deps.ports.log, "alert_outcome_lost", error, { receiver }, "error");
      });
  }

  /** AL15: nothing more is sent to a channel that took nothing for some time; AL7, AL16: what waited is judged again. */
  #isWanted(due: DueDelivery, { known, mayTell }: Audience): boolean {
    const { deliveries, channels, ports } = this.#deps;
    const id = channelOf(due.receiver);
    if (id !== null && channels.config(id) === null) {
      deliveries.withdraw(due, REMOVED);
      return false;
    }
    if (id !== null && channels.isStopped(id)) {
      deliveries.giveUp(due.receiver, `the channel was stopped after ${MOST_FAILURES} failures: test it`);
      return false;
    }
    const holder = id === null ? idOf(due.receiver) : OWNER;
    const message = v.safeParse(MESSAGE, due.body);
    if (!message.success) {
      deliveries.withdraw(due, UNREAD);
      this.#deps.onUnread(`message ${due.message}`, new v.ValiError(message.issues));
      return false;
    }
    if (message.output.events.some(({ exchange }) => !mayTell(holder, exchange))) {
      deliveries.withdraw(due, "its exchange is not shown to this receiver any more");
      return false;
    }
    const held = known.index.get(due.rule);
    const ended = whyNotTo(due.receiver, message.output.kind, held);
    if (ended !== null || held === null) {
      deliveries.withdraw(due, ended ?? RULE_DELETED);
      return false;
    }
    const now = ports.clock.now();
    const at = tellAt(held.rule, now);
    if (at > now) {
      deliveries.postpone(due, at);
    }
    return at <= now;
  }

  async #sendOne(due: DueDelivery): Promise<void> {
    const { deliveries, ports, channels } = this.#deps;
    const outcome = await this.#outcomeOf(due);
    const now = ports.clock.now();
    const isGivenUp = deliveries.end(due, outcome, now, ports.random());
    const channel = channelOf(due.receiver);
    if (channel !== null && (isGivenUp || outcome.kind === "sent")) {
      channels.note(channel, outcome.kind === "sent", now);
    }
    if (outcome.kind !== "sent") {
      ports.log.write(isGivenUp ? "warn" : "info", isGivenUp ? "alert_given_up" : "alert_not_sent", {
        receiver: due.receiver,
        message: due.message,
        attempt: due.attempts + 1,
        reason: outcome.reason,
      });
    }
    if (outcome.kind === "gone" && channel === null) {
      deliveries.giveUp(due.receiver, outcome.reason);
    }
  }

  async #outcomeOf(due: DueDelivery): Promise<SendOutcome> {
    const { ports } = this.#deps;
    try {
      const sender = await this.senderOf(due.receiver);
      if (sender === null) {
        return { kind: "refused", reason: "the receiver was removed" };
      }
      const message = v.parse(MESSAGE, due.body);
      const endpoint = await this.#endpointOf(due.receiver);
      const outcome = await sender.send({ ...message, key: `${message.key}-${idOf(due.receiver)}` });
      const isMoved = outcome.kind === "gone" && endpoint !== null && !(await this.#forget(due, endpoint));
      return isMoved
        ? { kind: "retry", reason: "the browser has another address since", afterMs: null }
        : outcome;
    } catch (error) {
      logFailure(ports.log, "alert_sender_failed", error, { receiver: due.receiver });
      return { kind: "retry", reason: "the program could not send it", afterMs: null };
    }
  }

  /** `null` for a receiver that is not there any more. */
  async senderOf(receiver: string): Promise<AlertSender | null> {
    const { ports, channels, rules } = this.#deps;
    const channel = channelOf(receiver);
    if (channel !== null) {
      const config = channels.config(channel);
      return config && ports.senders.channel(config);
    }
    const subscriber = (await rules.known()).subscribers.get(idOf(receiver));
    return subscriber === undefined
      ? null
      : ports.senders.push(
          subscriber,
          await channels.pushKeys(async () => ports.senders.drawPushKeys()),
          channels.origin(),
        );
  }

  /** Where a browser is sent to; `null` for a channel, and for one that is not there any more. */
  async #endpointOf(receiver: string): Promise<string | null> {
    const { subscribers } = await this.#deps.rules.known();
    return channelOf(receiver) === null ? (subscribers.get(idOf(receiver))?.endpoint ?? null) : null;
  }

  /** AL15: a browser that its push service does not know any more; `false` where it has moved since, and is to be tried there. */
  async #forget({ receiver }: DueDelivery, endpoint: string): Promise<boolean> {
    const { ports, rules } = this.#deps;
    try {
      return await rules.inTurn(async () => {
        const now = await this.#endpointOf(receiver);
        if (now === endpoint) {
          await rules.dropSubscriber(idOf(receiver));
        }
        return now === endpoint || now === null;
      });
    } catch (error) {
      // Its next message finds it gone again.
      logFailure(ports.log, "gone_subscriber_not_removed", error, { receiver });
      return true;
    }
  }
}

/** AL27: why its rule has nothing sent to a receiver any more; a correction follows its message to all that it went to. */
function whyNotTo(receiver: string, kind: string, held: HeldRule | null): string | null {
  const ended = whyEnded(held);
  if (ended !== null || held === null) {
    return ended;
  }
  const channel = channelOf(receiver);
  return channel === null || kind === "correction" || held.rule.channels.includes(channel)
    ? null
    : "its rule names the channel no more";
}
