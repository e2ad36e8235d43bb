/**
 * One socket from end to end: what either end sends arrives in order after a delay, until the line is cut or an end is gone.
 * The server's end is what an object holds, attachment included, and outlives the object's sleep.
 */
import { CloseCode } from "./close-code.ts";
import type { Timeline } from "./timeline.ts";

/** The client's end, as the line sees it. */
export interface LineClient {
  opened(): void;
  received(text: string): void;
  ended(code: number, reason: string): void;
}

/** The object behind the server's end. */
export interface LineObject {
  received(end: ServerEnd, text: string): void;
  lost(end: ServerEnd): void;
}

/** Sees everything that passes the server's end. */
export interface LineWatch {
  /** Requests that were not answered. */
  readonly owed: readonly string[];
  sent(text: string): void;
  received(text: string): void;
}

const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

export class ServerEnd {
  readyState = OPEN;
  /** When the platform last answered a ping for the object. */
  pingedAt: number | null = null;
  readonly line: SocketLine;
  #attachment: unknown = null;

  constructor(line: SocketLine) {
    this.line = line;
  }

  accept(): void {
    // Such an end is accepted only to be closed.
  }

  send(text: string): void {
    this.line.toClient(text);
  }

  close(code: number, reason: string): void {
    if (this.readyState === OPEN) {
      this.readyState = CLOSING;
      this.line.closedByServer(code, reason);
    }
  }

  serializeAttachment(value: unknown): void {
    this.#attachment = value;
  }

  deserializeAttachment(): unknown {
    return this.#attachment;
  }
}

export class SocketLine {
  readonly server: ServerEnd;
  /** Longest way of a frame, in milliseconds. */
  maxDelay = 60;
  watch: LineWatch | null = null;
  object: LineObject | null = null;
  readonly #timeline: Timeline;
  readonly #random: () => number;
  #client: LineClient | null = null;
  #isCut = false;
  /** Sent before the client's end was there. */
  #early: (() => void)[] = [];
  #toClientAt = 0;
  #toServerAt = 0;

  constructor(timeline: Timeline, random: () => number) {
    this.#timeline = timeline;
    this.#random = random;
    this.server = new ServerEnd(this);
  }

  attach(client: LineClient): void {
    this.#client = client;
    this.#passToClient(() => {
      client.opened();
    });
    this.#early.forEach((event) => {
      this.#passToClient(event);
    });
    this.#early = [];
  }

  toClient(text: string): void {
    this.watch?.sent(text);
    this.#passToClient(() => this.#client?.received(text));
  }

  toServer(text: string): void {
    this.#passToServer(() => {
      this.watch?.received(text);
      this.object?.received(this.server, text);
    });
  }

  closedByServer(code: number, reason: string): void {
    this.#passToClient(() => {
      this.#client?.ended(code, reason);
      this.#passToServer(() => {
        this.#end();
      });
    });
  }

  closedByClient(): void {
    this.#passToServer(() => {
      this.#end();
    });
    this.#passToClient(() => this.#client?.ended(CloseCode.none, ""));
  }

  /** The object died: the other end learns it. */
  serverDied(): void {
    this.server.readyState = CLOSED;
    this.#passToClient(() => {
      this.#isCut = true;
      this.#client?.ended(CloseCode.lost, "");
    });
  }

  /** Nothing passes any more. `null`: that end never learns it by itself. Times in milliseconds. */
  cut(clientAfter: number | null, serverAfter: number | null): void {
    this.#isCut = true;
    if (clientAfter !== null) {
      this.#timeline.after(clientAfter, () => this.#client?.ended(CloseCode.lost, ""));
    }
    if (serverAfter !== null) {
      this.#timeline.after(serverAfter, () => {
        this.#end();
      });
    }
  }

  /** Frames stand still for `ms`, and then arrive; `isOneWay`: only those to the client. */
  stall(ms: number, isOneWay = false): void {
    const until = this.#timeline.now + ms;
    this.#toClientAt = Math.max(this.#toClientAt, until);
    if (!isOneWay) {
      this.#toServerAt = Math.max(this.#toServerAt, until);
    }
  }

  #end(): void {
    if (this.server.readyState !== CLOSED) {
      this.server.readyState = CLOSED;
      this.object?.lost(this.server);
    }
  }

  #passToClient(event: () => void): void {
    if (this.#client === null) {
      this.#early.push(event);
      return;
    }
    const at = Math.max(this.#toClientAt, this.#timeline.now + this.#random() * this.maxDelay);
    this.#toClientAt = at;
    this.#pass(at, event);
  }

  #passToServer(event: () => void): void {
    const at = Math.max(this.#toServerAt, this.#timeline.now + this.#random() * this.maxDelay);
    this.#toServerAt = at;
    this.#pass(at, event);
  }

  #pass(at: number, event: () => void): void {
    this.#timeline.after(at - this.#timeline.now, () => {
      if (!this.#isCut) {
        event();
      }
    });
  }
}
