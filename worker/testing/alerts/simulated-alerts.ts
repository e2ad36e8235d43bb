/**
 * The object that tells in a world that fails: its process dies at any await, receivers take a message and lose the answer, the log
 * grows and is taken back meanwhile. For the test beside it.
 */
import type { AlertMessage, AlertSender, SendOutcome } from "../../app/ports/alert-channel.ts";
import type { LoggedAlert, UnreadAlert } from "../../app/ports/alert-log.ts";
import type { AlertRuleStore } from "../../app/ports/alert-rules.ts";
import type { AlertEvent, ToldAlert, WithdrawnAlert } from "../../core/alerts/alert-event.ts";
import { keyOf } from "../../core/alerts/alert-event.ts";
import { makeAlert } from "../builders/alert-builder.ts";
import type { AlertRule } from "../../core/alerts/alert-rule.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { makeRandom } from "../chance/random.ts";
import { MemoryAlertRules } from "../memory/memory-alert-rules.ts";
import { MemoryLog } from "../memory/memory-log.ts";
import { ObjectStorage } from "../wire/world/object-storage.ts";
import type { AlertStorage } from "../../notify/alert-tables.ts";
import type { AlertsPorts } from "../../notify/alert-ports.ts";
import { Notifier } from "../../notify/notifier.ts";

/** What one receiver got, by key. */
export type Inbox = Map<string, AlertMessage>;

const CHANNELS = ["bot", "hook", "slow"] as const;

/** A process that was killed: nothing that it waits for comes. */
class Life {
  isOver = false;
}

export class SimulatedAlerts {
  now = 1_000_000;
  readonly inboxes = new Map<string, Inbox>(CHANNELS.map((id) => [id, new Map()]));
  readonly log: (LoggedAlert | UnreadAlert)[] = [];
  readonly lines = new MemoryLog();
  readonly store = new MemoryAlertRules();
  /** Under which address each attempt to a browser was made. */
  readonly origins: (string | null)[] = [];
  active: Exchange = "DEMO";
  /** What a receiver answers in place of chance. */
  answer: ((receiver: string) => SendOutcome) | null = null;
  /** Receivers that never answer, and take nothing. */
  readonly silent = new Set<string>();
  /** Receivers that answer after this. */
  readonly slow = new Map<string, Promise<unknown>>();
  /** What no receiver may ever see. */
  readonly faults: string[] = [];
  /** Attempts that reached a receiver again under a key that it had. */
  again = 0;
  deaths = 0;
  readonly #random: () => number;
  readonly storage = new ObjectStorage();
  #drawn = 0;
  #life = new Life();
  #object: Notifier;
  /** The chance of a death at an await; 0 once everything is to end. */
  #danger: number;

  constructor(seed: number, danger: number) {
    this.#random = makeRandom(seed);
    this.#danger = danger;
    this.#object = this.#born();
  }

  get object(): Notifier {
    return this.#object;
  }

  /** Channels and the owner's rules are there before anything happens. */
  async begin(rules: readonly AlertRule[]): Promise<void> {
    const danger = this.#danger;
    this.#danger = 0;
    for (const id of CHANNELS) {
      await this.#object.putChannel(id, { kind: "telegram", name: id, chatId: id, token: "t" });
    }
    for (const rule of rules) {
      await this.#object.putRule(rule);
    }
    this.#danger = danger;
  }

  /** What the object keeps, as its own classes take it. */
  get sqlStorage(): AlertStorage {
    // @ts-expect-error -- the part of the platform's storage that the object uses
    return this.storage;
  }

  /** The process ends, and another one begins. */
  restart(): void {
    this.#life.isOver = true;
    this.#object = this.#born();
    this.storage.alarmAt = this.now;
  }

  add(event: AlertEvent): void {
    this.log.push({ position: this.log.length + 1, event });
    this.storage.alarmAt = this.now;
  }

  /** Lets the time pass until then; whatever is due happens. */
  async until(time: number): Promise<void> {
    for (let rounds = 0; rounds < 10_000; rounds++) {
      const at = this.storage.alarmAt;
      if (at === null || at > time) {
        break;
      }
      this.now = Math.max(this.now, at);
      this.storage.alarmAt = null;
      const life = this.#life;
      void this.#object.alarm();
      await this.#turns();
      if (this.#life !== life && this.storage.alarmAt === null) {
        // The platform calls an alarm again whose handler did not end.
        this.storage.alarmAt = this.now;
      }
    }
    this.now = Math.max(this.now, time);
  }

  /** No more deaths: everything that can still be told is. */
  async end(): Promise<void> {
    this.#danger = 0;
    this.storage.alarmAt = this.now;
    for (let hour = 0; hour < 30 && (hour === 0 || this.storage.alarmAt !== null); hour++) {
      await this.until(this.now + 3_600_000);
    }
  }

  async states(): Promise<readonly string[]> {
    const log = await this.#object.log("owner", null, 10_000);
    return log.map(({ state }) => state);
  }

  async #turns(): Promise<void> {
    for (let i = 0; i < 60; i++) {
      await Promise.resolve();
    }
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }

  /** An await of the object. It may die before what it asked for happens, or before it learns of it. */
  async #asked<T>(life: Life, act: () => T): Promise<T> {
    await Promise.resolve();
    this.#perhapsDie(life);
    if (life.isOver) {
      return new Promise(() => undefined);
    }
    const answer = act();
    this.#perhapsDie(life);
    return life.isOver ? new Promise(() => undefined) : answer;
  }

  #perhapsDie(life: Life): void {
    if (!life.isOver && this.#random() < this.#danger) {
      life.isOver = true;
      this.deaths += 1;
      this.#object = this.#born();
    }
  }

  #born(): Notifier {
    const life = new Life();
    this.#life = life;
    const ctx = { storage: storageOf(this.storage, () => life.isOver), waitUntil: () => undefined };
    // @ts-expect-error -- the part of the platform's state that the object uses
    return new Notifier(ctx, {}, this.#portsOf(life));
  }

  #portsOf(life: Life): AlertsPorts {
    const asked = async <T>(act: () => T): Promise<T> => this.#asked(life, act);
    const { store } = this;
    const rules: AlertRuleStore = {
      rules: async (onUnread) => asked(async () => store.rules(onUnread)),
      subscribers: async () => asked(async () => store.subscribers()),
      putRule: async (held) => asked(async () => store.putRule(held)),
      dropRule: async (holder, id) => asked(async () => store.dropRule(holder, id)),
      putSubscriber: async (one, own) => asked(async () => store.putSubscriber(one, own)),
      dropSubscriber: async (id) => asked(async () => store.dropSubscriber(id)),
    };
    return {
      clock: { now: () => this.now },
      log: this.lines,
      settings: { activeExchange: async () => asked(() => this.active) },
      alertLog: {
        after: async (position, limit) =>
          asked(() => this.log.filter((one) => one.position > position).slice(0, limit)),
        last: async () => asked(() => this.log.length),
      },
      rules,
      senders: {
        channel: (config) => this.#senderOf(life, config.kind === "telegram" ? config.chatId : ""),
        push: ({ endpoint }, _, origin) => {
          this.origins.push(origin);
          return this.#senderOf(life, endpoint);
        },
        drawPushKeys: async () => asked(() => ({ publicKey: "p", privateKey: "s" })),
        refuseTarget: async () => asked(() => null),
      },
      readerRule: "owner",
      simulatedSessionMs: 300_000,
      random: this.#random,
      drawText: () => {
        this.#drawn += 1;
        return `drawn${this.#drawn}`;
      },
      digest: async (text) => asked(() => text),
      write: ({ key, kind, language, events, at }) => ({
        key,
        kind,
        language,
        title: kind,
        text: events.map(({ id }) => id).join("\n"),
        url: null,
        at,
        events,
        total: events.length,
      }),
    };
  }

  #senderOf(life: Life, id: string): AlertSender {
    return {
      send: async (message) => {
        await this.slow.get(id);
        return this.silent.has(id)
          ? new Promise(() => undefined)
          : this.#asked(life, () => this.#receive(id, message));
      },
    };
  }

  /** Half of what fails has arrived all the same. */
  #receive(id: string, message: AlertMessage): SendOutcome {
    const inbox = this.inboxes.get(id) ?? new Map<string, AlertMessage>();
    this.inboxes.set(id, inbox);
    const answer = this.answer?.(id) ?? null;
    if (answer !== null && answer.kind !== "sent") {
      return answer;
    }
    const isFailing = this.#danger > 0 && this.#random() < 0.3;
    if (isFailing && this.#random() < 0.5) {
      return { kind: "retry", reason: "busy", afterMs: this.#random() < 0.5 ? 20_000 : null };
    }
    const known = inbox.get(message.key);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(message)) {
      this.faults.push(`${message.key} came with another content`);
    }
    const told = new Set([...inbox.values()].flatMap(({ events }) => events.map((event) => event.id)));
    if (message.kind === "correction" && message.events.some((event) => !told.has(event.id))) {
      this.faults.push(`${message.key} takes back what never arrived`);
    }
    this.again += known === undefined ? 0 : 1;
    inbox.set(message.key, message);
    return isFailing ? { kind: "retry", reason: "no answer", afterMs: null } : { kind: "sent" };
  }
}

/** What a process that was killed still does reaches no storage. */
function storageOf(storage: ObjectStorage, isOver: () => boolean): object {
  const guard = <T>(act: () => T): T => {
    if (isOver()) {
      throw new Error("this process was killed");
    }
    return act();
  };
  return {
    sql: {
      exec: (...args: Parameters<ObjectStorage["sql"]["exec"]>) => guard(() => storage.sql.exec(...args)),
    },
    transactionSync: <T>(act: () => T): T => guard(() => storage.transactionSync(act)),
    setAlarm: async (at: number) => (isOver() ? new Promise(() => undefined) : storage.setAlarm(at)),
    getAlarm: async () => (isOver() ? new Promise(() => undefined) : storage.getAlarm()),
  };
}

/** An event of a signal of the demo, and what takes it back. */
export function touchOf(signal: number, kind: "touched" | "failed", at: number, run = ""): ToldAlert {
  const signalId = `D${signal}.1.2`;
  const id = `${signalId}:${kind}:1${run}`;
  return makeAlert({ id, exchange: "DEMO", signalId, ticker: `D${signal}`, kind, at });
}

export function takenBack(event: ToldAlert, at: number, run: string): WithdrawnAlert {
  const of = keyOf(event.id);
  return { id: `${of}:withdrawn${run}`, exchange: event.exchange, day: event.day, at, kind: "withdrawn", of };
}
