/**
 * The sockets of one object: performs what `room` decides. What it knows of them is in their attachments, so that the object
 * may sleep between any two events (WS12).
 */
import type { Fragment, Position } from "../../app/ports/live.ts";
import type { CloseName } from "../../protocol/messages/close-codes.ts";
import { MAX_TOPICS_A_SOCKET, PING_TEXT, PONG_TEXT } from "../../protocol/messages/client-message.ts";
import { formatKst } from "../../protocol/kst-time.ts";
import { PROTOCOL_VERSION } from "../../protocol/messages/session-message.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Allowance, Load } from "../session/send-budget.ts";
import { Guests, type Guest } from "./connections.ts";
import type { RoomEffect, RoomEvent, RoomRules } from "../session/session-event.ts";
import { step } from "../session/session-machine.ts";
import { isUnsettled, newSession, type Session } from "../session/session.ts";
import { answerClose, closeWith, sendFrames } from "./socket-io.ts";
import { TICK_MS, TickQueue } from "./tick-queue.ts";
import { shareOut } from "./tick-fanout.ts";

/** WS10: the client pings so often. */
const HEARTBEAT_MS = 25_000;
/** How often a busy door looks for sockets that are gone. */
const LOOK_EVERY_MS = 30_000;

/** How long what only counts may stand outside the attachments: an object that still ticks will not sleep anyway. */
const WRITE_MS = 1_000;

/** A subscription that the object has to answer through {@link Door.tell}. */
export interface DoorAsk {
  readonly session: string;
  readonly ask: number;
  readonly topic: string;
  readonly since: Position | null;
}

export interface House extends RoomRules {
  /** Shares of a crowd that is not there. Absent: of the sockets that are. */
  readonly allow?: (load: Load) => Allowance;
  now(): number;
  ask(asks: readonly DoorAsk[]): void;
  /** The last listener of a topic is gone. */
  left(topic: string): void;
  /** Call {@link Door.look} then, or a little later. */
  watch(at: number): void;
}

export interface Arrival {
  readonly id: string;
  readonly address: string | null;
  /** What `getTags` answers of this socket, through hibernation too. */
  readonly tags: readonly string[];
  readonly build: string;
  readonly exchange: Exchange;
  readonly topics: readonly string[];
}

export class Door {
  readonly #ctx: DurableObjectState;
  readonly #house: House;
  readonly #guests: Guests;
  readonly #queue: TickQueue;
  #lookedAt = 0;
  #isToWrite = false;

  constructor(ctx: DurableObjectState, house: House) {
    this.#ctx = ctx;
    this.#house = house;
    this.#guests = new Guests(ctx, house.allow);
    this.#queue = new TickQueue((tick) => {
      shareOut(
        tick,
        (topic) => this.#guests.circles(topic),
        (session, fragments, chosenBy) => this.push(session, fragments, chosenBy),
      );
    });
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING_TEXT, PONG_TEXT));
  }

  get size(): number {
    return this.#guests.size;
  }

  sessions(): readonly Session[] {
    return this.#guests.list().map(({ session }) => session);
  }

  /** Topics with the number of sockets that listen to each. */
  subscriptions(): ReadonlyMap<string, number> {
    return this.#guests.counts();
  }

  isWanted(topic: string): boolean {
    return this.#guests.isWanted(topic);
  }

  topics(): Iterable<string> {
    return this.#guests.topics();
  }

  /** Takes a socket in; `connected` is on its way before anything else (WS2). */
  open(socket: WebSocket, { id, address, tags, build, exchange, topics }: Arrival): void {
    const at = this.#house.now();
    const guest = { socket, session: newSession(id, address, at) };
    this.#guests.add(guest);
    this.#ctx.acceptWebSocket(socket, [...tags]);
    const hello = {
      type: "connected",
      client_id: id,
      protocol: PROTOCOL_VERSION,
      build,
      exchange,
      server_time: formatKst(at),
      heartbeat_ms: HEARTBEAT_MS,
      tick_ms: TICK_MS,
      max_topics: MAX_TOPICS_A_SOCKET,
    } as const;
    this.#apply(guest, { kind: "opened", at, hello, topics });
    this.#lookNowAndThen();
  }

  hear(socket: WebSocket, data: string | ArrayBuffer): void {
    const guest = this.#guests.of(socket);
    if (guest) {
      const [at, { allowance }] = [this.#house.now(), this.#guests];
      this.#apply(
        guest,
        typeof data === "string" ? { kind: "text", at, text: data, allowance } : { kind: "binary", at },
      );
    }
  }

  /** The client closed. */
  bidFarewell(socket: WebSocket, code: number): void {
    this.forget(socket);
    answerClose(socket, code);
  }

  /** The socket broke. */
  forget(socket: WebSocket): void {
    const guest = this.#guests.of(socket);
    if (guest) {
      this.#drop(guest);
    }
  }

  /** An answer to an ask; a session that is gone meanwhile needs none. A value in it is no older than one that waits. */
  tell(session: string, event: RoomEvent): void {
    const guest = this.#guests.find(session);
    if (guest) {
      const answers = event.kind === "answered" ? event.answers : [];
      for (const { topic } of answers.flatMap(({ fragments }) => fragments)) {
        this.#queue.tell(session, topic);
      }
      this.#apply(guest, event);
    }
  }

  /** Streams go to their listeners now, latest values with the next tick. */
  deliver(fragments: readonly Fragment[]): void {
    const now = new Map<string, Fragment[]>();
    for (const fragment of fragments) {
      if (!this.#isStream(fragment.topic)) {
        if (this.isWanted(fragment.topic)) {
          this.#queue.add(fragment);
        }
        continue;
      }
      for (const { sessions } of this.#guests.circles(fragment.topic)) {
        for (const id of sessions) {
          listOf(now, id).push(fragment);
        }
      }
    }
    for (const [id, due] of now) {
      this.push(id, due);
    }
    this.#lookNowAndThen();
  }

  /** One session's share of a delivery; `chosenBy` when it is of the latest values those among these topics. */
  push(id: string, fragments: readonly Fragment[], chosenBy: ReadonlySet<string> | null = null): void {
    const guest = this.#guests.find(id);
    if (guest) {
      const [at, { allowance }] = [this.#house.now(), this.#guests];
      // Who confirms is heard of anyway.
      const pinged = guest.session.acks ? null : this.#pinged(guest);
      this.#apply(guest, { kind: "due", at, fragments, chosenBy, pinged, allowance });
    }
  }

  /** Closes what is idle, too slow or gone, and tries again what failed. `true` while a session is not settled. */
  look(): boolean {
    const at = this.#house.now();
    this.#lookedAt = at;
    for (const guest of this.#guests.list()) {
      this.#apply(guest, { kind: "looked", at, pinged: this.#pinged(guest) });
    }
    return this.sessions().some(isUnsettled);
  }

  /** Before the object may sleep, and not sooner. */
  #writeLater(): void {
    if (!this.#isToWrite && this.#guests.isBehind) {
      this.#isToWrite = true;
      setTimeout(() => {
        this.#isToWrite = false;
        if (!this.#queue.isTicking) {
          this.#guests.writeCounts();
        }
        this.#writeLater();
      }, WRITE_MS);
    }
  }

  #lookNowAndThen(): void {
    if (this.#house.now() - this.#lookedAt >= LOOK_EVERY_MS) {
      this.look();
    }
  }

  #pinged({ socket }: Guest): number | null {
    return this.#ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? null;
  }

  #isStream(topic: string): boolean {
    const found = this.#house.find(topic);
    return typeof found !== "string" && found.isStream;
  }

  #apply(guest: Guest, event: RoomEvent): void {
    const { session, effects } = step(guest.session, event, this.#house);
    const asks: DoorAsk[] = [];
    const close = this.#perform(guest, effects, asks);
    if (close !== null) {
      this.#close(guest, close);
      return;
    }
    const left = this.#guests.change(guest, session);
    this.#writeLater();
    if (session.pending.length > 0) {
      this.#queue.wake(session.id);
    }
    this.#leave(left);
    if (asks.length > 0) {
      this.#house.ask(asks);
    }
  }

  /** Answers with why the socket is to be closed; `null`: it stays. */
  #perform(guest: Guest, effects: readonly RoomEffect[], asks: DoorAsk[]): CloseName | null {
    let close: CloseName | null = null;
    for (const effect of effects) {
      if (effect.kind === "send") {
        sendFrames(guest.socket, effect.frames);
      } else if (effect.kind === "ask") {
        const { ask, topic, since } = effect;
        asks.push({ session: guest.session.id, ask, topic, since });
      } else if (effect.kind === "watch") {
        this.#house.watch(effect.at);
      } else {
        close = effect.close;
      }
    }
    return close;
  }

  #close(guest: Guest, close: CloseName): void {
    closeWith(guest.socket, close);
    this.#drop(guest);
  }

  #drop(guest: Guest): void {
    this.#queue.forget(guest.session.id);
    this.#leave(this.#guests.remove(guest));
  }

  #leave(topics: readonly string[]): void {
    for (const topic of topics) {
      this.#house.left(topic);
    }
  }
}

function listOf(lists: Map<string, Fragment[]>, id: string): Fragment[] {
  const list = lists.get(id) ?? [];
  lists.set(id, list);
  return list;
}
