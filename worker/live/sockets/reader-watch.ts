/**
 * RD6: which sockets may stay. A socket carries who reads in a tag of the platform, which survives hibernation; one without a tag
 * is of somebody who has not logged in. Nothing is looked at while nothing is sent: a silent socket learns nothing.
 */
import type { ReaderSessions } from "../../app/ports/reader-sessions.ts";
import { needsLogin, type ReaderRule } from "../../app/reader-rule.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { parseReader } from "../../protocol/reader-header.ts";

/** Who may read, as an object with sockets needs to know. */
export interface SocketReaders {
  readonly rule: ReaderRule;
  readonly sessions: Pick<ReaderSessions, "living">;
}

/** How often an object that sends asks whether its readers' sessions were ended. */
export const READERS_LOOK_MS = 30_000;

interface ReaderWatchDeps {
  now(): number;
  /** Closes the socket with the code that asks for a login. */
  end(socket: WebSocket): void;
}

/** `readers` absent: everyone may read, and no socket is ended. */
export class ReaderWatch {
  readonly #ctx: DurableObjectState;
  readonly #readers: SocketReaders | undefined;
  readonly #deps: ReaderWatchDeps;
  #lookedAt = 0;

  constructor(ctx: DurableObjectState, readers: SocketReaders | undefined, deps: ReaderWatchDeps) {
    this.#ctx = ctx;
    this.#readers = readers;
    this.#deps = deps;
  }

  /** Whether a socket of `reader` may have what is sent of the exchange; `null`: of somebody who has not logged in. */
  mayStay(exchange: Exchange, reader: string | null): boolean {
    return reader !== null || this.#readers === undefined || !needsLogin(this.#readers.rule, exchange);
  }

  /** To be called before anything of the exchange is sent. Ends whoever may not have it. `undefined`: it is not known, and nothing is ended. */
  standOn(exchange: Exchange | undefined): void {
    if (exchange !== undefined && !this.mayStay(exchange, null)) {
      this.#endWhere((reader) => reader === null);
    }
  }

  /** The session was ended. */
  endSession(session: string): void {
    this.#endWhere((reader) => reader !== null && parseReader(reader)?.id === session);
  }

  /** To be called with each delivery: ends expired sessions, and asks now and then which were ended elsewhere (RD6a). Rejects when the store is out of reach. */
  async look(): Promise<void> {
    const at = this.#deps.now();
    if (this.#readers?.rule !== "owner" || at - this.#lookedAt < READERS_LOOK_MS) {
      return;
    }
    this.#lookedAt = at;
    this.#endWhere((reader) => (parseReader(reader ?? "")?.until ?? Infinity) <= at);
    const ids = new Set(
      this.#ctx.getWebSockets().flatMap((socket) => parseReader(this.#readerOf(socket) ?? "")?.id ?? []),
    );
    if (ids.size === 0) {
      return;
    }
    const living = await this.#readers.sessions.living([...ids], at);
    this.#endWhere((reader) => {
      const id = parseReader(reader ?? "")?.id;
      return id !== undefined && ids.has(id) && !living.has(id);
    });
  }

  #endWhere(isOver: (reader: string | null) => boolean): void {
    for (const socket of this.#ctx.getWebSockets()) {
      if (isOver(this.#readerOf(socket))) {
        this.#deps.end(socket);
      }
    }
  }

  #readerOf(socket: WebSocket): string | null {
    return this.#ctx.getTags(socket)[0] ?? null;
  }
}
