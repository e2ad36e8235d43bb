/**
 * The sockets of one object: performs what the session machine decides. What the hub knows of a socket is in its attachment,
 * so that the object may sleep between any two events (WS12).
 */
import type { Fragment } from "../../app/ports/live.ts";
import type { CloseName } from "../../protocol/messages/codes.ts";
import { PING_TEXT, PONG_TEXT } from "../../protocol/messages/client-message.ts";
import { Connections, type Connection } from "./connections.ts";
import { type Arrival, greetingOf } from "./greeting.ts";
import { Inbox } from "./inbox.ts";
import type { Resolution, SessionEffect, SessionEvent } from "../session/session-event.ts";
import { step } from "../session/session-machine.ts";
import { isUnsettled, newSession, pendingOf } from "../session/session.ts";
import { inBackground } from "../../platform/in-background.ts";
import type { HubDeps, HubRequest } from "./hub-deps.ts";
import { ReaderWatch } from "./reader-watch.ts";
import { SocketIo } from "./socket-io.ts";
import { fanOutTick, TickQueue } from "./tick.ts";

/** How often a busy hub looks for sockets that are gone. */
const LOOK_EVERY_MS = 30_000;

/** How long counts may stand outside the attachments. An object that ticks does not sleep, and writes none. */
const WRITE_MS = 1_000;

/** Runs the session machine for every socket of an object and performs its effects. */
export class SocketHub {
  readonly readers: ReaderWatch;
  readonly #ctx: DurableObjectState;
  readonly #deps: HubDeps;
  readonly #io: SocketIo;
  readonly #connections: Connections;
  readonly #queue: TickQueue;
  readonly #inbox = new Inbox();
  #lookedAt = 0;
  #isToWrite = false;

  constructor(ctx: DurableObjectState, deps: HubDeps) {
    this.#ctx = ctx;
    this.#deps = deps;
    this.#io = new SocketIo(deps.log);
    this.#connections = new Connections(ctx, this.#io, deps.allow);
    this.#queue = new TickQueue((tick) => {
      fanOutTick(
        tick,
        (topic) => this.#connections.groups(topic),
        (session, fragments, chosenBy) => this.push(session, fragments, chosenBy),
      );
    });
    this.readers = new ReaderWatch(ctx, deps.readers, { ...deps, end: (socket) => this.#end(socket) });
    // Addresses that an earlier version kept (decision 022).
    ctx.storage.sql.exec("DROP TABLE IF EXISTS refused");
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING_TEXT, PONG_TEXT));
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Of an address, those that are from no page of our own. */
  socketsOf(address: string): number {
    return this.#connections.socketsOf(address);
  }

  /** Topics with the number of sockets that listen to each. */
  subscriptions(): ReadonlyMap<string, number> {
    return this.#connections.counts();
  }

  isWanted(topic: string): boolean {
    return this.#connections.isWanted(topic);
  }

  topics(): Iterable<string> {
    return this.#connections.topics();
  }

  /** Resolves when an arriving socket may be taken in (WS16b). */
  turn(): Promise<void> {
    return this.#inbox.turn();
  }

  /** Takes a socket in, and sends `connected` before anything else (WS2). */
  open(socket: WebSocket, arrival: Arrival): void {
    const { id, address, reader, topics } = arrival;
    const at = this.#deps.now();
    const connection = { socket, session: newSession(id, address, at) };
    this.#connections.add(connection);
    this.#ctx.acceptWebSocket(socket, reader === null ? [] : [reader]);
    const hello = greetingOf(arrival, at, this.size);
    const maxTopics = this.#connections.maxTopicsOf(connection);
    this.#apply(connection, { kind: "opened", at, hello, topics, maxTopics });
    this.#lookNowAndThen();
  }

  /** Reads what the client sent, now or in its turn. */
  receive(socket: WebSocket, data: string | ArrayBuffer): void {
    const connection = this.#connections.of(socket);
    if (connection) {
      const received = { socket, address: connection.session.address, data, at: this.#deps.now() };
      this.#inbox.receive(received, (isTooMuch) => this.#read(connection, data, isTooMuch));
    }
  }

  /** The client closed. */
  close(socket: WebSocket, code: number): void {
    this.forget(socket);
    this.#io.answerClose(socket, code);
  }

  /** The socket broke. */
  forget(socket: WebSocket): void {
    const connection = this.#connections.of(socket);
    if (connection) {
      this.#drop(connection);
    }
  }

  /** The answer to an ask, or its failure; dropped where the session is gone. A value in it is no older than one that waits. */
  resolve(session: string, event: Resolution): void {
    const connection = this.#connections.find(session);
    if (connection) {
      const answers = event.kind === "answered" ? event.answers : [];
      for (const { topic } of answers.flatMap(({ fragments }) => fragments)) {
        this.#queue.markSent(session, topic);
      }
      this.#apply(connection, { ...event, sendBudget: this.#connections.sendBudget });
    }
  }

  /** Streams go to their listeners now, latest values with the next tick. */
  deliver(fragments: readonly Fragment[]): void {
    inBackground(this.#ctx, this.#deps.log, "readers_not_asked", this.readers.look());
    const now = new Map<string, Fragment[]>();
    for (const fragment of fragments) {
      if (!this.#isStream(fragment.topic)) {
        if (this.isWanted(fragment.topic)) {
          this.#queue.add(fragment);
        }
        continue;
      }
      for (const { sessions } of this.#connections.groups(fragment.topic)) {
        for (const id of sessions) {
          const due = now.get(id) ?? [];
          now.set(id, due);
          due.push(fragment);
        }
      }
    }
    for (const [id, due] of now) {
      this.push(id, due);
    }
    this.#lookNowAndThen();
  }

  /** Sends one session its share of a delivery. `chosenBy`: the topics of which all fragments are latest values. */
  push(id: string, fragments: readonly Fragment[], chosenBy: ReadonlySet<string> | null = null): void {
    const connection = this.#connections.find(id);
    if (connection) {
      const [at, { sendBudget }] = [this.#deps.now(), this.#connections];
      // A client that confirms shows by that that it is there.
      const pinged = connection.session.reads !== "unacked" ? null : this.#pinged(connection);
      this.#apply(connection, { kind: "due", at, fragments, chosenBy, pinged, sendBudget });
    }
  }

  /** Closes sockets that are idle, too slow or gone, and asks again what failed. `true` while a session is not settled. */
  look(): boolean {
    const at = this.#deps.now();
    this.#lookedAt = at;
    for (const connection of this.#connections.list()) {
      this.#apply(connection, { kind: "looked", at, pinged: this.#pinged(connection) });
    }
    return this.hasUnsettled;
  }

  /** A session is to be looked at again. */
  get hasUnsettled(): boolean {
    return this.#connections.list().some(({ session }) => isUnsettled(session));
  }

  #read(connection: Connection, data: string | ArrayBuffer, isTooMuch: boolean): void {
    const at = this.#deps.now();
    if (typeof data !== "string") {
      this.#apply(connection, { kind: "binary", at });
      return;
    }
    const { sendBudget } = this.#connections;
    const maxTopics = this.#connections.maxTopicsOf(connection);
    this.#apply(connection, { kind: "text", at, text: data, isTooMuch, maxTopics, sendBudget });
  }

  /** Writes the counts before the object may sleep: the timer keeps it awake until then. */
  #writeLater(): void {
    if (!this.#isToWrite && this.#connections.isBehind) {
      this.#isToWrite = true;
      setTimeout(() => {
        this.#isToWrite = false;
        if (!this.#queue.isTicking) {
          this.#connections.writeCounts();
        }
        this.#writeLater();
      }, WRITE_MS);
    }
  }

  #lookNowAndThen(): void {
    if (this.#deps.now() - this.#lookedAt >= LOOK_EVERY_MS) {
      this.look();
    }
  }

  #pinged({ socket }: Connection): number | null {
    return this.#ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? null;
  }

  #isStream(topic: string): boolean {
    const found = this.#deps.find(topic);
    return typeof found !== "string" && found.isStream;
  }

  #apply(connection: Connection, event: SessionEvent): void {
    const { session, effects } = step(connection.session, event, this.#deps);
    const asks: HubRequest[] = [];
    const close = this.#perform(connection, effects, asks);
    if (close !== null) {
      this.#close(connection, close);
      return;
    }
    const left = this.#connections.change(connection, session);
    this.#writeLater();
    if (pendingOf(session).length > 0) {
      this.#queue.wake(session.id);
    }
    this.#leave(left);
    if (asks.length > 0) {
      this.#deps.ask(asks);
    }
  }

  /** Returns why the socket is to be closed; `null`: it stays open. */
  #perform(connection: Connection, effects: readonly SessionEffect[], asks: HubRequest[]): CloseName | null {
    let close: CloseName | null = null;
    for (const effect of effects) {
      if (effect.kind === "send") {
        this.#io.send(connection.socket, effect.frames);
      } else if (effect.kind === "ask") {
        const { ask, topic, since } = effect;
        asks.push({ session: connection.session.id, ask, topic, since });
      } else if (effect.kind === "watch") {
        this.#deps.watch(effect.at);
      } else {
        close = effect.close;
      }
    }
    return close;
  }

  /** The reader has to log in, again or at all. */
  #end(socket: WebSocket): void {
    const connection = this.#connections.of(socket);
    if (connection) {
      this.#close(connection, "login");
    }
  }

  #close(connection: Connection, close: CloseName): void {
    this.#io.close(connection.socket, close);
    this.#drop(connection);
  }

  #drop(connection: Connection): void {
    this.#inbox.forget(connection.socket);
    this.#queue.forget(connection.session.id);
    this.#leave(this.#connections.remove(connection));
  }

  #leave(topics: readonly string[]): void {
    if (topics.length > 0) {
      this.#deps.left(topics);
    }
  }
}
