/**
 * The sockets of one object with their sessions, and which session wants which topic: a cache of the sockets' attachments,
 * rebuilt at the first event after a birth (WS12).
 */
import { type SendBudget, sendBudgetOf } from "../session/send-budget.ts";
import { decodeAttachment, encodeAttachment } from "../session/attachment.ts";
import { isOnlyCounted, wantedTopics, type Session } from "../session/session.ts";
import type { SocketIo } from "./socket-io.ts";
import { type SubscriberGroup, TopicIndex } from "./topic-index.ts";

/** A socket and its session; the session is replaced, never changed. */
export interface Connection {
  readonly socket: WebSocket;
  session: Session;
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
    return this.#allow({ sockets: this.size, unacked: this.#unacked, unackedSent: this.#unackedSent });
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
  }

  /** Returns the topics that nobody wants any more. */
  remove(connection: Connection): readonly string[] {
    const { session } = connection;
    this.#behind.delete(connection);
    if (this.#all().delete(session.id)) {
      this.#count(session, -1);
    }
    return this.#index.move(session.id, wantedTopics(session), new Set());
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
    const left = this.#index.move(next.id, wantedTopics(before), wantedTopics(next));
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

  #count({ reads, counts }: Session, sign: 1 | -1): void {
    if (reads === "unacked") {
      this.#unacked += sign;
      this.#unackedSent += sign * counts.sent;
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
    this.#index.move(session.id, new Set(), wantedTopics(session));
    const connection = { socket, session: this.#shared(session) };
    connections.set(session.id, connection);
    this.#bySocket.set(socket, connection);
    this.#count(session, 1);
  }
}
