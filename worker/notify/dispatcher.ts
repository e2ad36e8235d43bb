/**
 * From the log to the receivers: reads on, gathers, closes what has gathered long enough, and sends what is due. Every step may be
 * repeated after a death of the process; what was being sent then is sent again under its key.
 */
import * as v from "valibot";
import type { AlertSender, SendOutcome } from "../app/ports/alert-channel.ts";
import { type OnUnread, OWNER } from "../app/ports/alert-rules.ts";
import { logFailure } from "../app/ports/log.ts";
import type { ToldAlert } from "../core/alerts/alert-event.ts";
import { tellAt } from "../core/alerts/alert-rule.ts";
import { digestAt, isMarketOpen } from "../core/alerts/market-hours.ts";
import type { AlertsPorts } from "./alert-ports.ts";
import { type AlertQueue, type QueuedMessage, UNREAD } from "./alert-queue.ts";
import { type Audience, readAudience } from "./audience.ts";
import { type ChannelStore, MOST_FAILURES } from "./channel-store.ts";
import { type Deliveries, type DueDelivery, LEASE_MS } from "./deliveries.ts";
import { MESSAGE, TOLD } from "./kept-json.ts";
import { channelOf, channelReceiver, idOf, pushReceiver } from "./receivers.ts";
import type { RuleBook } from "./rule-book.ts";

/** Events read at once. */
const PAGE = 200;
/** Messages on their way at once: the platform opens six connections. */
const AT_ONCE = 6;
/** Messages that stay with their log. */
const KEPT = 5_000;

export interface DispatcherDeps {
  readonly ports: AlertsPorts;
  readonly queue: AlertQueue;
  readonly deliveries: Deliveries;
  readonly channels: ChannelStore;
  readonly rules: RuleBook;
  readonly onUnread: OnUnread;
  /** AL12: something is due at another time than the last that was named. */
  readonly onMoved: () => void;
}

export class Dispatcher {
  readonly #deps: DispatcherDeps;
  /** By receiver. */
  readonly #underWay = new Map<string, Promise<void>>();
  /** As the last round found it. */
  #audience: Audience | null = null;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
  }

  /** To be called before there is a rule: what happened before it is no news. */
  async begin(): Promise<void> {
    const { queue, ports } = this.#deps;
    if (queue.place() === null) {
      queue.beginAt(await ports.alertLog.last());
    }
  }

  /** Resolves when everything logged was taken and everything due is on its way; rejects when the database is out of reach. */
  async round(): Promise<void> {
    await this.#read();
    await this.#close();
    this.#send();
  }

  /** When there is something to do; `null`: nothing before the log grows. What is on its way may die with the process. */
  nextAt(): number | null {
    const { queue, deliveries, ports } = this.#deps;
    const busy = [...this.#underWay.keys()];
    const times = [
      queue.nextDue(),
      busy.length < AT_ONCE ? deliveries.nextDue(busy) : null,
      busy.length > 0 ? ports.clock.now() + LEASE_MS : null,
    ].filter((at) => at !== null);
    return times.length === 0 ? null : Math.min(...times);
  }

  async #read(): Promise<void> {
    const { queue, ports, rules } = this.#deps;
    await this.begin();
    for (;;) {
      const events = await ports.alertLog.after(queue.place() ?? 0, PAGE);
      if (events.length === 0) {
        await this.#followLog();
        return;
      }
      // Asked after the events were read: of an exchange that was switched to meanwhile nothing is left out.
      const audience = await readAudience(ports, rules);
      const now = ports.clock.now();
      for (const { position, ...row } of events) {
        if (row.event === null) {
          this.#deps.onUnread(`alert_event ${position}`, row.fault);
        }
      }
      queue.take(events, audience.known.index, {
        now,
        mayTell: ({ holder }, { exchange }) => audience.mayTell(holder, exchange),
        isOpen: ({ exchange, at }) => isMarketOpen(exchange, at),
        digestAt: ({ exchange }) => digestAt(exchange, now, ports.simulatedSessionMs),
      });
    }
  }

  /** AL12: behind a log that ends before its place, as that of another database does, it would wait for ever. */
  async #followLog(): Promise<void> {
    const { queue, ports } = this.#deps;
    const last = await ports.alertLog.last();
    const place = queue.place() ?? 0;
    if (last < place) {
      ports.log.write("warn", "alert_log_began_anew", { place, last });
      queue.beginAt(last);
    }
  }

  async #close(): Promise<void> {
    const { queue, ports, rules, onUnread } = this.#deps;
    const audience = await readAudience(ports, rules);
    this.#audience = audience;
    const now = ports.clock.now();
    for (const message of queue.due(now, onUnread)) {
      try {
        this.#closeOne(message, audience, now);
      } catch (error) {
        // What cannot be made of one message stops no other; where the storage itself fails, this fails too.
        queue.withdraw(message, UNREAD, now);
        onUnread(`message ${message.number}`, error);
      }
    }
    queue.prune(KEPT);
  }

  #closeOne(message: QueuedMessage, { known, mayTell }: Audience, now: number): void {
    const { queue, ports } = this.#deps;
    const held = known.index.get(message.rule);
    if (held === null || !held.rule.isOn) {
      queue.withdraw(message, held === null ? "its rule was deleted" : "its rule was switched off", now);
      return;
    }
    const at = tellAt(held.rule, now);
    if (at > now) {
      queue.postpone(message.number, at);
      return;
    }
    const events = this.#eventsOf(message).filter(({ exchange }) => mayTell(held.holder, exchange));
    if (events.length === 0) {
      queue.withdraw(message, "nothing of it stood any more", now);
      return;
    }
    const { language } = held.rule;
    const written = ports.write({ key: keyOf(message), kind: message.kind, language, events, at: now });
    const receivers = this.#receiversOf(message, held.holder, held.rule.channels);
    queue.close(message, JSON.stringify(written), receivers, now);
  }

  #eventsOf(message: QueuedMessage): readonly ToldAlert[] {
    const { queue, onUnread } = this.#deps;
    return queue.eventsOf(message).flatMap((json) => {
      const parsed = v.safeParse(TOLD, json);
      if (!parsed.success) {
        onUnread(`an event of message ${message.number}`, new v.ValiError(parsed.issues));
      }
      return parsed.success ? [parsed.output] : [];
    });
  }

  /** AL13: a correction goes where its message went. */
  #receiversOf({ of }: QueuedMessage, holder: string, channels: readonly string[]): readonly string[] {
    if (of !== null) {
      return this.#deps.deliveries.receiversOf(of);
    }
    return holder === OWNER
      ? channels.filter((id) => this.#deps.channels.config(id) !== null).map(channelReceiver)
      : [pushReceiver(holder)];
  }

  #send(): void {
    const { deliveries, ports, onUnread } = this.#deps;
    const audience = this.#audience;
    if (audience === null) {
      return;
    }
    for (const due of deliveries.due(ports.clock.now(), 2 * AT_ONCE, onUnread)) {
      const { receiver } = due;
      if (this.#underWay.size >= AT_ONCE) {
        return;
      }
      if (
        !this.#underWay.has(receiver) &&
        this.#isWanted(due, audience) &&
        deliveries.begin(due, ports.clock.now())
      ) {
        const way = this.#sendOne(due)
          .finally(() => {
            this.#underWay.delete(receiver);
          })
          .then(() => {
            this.#send();
            this.#deps.onMoved();
          })
          .catch((error: unknown) => {
            // What became of it is unknown, so it is sent again.
            logFailure(ports.log, "alert_outcome_lost", error, { receiver }, "error");
          });
        this.#underWay.set(receiver, way);
      }
    }
  }

  /** AL15: nothing more is sent to a channel that took nothing for some time; AL7, AL16: what waited is judged again. */
  #isWanted(due: DueDelivery, { known, mayTell }: Audience): boolean {
    const { deliveries, channels, ports } = this.#deps;
    const id = channelOf(due.receiver);
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
    const now = ports.clock.now();
    const at = held === null ? now : tellAt(held.rule, now);
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
      : ports.senders.push(subscriber, await channels.pushKeys(async () => ports.senders.drawPushKeys()));
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
          await rules.changing(async (store) => store.dropSubscriber(idOf(receiver)));
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

/** Of one message alone, also after the object has lost its storage and counts anew. */
export function keyOf({ number, openedAt }: Pick<QueuedMessage, "number" | "openedAt">): string {
  return `${openedAt.toString(36)}-${number.toString(36)}`;
}
