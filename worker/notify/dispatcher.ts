/**
 * From the log to the receivers: reads on, gathers, closes what has gathered long enough, and has sent what is due. Every step may be
 * repeated after a death of the process.
 */
import * as v from "valibot";
import { OWNER } from "../app/ports/alert-rules.ts";
import type { ToldAlert } from "../core/alerts/alert-event.ts";
import { tellAt } from "../core/alerts/alert-rule.ts";
import { digestAt, isMarketOpen } from "../core/alerts/market-hours.ts";
import type { AlertQueue } from "./alert-queue.ts";
import { type Audience, readAudience } from "./audience.ts";
import { TOLD } from "./kept-json.ts";
import { keyOf, type Messages, type QueuedMessage, UNREAD } from "./messages.ts";
import { Outbound, type OutboundDeps } from "./outbound.ts";
import { channelReceiver, pushReceiver } from "./receivers.ts";
import type { RuleChange } from "./rule-book.ts";
import { RULE_DELETED, whyEnded } from "./rule-state.ts";

/** Events read at once. */
const PAGE = 200;

interface DispatcherDeps extends OutboundDeps {
  readonly queue: AlertQueue;
  readonly messages: Messages;
}

export class Dispatcher {
  readonly #deps: DispatcherDeps;
  readonly outbound: Outbound;
  #isPurged = false;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
    this.outbound = new Outbound(deps);
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
    this.outbound.send(await this.#close());
  }

  /** When there is something to do; `null`: nothing before the log grows. */
  nextAt(): number | null {
    const times = [this.#deps.messages.nextDue(), this.outbound.nextAt()].filter((at) => at !== null);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** AL27, AL30: what waits for a rule that was changed ends with its reason, or its time is judged anew. */
  ruleChanged({ rules, ended }: RuleChange): void {
    const { messages, ports, onMoved } = this.#deps;
    const now = ports.clock.now();
    for (const [key, held] of rules) {
      const reason = whyEnded(held);
      if (reason !== null) {
        messages.withdrawOf(key, reason, now);
      } else if (held !== null) {
        messages.judgeAnew(held, now);
      }
      this.outbound.ruleChanged(key, held);
    }
    for (const id of ended) {
      this.#purge(id);
    }
    onMoved();
  }

  #purge(holder: string): void {
    this.#deps.messages.purge(holder);
    this.#deps.deliveries.follow(pushReceiver(holder));
  }

  /** AL28: once in a life; the one before may have died between the end of a subscription and that of what was kept of it. */
  #purgeUnknown({ subscribers }: Audience["known"]): void {
    if (!this.#isPurged) {
      this.#isPurged = true;
      const gone = this.#deps.messages.holders().filter((one) => one !== OWNER && !subscribers.has(one));
      gone.forEach((holder) => {
        this.#purge(holder);
      });
    }
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

  async #close(): Promise<Audience> {
    const { messages, ports, rules, onUnread } = this.#deps;
    const audience = await readAudience(ports, rules);
    this.#purgeUnknown(audience.known);
    const now = ports.clock.now();
    for (const message of messages.due(now, onUnread)) {
      try {
        this.#closeOne(message, audience, now);
      } catch (error) {
        // What cannot be made of one message stops no other; where the storage itself fails, this fails too.
        messages.withdraw(message, UNREAD, now);
        onUnread(`message ${message.number}`, error);
      }
    }
    return audience;
  }

  #closeOne(message: QueuedMessage, { known, mayTell }: Audience, now: number): void {
    const { messages, ports } = this.#deps;
    const held = known.index.get(message.rule);
    const ended = whyEnded(held);
    if (held === null || ended !== null) {
      messages.withdraw(message, ended ?? RULE_DELETED, now);
      return;
    }
    const at = tellAt(held.rule, now);
    if (at > now) {
      messages.postpone(message.number, at);
      return;
    }
    const events = this.#eventsOf(message).filter(({ exchange }) => mayTell(held.holder, exchange));
    if (events.length === 0) {
      messages.withdraw(message, "nothing of it stood any more", now);
      return;
    }
    const { language } = held.rule;
    const written = ports.write({ key: keyOf(message), kind: message.kind, language, events, at: now });
    const receivers = this.#receiversOf(message, held.holder, held.rule.channels);
    messages.close(message, JSON.stringify(written), receivers, now);
  }

  #eventsOf(message: QueuedMessage): readonly ToldAlert[] {
    const { messages, onUnread } = this.#deps;
    return messages.eventsOf(message).flatMap((json) => {
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
}
