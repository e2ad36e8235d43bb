/**
 * The sockets of one object with their sessions, and which session wants which topic: a cache of the sockets' attachments,
 * rebuilt at the first event after a birth (WS12).
 */
import { MAX_TOPICS_A_SOCKET, MAX_TOPICS_AN_ADDRESS } from "../../protocol/messages/client-message.ts";
import { borrowedOf, type SendBudget, sendBudgetOf } from "../session/send-budget.ts";
import { decodeAttachment, encodeAttachment } from "../session/attachment.ts";
import { ackedOf, isOnlyCounted, wantedTopics, type Session } from "../session/session.ts";
import type { SocketIo } from "./socket-io.ts";
import { type SubscriberGroup, TopicIndex } from "./topic-index.ts";

/** A socket and its session; the session is replaced, never changed. */
export interface Connection {
  readonly socket: WebSocket;
  session: Session;
}

/** What the sockets of one address have together. */
interface Held {
  sockets: number;
  topics: number;
}

/** The sockets of an object, found again after hibernation. */
export class Connections {
  readonly #ctx: Pick<DurableObjectState, "getWebSockets">;
  readonly #io: SocketIo;
  readonly #allow: typeof sendBudgetOf;
  readonly #index = new TopicIndex();
  #byId: Map<string, Connection> | null = null;
  /** Within one life a socket is one object: its attachment need not be read for every message. */
  readonly #bySocket = new WeakMap<WebSocket, Connection>();
  /** By address, of sockets that are from no page of our own. */
  readonly #held = new Map<string, Held>();
  #borrowed = 0;
  #unacked = 0;
  #unackedSent = 0;
  /** Connections whose attachment is behind in what only counts: see {@link Connections.writeCounts}. */
  readonly #behind = new Set<Connection>();

  constructor(
    ctx: Pick<DurableObjectState, "getWebSockets">,
    io: SocketIo,
    allow: typeof sendBudgetOf = sendBudgetOf,
  ) {
    this.#ctx = ctx;
    this.#io = io;
    this.#allow = allow;
  }

  get size(): number {
    return this.#all().size;
  }

  /** What each socket may have on its way at this moment. */
  get sendBudget(): SendBudget {
    return this.#allow({
      sockets: this.size,
      borrowed: this.#borrowed,
      unacked: this.#unacked,
      unackedSent: this.#unackedSent,
    });
  }

  list(): readonly Connection[] {
    return Array.from(this.#all().values());
  }

  find(id: string): Connection | null {
    return this.#all().get(id) ?? null;
  }

  of(socket: WebSocket): Connection | null {
    const known = this.#bySocket.get(socket);
    if (known !== undefined && this.find(known.session.id) === known) {
      return known;
    }
    const session = decodeAttachment(socket.deserializeAttachment());
    return session === null ? null : this.find(session.id);
  }

  add(connection: Connection): void {
    this.#bySocket.set(connection.socket, connection);
    this.#all().set(connection.session.id, connection);
    this.#count(connection.session, 1);
    this.#hold(connection.session.address, 1, 0);
  }

  /** How many sockets an address has here. */
  socketsOf(address: string): number {
    this.#all();
    return this.#held.get(address)?.sockets ?? 0;
  }

  /** How many topics the socket may have in all, as its address has others (WS13d). */
  maxTopicsOf({ session }: Connection): number {
    const held = session.address === null ? undefined : this.#held.get(session.address);
    if (held === undefined) {
      return MAX_TOPICS_A_SOCKET;
    }
    const others = held.topics - wantedTopics(session).size;
    return Math.min(MAX_TOPICS_A_SOCKET, MAX_TOPICS_AN_ADDRESS - others);
  }

  /** Returns the topics that nobody wants any more. */
  remove(connection: Connection): readonly string[] {
    const { session } = connection;
    this.#behind.delete(connection);
    const wanted = wantedTopics(session);
    if (this.#all().delete(session.id)) {
      this.#count(session, -1);
      this.#hold(session.address, -1, -wanted.size);
    }
    return this.#index.move(session.id, wanted, new Set());
  }

  /**
   * Keeps the next session; returns the topics that nobody wants any more. What is durable is written at once, what only
   * counts with {@link Connections.writeCounts}: written with each frame it would be a tenth of the frame's cost.
   */
  change(connection: Connection, next: Session): readonly string[] {
    const before = connection.session;
    if (before === next) {
      return [];
    }
    this.#count(before, -1);
    this.#count(next, 1);
    if (isOnlyCounted(before, next)) {
      connection.session = next;
      this.#behind.add(connection);
      return [];
    }
    const [wantedBefore, wanted] = [wantedTopics(before), wantedTopics(next)];
    const left = this.#index.move(next.id, wantedBefore, wanted);
    this.#hold(next.address, 0, wanted.size - wantedBefore.size);
    connection.session = this.#shared(next);
    this.#write(connection);
    return left;
  }

  /** Some counts are not in the attachments yet: the object must not sleep before {@link Connections.writeCounts}. */
  get isBehind(): boolean {
    return this.#behind.size > 0;
  }

  writeCounts(): void {
    for (const connection of this.#behind) {
      this.#write(connection);
    }
  }

  isWanted(topic: string): boolean {
    this.#all();
    return this.#index.isWanted(topic);
  }

  /** The sessions that listen to the topic, in groups of those that want the same. */
  groups(topic: string): ReadonlySet<SubscriberGroup> {
    this.#all();
    return this.#index.groups(topic);
  }

  topics(): Iterable<string> {
    this.#all();
    return this.#index.topics();
  }

  /** Topics with the number of sockets that listen to each. */
  counts(): ReadonlyMap<string, number> {
    this.#all();
    return this.#index.counts();
  }

  #all(): Map<string, Connection> {
    if (this.#byId === null) {
      this.#byId = new Map();
      for (const socket of this.#ctx.getWebSockets()) {
        this.#restore(socket, this.#byId);
      }
    }
    return this.#byId;
  }

  /** Sessions that want the same topics have one set of them, by whose identity the group is found. */
  #shared(session: Session): Session {
    const { durable } = session;
    const topics = this.#index.sharedBy(durable.topics);
    return topics === durable.topics ? session : { ...session, durable: { ...durable, topics } };
  }

  #hold(address: string | null, sockets: number, topics: number): void {
    if (address === null) {
      return;
    }
    const held = this.#held.get(address) ?? { sockets: 0, topics: 0 };
    held.sockets += sockets;
    held.topics += topics;
    if (held.sockets > 0) {
      this.#held.set(address, held);
    } else {
      this.#held.delete(address);
    }
  }

  #count(session: Session, sign: 1 | -1): void {
    const { sent } = session.counts;
    if (session.reads === "unacked") {
      this.#unacked += sign;
      this.#unackedSent += sign * sent;
    } else {
      this.#borrowed += sign * borrowedOf(sent - ackedOf(session));
    }
  }

  #write(connection: Connection): void {
    this.#behind.delete(connection);
    this.#io.attach(connection.socket, encodeAttachment(connection.session));
  }

  #restore(socket: WebSocket, connections: Map<string, Connection>): void {
    if (socket.readyState !== WebSocket.OPEN) {
      return;
    }
    const session = decodeAttachment(socket.deserializeAttachment());
    if (session === null) {
      this.#io.close(socket, "drain");
      return;
    }
    const wanted = wantedTopics(session);
    this.#index.move(session.id, new Set(), wanted);
    this.#hold(session.address, 1, wanted.size);
    const connection = { socket, session: this.#shared(session) };
    connections.set(session.id, connection);
    this.#bySocket.set(socket, connection);
    this.#count(session, 1);
  }
}
