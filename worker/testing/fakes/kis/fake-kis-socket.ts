/** FK13: the socket of KIS: one session a key, 41 registrations, heartbeats that must come back, and the ways in which it fails its clients. */
import type { Clock } from "../../../app/ports/clock.ts";
import type { SocketEnd } from "../web-socket-server.ts";
import { type FakeIndex, type FakeTrade, frameOf, indexRecord, tradeRecord } from "./kis-trades.ts";

const MOST = 41;
/** After so many heartbeats that did not come back the vendor ends the session. */
const UNANSWERED = 2;

/** What the test sets. */
export interface SocketTraps {
  /** Of a record of a trade. */
  width: number;
  /** So many records stand in one frame at most. */
  perFrame: number;
  /** So long after the end of a session its key counts as in use. */
  lingerMs: number;
  /** Another program uses the key. */
  keyInUse: boolean;
  /** Nothing is sent and nothing answered, and no connection ends. */
  silent: boolean;
  /** The keys of before are none any more. */
  forgetsApprovals: boolean;
  /** A registration is answered so, in place of being taken. */
  refuseWith: string | null;
}

interface Session {
  readonly socket: SocketEnd;
  readonly keys: Set<string>;
  unanswered: number;
  isRefused: boolean;
}

interface Request {
  readonly header?: { readonly approval_key?: unknown; readonly tr_type?: unknown };
  readonly body?: { readonly input?: { readonly tr_id?: unknown; readonly tr_key?: unknown } };
}

function read(text: string): Request | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? body : null;
  } catch {
    // The vendor ignores what it cannot read.
    return null;
  }
}

export class FakeKisSocket {
  readonly traps: SocketTraps = {
    width: 47,
    perFrame: 3,
    lingerMs: 0,
    keyInUse: false,
    silent: false,
    forgetsApprovals: false,
    refuseWith: null,
  };
  /** Of all times. */
  connections = 0;
  /** Connections that were ended because the key was in use. */
  refusals = 0;
  /** The most registrations of one session at once, refused ones left out. */
  mostRegistered = 0;
  heartbeatsReturned = 0;
  readonly #clock: Clock;
  readonly #approvals = new Set<string>();
  #session: Session | null = null;
  #endedAt = Number.NEGATIVE_INFINITY;
  readonly #open = new Set<SocketEnd>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** From now on this key opens a session. */
  approve(key: string): void {
    this.#approvals.add(key);
  }

  accept(socket: SocketEnd): void {
    this.connections += 1;
    this.#open.add(socket);
    const session: Session = { socket, keys: new Set(), unanswered: 0, isRefused: false };
    socket.onEnd = () => {
      this.#open.delete(socket);
      if (this.#session === session) {
        this.#session = null;
        this.#endedAt = this.#clock.now();
      }
    };
    socket.onText = (text) => {
      if (!this.traps.silent) {
        this.#take(session, text);
      }
    };
  }

  /** What the running session has registered, in the order of its coming. */
  registered(): readonly string[] {
    return [...(this.#session?.keys ?? [])];
  }

  /** Sends what is registered, so many records a frame as set. Resolves with the records that were sent. */
  trade(trades: readonly FakeTrade[]): number {
    const mine = trades.filter(({ ticker }) => this.#session?.keys.has(ticker) === true);
    const records = mine.map((trade) => tradeRecord(trade, this.traps.width));
    for (let n = 0; n < records.length; n += this.traps.perFrame) {
      this.text(frameOf("H0STCNT0", records.slice(n, n + this.traps.perFrame)));
    }
    return mine.length;
  }

  index(index: FakeIndex): void {
    const record = indexRecord(index);
    if (this.#session?.keys.has(record[0] ?? "") === true) {
      this.text(frameOf("H0UPCNT0", [record]));
    }
  }

  /** Any text at all. */
  text(text: string): void {
    if (!this.traps.silent) {
      this.#session?.socket.send(text);
    }
  }

  heartbeat(): void {
    const session = this.#session;
    if (session === null || this.traps.silent) {
      return;
    }
    if (session.unanswered >= UNANSWERED) {
      session.socket.close(1000);
      return;
    }
    session.unanswered += 1;
    session.socket.send(`{"header":{"tr_id":"PINGPONG","datetime":"${this.#clock.now()}"}}`);
  }

  /** The line breaks. */
  cut(): void {
    for (const socket of this.#open) {
      socket.cut();
    }
  }

  #take(session: Session, text: string): void {
    if (text.includes("PINGPONG")) {
      session.unanswered = 0;
      this.heartbeatsReturned += 1;
      return;
    }
    const request = read(text);
    const { tr_id: kind, tr_key: key } = request?.body?.input ?? {};
    if (typeof kind !== "string" || typeof key !== "string" || session.isRefused) {
      return;
    }
    if (!this.#approvals.has(String(request?.header?.approval_key)) || this.traps.forgetsApprovals) {
      this.traps.forgetsApprovals = false;
      this.#approvals.clear();
      this.#answer(session, kind, key, "OPSP0011", "invalid approval : NOT FOUND");
      return;
    }
    if (this.#isInUse(session)) {
      this.refusals += 1;
      session.isRefused = true;
      this.#answer(session, "(null)", "", "OPSP8996", "ALREADY IN USE appkey", "9");
      session.socket.close(1000);
      return;
    }
    this.#session = session;
    if (request?.header?.tr_type === "1") {
      this.#add(session, kind, key);
    } else {
      const had = session.keys.delete(key);
      this.#answer(
        session,
        kind,
        key,
        had ? "OPSP0001" : "OPSP0003",
        had ? "UNSUBSCRIBE SUCCESS" : "NOT FOUND",
      );
    }
  }

  #isInUse(session: Session): boolean {
    const isOther = this.#session !== null && this.#session !== session;
    const lingers = this.#session === null && this.#clock.now() - this.#endedAt < this.traps.lingerMs;
    return this.traps.keyInUse || isOther || lingers;
  }

  #add(session: Session, kind: string, key: string): void {
    if (this.traps.refuseWith !== null) {
      this.#answer(session, kind, key, this.traps.refuseWith, "ERROR");
    } else if (session.keys.has(key)) {
      this.#answer(session, kind, key, "OPSP0002", "ALREADY IN SUBSCRIBE");
    } else if (session.keys.size >= MOST) {
      this.#answer(session, kind, key, "OPSP0008", "MAX SUBSCRIBE OVER");
    } else {
      session.keys.add(key);
      this.mostRegistered = Math.max(this.mostRegistered, session.keys.size);
      this.#answer(session, kind, key, "OPSP0000", "SUBSCRIBE SUCCESS");
    }
  }

  #answer(session: Session, kind: string, key: string, code: string, text: string, result?: string): void {
    const isServed = code === "OPSP0000" || code === "OPSP0001";
    session.socket.send(
      JSON.stringify({
        header: { tr_id: kind, tr_key: key, encrypt: "N" },
        body: {
          rt_cd: result ?? (isServed ? "0" : "1"),
          msg_cd: code,
          msg1: text,
          ...(code === "OPSP0000" && {
            output: { iv: "0123456789abcdef", key: "abcdefghijklmnopabcdefghijklmnop" },
          }),
        },
      }),
    );
  }
}
