/**
 * The sockets of one object: performs what `room` decides, and knows who listens to what. Everything here is a cache of
 * the sockets' attachments, rebuilt at the first event after a birth (WS12).
 */
import type { Fragment, Position } from "../app/ports/live.ts";
import { CLOSE, type CloseName } from "../protocol/close-codes.ts";
import { MAX_TOPICS_A_SOCKET, PING_TEXT, PONG_TEXT } from "../protocol/client-message.ts";
import { formatKst } from "../protocol/kst-time.ts";
import { PROTOCOL_VERSION } from "../protocol/session-message.ts";
import type { Exchange } from "../core/instrument.ts";
import { decodeAttachment, encodeAttachment } from "./attachment.ts";
import type { RoomEvent, RoomRules } from "./room-event.ts";
import { step } from "./room.ts";
import { newSession, wantedTopics, type Session } from "./session.ts";
import { TopicIndex } from "./topic-index.ts";

/** Latest values wait for the next of these; streams go at once (WS1). */
const TICK_MS = 250;
/** WS10: the client pings so often. */
const HEARTBEAT_MS = 25_000;
/** How often a busy door looks for sockets that are gone. */
const LOOK_EVERY_MS = 30_000;

/** A subscription that the object has to answer through {@link Door.tell}. */
export interface DoorAsk {
  readonly session: string;
  readonly ask: number;
  readonly topic: string;
  readonly since: Position | null;
}

export interface House extends RoomRules {
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
  readonly build: string;
  readonly exchange: Exchange;
  readonly topics: readonly string[];
}

interface Guest {
  readonly socket: WebSocket;
  session: Session;
}

export class Door {
  readonly #ctx: DurableObjectState;
  readonly #house: House;
  readonly #index = new TopicIndex();
  #guests: Map<string, Guest> | null = null;
  /** Latest values waiting for the tick, by session and topic. */
  readonly #waiting = new Map<string, Map<string, Fragment>>();
  #isTicking = false;
  #lookedAt = 0;

  constructor(ctx: DurableObjectState, house: House) {
    this.#ctx = ctx;
    this.#house = house;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING_TEXT, PONG_TEXT));
  }

  get size(): number {
    return this.#all().size;
  }

  sessions(): Iterable<Session> {
    return Array.from(this.#all().values(), ({ session }) => session);
  }

  /** Topics with the number of sockets that listen to each. */
  subscriptions(): ReadonlyMap<string, number> {
    this.#all();
    return this.#index.counts();
  }

  isWanted(topic: string): boolean {
    this.#all();
    return this.#index.listeners(topic).size > 0;
  }

  topics(): Iterable<string> {
    this.#all();
    return this.#index.topics();
  }

  /** Takes a socket in; `connected` is on its way before anything else (WS2). */
  open(socket: WebSocket, { id, address, build, exchange, topics }: Arrival): void {
    const at = this.#house.now();
    const guest = { socket, session: newSession(id, address, at) };
    this.#all().set(id, guest);
    this.#ctx.acceptWebSocket(socket);
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
  }

  hear(socket: WebSocket, data: string | ArrayBuffer): void {
    const guest = this.#guestOf(socket);
    if (guest) {
      const at = this.#house.now();
      this.#apply(
        guest,
        typeof data === "string" ? { kind: "text", at, text: data } : { kind: "binary", at },
      );
    }
  }

  /** The socket is closed, or broke. */
  forget(socket: WebSocket): void {
    const guest = this.#guestOf(socket);
    if (guest) {
      this.#drop(guest);
    }
  }

  /** An answer to an ask; a session that is gone meanwhile needs none. */
  tell(session: string, event: RoomEvent): void {
    const guest = this.#all().get(session);
    if (guest) {
      this.#apply(guest, event);
    }
  }

  /** Streams go to their listeners now, latest values with the next tick. */
  deliver(fragments: readonly Fragment[]): void {
    this.#all();
    const now = new Map<string, Fragment[]>();
    for (const fragment of fragments) {
      const isStream = this.#isStream(fragment.topic);
      for (const id of this.#index.listeners(fragment.topic)) {
        if (isStream) {
          listOf(now, id).push(fragment);
        } else {
          this.#wait(id, fragment);
        }
      }
    }
    for (const [id, due] of now) {
      this.push(id, due);
    }
    this.#lookNowAndThen();
  }

  /** Closes what is idle, too slow or gone. `true` while a session is not settled: look again. */
  look(): boolean {
    const at = this.#house.now();
    this.#lookedAt = at;
    for (const guest of this.#all().values()) {
      this.#apply(guest, { kind: "looked", at, pinged: this.#pinged(guest) });
    }
    return Array.from(this.#all().values()).some(
      ({ session }) => !session.hasSubscribed || session.laggingSince !== null,
    );
  }

  #lookNowAndThen(): void {
    if (this.#house.now() - this.#lookedAt >= LOOK_EVERY_MS) {
      this.look();
    }
  }

  #wait(id: string, fragment: Fragment): void {
    let waiting = this.#waiting.get(id);
    if (!waiting) {
      waiting = new Map();
      this.#waiting.set(id, waiting);
    }
    waiting.set(fragment.topic, fragment);
    this.#schedule();
  }

  /** A timer keeps the object awake, so there is one only while something waits. */
  #schedule(): void {
    if (!this.#isTicking) {
      this.#isTicking = true;
      setTimeout(() => this.#tick(), TICK_MS);
    }
  }

  #tick(): void {
    this.#isTicking = false;
    const due = Array.from(this.#waiting);
    this.#waiting.clear();
    for (const [id, fragments] of due) {
      this.push(id, Array.from(fragments.values()));
    }
  }

  /** One session's share of a delivery. */
  push(id: string, fragments: readonly Fragment[]): void {
    const guest = this.#all().get(id);
    if (guest) {
      this.#apply(guest, { kind: "due", at: this.#house.now(), fragments, pinged: this.#pinged(guest) });
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
    const before = guest.session;
    const { session, effects } = step(before, event, this.#house);
    guest.session = session;
    const asks: DoorAsk[] = [];
    let close: CloseName | null = null;
    for (const effect of effects) {
      if (effect.kind === "send") {
        send(guest.socket, effect.frames);
      } else if (effect.kind === "ask") {
        asks.push({ session: session.id, ask: effect.ask, topic: effect.topic, since: effect.since });
      } else if (effect.kind === "watch") {
        this.#house.watch(effect.at);
      } else {
        close = effect.close;
      }
    }
    if (close !== null) {
      this.#close(guest, close);
      return;
    }
    keep(guest.socket, before, session);
    if (session.pending.length > 0 && !this.#waiting.has(session.id)) {
      this.#waiting.set(session.id, new Map());
      this.#schedule();
    }
    this.#leave(this.#index.move(session.id, wantedTopics(before), wantedTopics(session)));
    if (asks.length > 0) {
      this.#house.ask(asks);
    }
  }

  #close(guest: Guest, close: CloseName): void {
    const { code, reason } = CLOSE[close];
    try {
      guest.socket.close(code, reason);
    } catch {
      // It was closed already, which is what was wanted.
    }
    this.#drop(guest);
  }

  #drop({ session }: Guest): void {
    this.#all().delete(session.id);
    this.#waiting.delete(session.id);
    this.#leave(this.#index.move(session.id, wantedTopics(session), new Set()));
  }

  #leave(topics: readonly string[]): void {
    for (const topic of topics) {
      this.#house.left(topic);
    }
  }

  #guestOf(socket: WebSocket): Guest | null {
    const session = decodeAttachment(socket.deserializeAttachment());
    return session === null ? null : (this.#all().get(session.id) ?? null);
  }

  #all(): Map<string, Guest> {
    if (this.#guests === null) {
      this.#guests = new Map();
      for (const socket of this.#ctx.getWebSockets()) {
        this.#restore(socket, this.#guests);
      }
    }
    return this.#guests;
  }

  #restore(socket: WebSocket, guests: Map<string, Guest>): void {
    if (socket.readyState !== WebSocket.OPEN) {
      return;
    }
    const session = decodeAttachment(socket.deserializeAttachment());
    if (session === null) {
      socket.close(CLOSE.drain.code, CLOSE.drain.reason);
      return;
    }
    guests.set(session.id, { socket, session });
    this.#index.move(session.id, new Set(), wantedTopics(session));
  }
}

/** A send to a socket that is going down throws or is silent; neither concerns the others (WS9). */
function send(socket: WebSocket, frames: readonly string[]): void {
  try {
    for (const frame of frames) {
      if (socket.readyState === WebSocket.OPEN) {
        socket.send(frame);
      }
    }
  } catch {
    // Its close event follows, or its silence is noticed.
  }
}

function keep(socket: WebSocket, before: Session, session: Session): void {
  if (before === session) {
    return;
  }
  try {
    socket.serializeAttachment(encodeAttachment(session));
  } catch {
    // A socket that is going down keeps nothing.
  }
}

function listOf(lists: Map<string, Fragment[]>, id: string): Fragment[] {
  const list = lists.get(id) ?? [];
  lists.set(id, list);
  return list;
}
