/**
 * The sockets of one object with their sessions, and who listens to what: a cache of the sockets' attachments, rebuilt at
 * the first event after a birth (WS12).
 */
import { CLOSE } from "../protocol/close-codes.ts";
import { decodeAttachment, encodeAttachment } from "./attachment.ts";
import { wantedTopics, type Session } from "./session.ts";
import { TopicIndex } from "./topic-index.ts";

export interface Guest {
  readonly socket: WebSocket;
  session: Session;
}

export class Guests {
  readonly #ctx: Pick<DurableObjectState, "getWebSockets">;
  readonly #index = new TopicIndex();
  #byId: Map<string, Guest> | null = null;
  /** Within one life a socket is one object: its attachment need not be read for every message. */
  readonly #bySocket = new WeakMap<WebSocket, Guest>();
  #outstanding = 0;

  constructor(ctx: Pick<DurableObjectState, "getWebSockets">) {
    this.#ctx = ctx;
  }

  get size(): number {
    return this.#all().size;
  }

  /** Letters sent to all of them and not confirmed. */
  get outstanding(): number {
    this.#all();
    return this.#outstanding;
  }

  list(): readonly Guest[] {
    return Array.from(this.#all().values());
  }

  find(id: string): Guest | null {
    return this.#all().get(id) ?? null;
  }

  of(socket: WebSocket): Guest | null {
    const known = this.#bySocket.get(socket);
    if (known !== undefined && this.find(known.session.id) === known) {
      return known;
    }
    const session = decodeAttachment(socket.deserializeAttachment());
    return session === null ? null : this.find(session.id);
  }

  add(guest: Guest): void {
    this.#bySocket.set(guest.socket, guest);
    this.#all().set(guest.session.id, guest);
    this.#outstanding += outstandingOf(guest.session);
  }

  /** Answers with the topics that nobody wants any more. */
  remove({ session }: Guest): readonly string[] {
    if (this.#all().delete(session.id)) {
      this.#outstanding -= outstandingOf(session);
    }
    return this.#index.move(session.id, wantedTopics(session), new Set());
  }

  /** Keeps what became of a session, through hibernation too; answers with the topics that nobody wants any more. */
  change(guest: Guest, after: Session): readonly string[] {
    const before = guest.session;
    if (before === after) {
      return [];
    }
    guest.session = after;
    this.#outstanding += outstandingOf(after) - outstandingOf(before);
    try {
      guest.socket.serializeAttachment(encodeAttachment(after));
    } catch {
      // A socket that is going down keeps nothing.
    }
    return this.#index.move(after.id, wantedTopics(before), wantedTopics(after));
  }

  listeners(topic: string): ReadonlySet<string> {
    this.#all();
    return this.#index.listeners(topic);
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

  #all(): Map<string, Guest> {
    if (this.#byId === null) {
      this.#byId = new Map();
      for (const socket of this.#ctx.getWebSockets()) {
        this.#restore(socket, this.#byId);
      }
    }
    return this.#byId;
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
    const guest = { socket, session };
    guests.set(session.id, guest);
    this.#bySocket.set(socket, guest);
    this.#outstanding += outstandingOf(session);
    this.#index.move(session.id, new Set(), wantedTopics(session));
  }
}

function outstandingOf({ sent, acked }: Session): number {
  return sent - acked;
}
