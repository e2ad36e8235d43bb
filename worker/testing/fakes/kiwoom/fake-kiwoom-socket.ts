/** KW21: the socket of Kiwoom: a login before all else, groups of a hundred names, heartbeats in two forms that must come back. */
import type { Clock } from "../../../app/ports/clock.ts";
import type { SocketEnd } from "../web-socket-server.ts";
import { clockOf, loginRefusal, signedPrice } from "./kiwoom-answers.ts";
import { figuresOf, type KiwoomIndex, type KiwoomTrade } from "./kiwoom-trade.ts";

const MOST_OF_A_GROUP = 100;
/** After so many heartbeats that did not come back the vendor ends the session. */
const UNANSWERED = 5;

/** What the test sets. */
export interface KiwoomSocketTraps {
  /** So many records stand in one frame at most. */
  perFrame: number;
  /** Further values of a record, beside the documented ones. */
  more: number;
  /** Values come as a list of one object. */
  listed: boolean;
  /** Another program connects with the key as soon as one has. */
  keyInUse: boolean;
  /** Nothing is sent and nothing answered, and no connection ends. */
  silent: boolean;
  /** Registrations of these codes are refused, with whatever stands beside them. */
  unknown: string;
}

interface Session {
  readonly socket: SocketEnd;
  /** Codes by group and kind: `1 0B 005930`. */
  readonly names: Set<string>;
  isIn: boolean;
  unanswered: number;
}

interface Wish {
  readonly group: string;
  readonly type: string;
  readonly item: string;
}

function read(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? Object.fromEntries(Object.entries(body)) : null;
  } catch {
    // What is no JSON may still be a heartbeat.
    return null;
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function wishesOf(body: Readonly<Record<string, unknown>>): readonly Wish[] {
  return list(body["data"]).flatMap((one) => {
    const { item, type }: { item?: unknown; type?: unknown } = Object(one);
    return list(item).flatMap((code) =>
      list(type).map((kind) => ({ group: String(body["grp_no"]), type: String(kind), item: String(code) })),
    );
  });
}

const nameOf = ({ group, type, item }: Wish): string => `${group} ${type} ${item}`;

export class FakeKiwoomSocket {
  readonly traps: KiwoomSocketTraps = {
    perFrame: 3,
    more: 0,
    listed: false,
    keyInUse: false,
    silent: false,
    unknown: "",
  };
  /** Of all times. */
  connections = 0;
  /** The most names of one session at once, the state of the market left out. */
  mostRegistered = 0;
  heartbeatsReturned = 0;
  /** What ended a session for a fault of its client, by reason. */
  readonly faults: string[] = [];
  readonly #clock: Clock;
  readonly #isGood: (token: string) => boolean;
  readonly #open = new Set<SocketEnd>();
  #session: Session | null = null;
  #beats = 0;

  constructor(clock: Clock, isGood: (token: string) => boolean) {
    this.#clock = clock;
    this.#isGood = isGood;
  }

  accept(socket: SocketEnd): void {
    this.connections += 1;
    this.#open.add(socket);
    const session: Session = { socket, names: new Set(), isIn: false, unanswered: 0 };
    socket.onEnd = () => {
      this.#open.delete(socket);
      if (this.#session === session) {
        this.#session = null;
      }
    };
    socket.onText = (text) => {
      if (!this.traps.silent) {
        this.#take(session, text);
      }
    };
  }

  /** Codes of shares and indices that the running session has registered, in the order of their coming. */
  registered(): readonly string[] {
    return [...(this.#session?.names ?? [])].flatMap((name) => {
      const [, type, item = ""] = name.split(" ");
      return type === "0s" || type === "1h" ? [] : [item];
    });
  }

  /** Another program connects with the key: the vendor ends the older session, which is this one. */
  takeOver(): void {
    const session = this.#session;
    session?.socket.send(
      '{"trnm":"SYSTEM","code":"R10001","message":"동일한 App key로 접속이 되었습니다. 기존 세션은 종료가 됩니다"}',
    );
    session?.socket.close(1000);
  }

  /** Sends what is registered, so many records a frame as set. The count of the records that were sent. */
  trade(trades: readonly KiwoomTrade[]): number {
    const mine = trades.filter(({ ticker }) => this.#has("0B", ticker));
    for (let n = 0; n < mine.length; n += this.traps.perFrame) {
      this.records(mine.slice(n, n + this.traps.perFrame).map((trade) => this.record(trade)));
    }
    return mine.length;
  }

  index(index: KiwoomIndex): void {
    const item = index.code === "KOSPI" ? "001" : "101";
    if (this.#has("0J", item)) {
      const values = figuresOf({ ...index, ticker: item }, 2);
      this.records([{ type: "0J", name: "업종지수", item, values }]);
    }
  }

  /** 0 before the opening, 3 open, 2 before the close, 4 closed, 8 the session's end. */
  state(state: string): void {
    if (this.#has("0s", "")) {
      const values = { "215": state, "20": clockOf(this.#clock.now()), "214": "000000" };
      this.records([{ type: "0s", name: "장시작시간", item: "", values }]);
    }
  }

  /** A volatility interruption of any share of the market. `kind` 1: it begins; 2: it ends. */
  interruption(ticker: string, price: number, kind: "1" | "2", at: number = this.#clock.now()): void {
    if (this.#has("1h", "")) {
      const release = clockOf(at + 120_000);
      const values = {
        "9001": `A${ticker}`,
        "13": "1000",
        "1221": String(price),
        "1223": clockOf(at),
        "1224": release,
      };
      this.records([
        {
          type: "1h",
          name: "VI발동/해제",
          item: ticker,
          values: { ...values, "9068": kind, "1225": "정적" },
        },
      ]);
    }
  }

  /** A record as the vendor writes it. */
  record(trade: KiwoomTrade): object {
    const more = Object.fromEntries(
      Array.from({ length: this.traps.more }, (_, n) => [String(9_900 + n), "0"]),
    );
    const values = {
      ...figuresOf(trade, 0),
      "27": signedPrice(trade.price, trade.price - trade.base),
      "28": signedPrice(trade.price, trade.price - trade.base),
      "290": trade.session ?? "2",
      "9081": trade.venue ?? "1",
      ...more,
    };
    return {
      type: "0B",
      name: "주식체결",
      item: trade.ticker,
      values: this.traps.listed ? [values] : values,
    };
  }

  records(data: readonly object[]): void {
    this.text(JSON.stringify({ trnm: "REAL", data }));
  }

  /** Any text at all. */
  text(text: string): void {
    if (!this.traps.silent) {
      this.#session?.socket.send(text);
    }
  }

  /** In the two forms by turns. */
  heartbeat(): void {
    const session = this.#session;
    if (session === null || this.traps.silent) {
      return;
    }
    if (session.unanswered >= UNANSWERED) {
      this.#fail(session, "heartbeats that did not come back", "R10002");
      return;
    }
    session.unanswered += 1;
    this.#beats += 1;
    session.socket.send(this.#beats % 2 === 0 ? "PING" : '{"trnm":"PING"}');
  }

  /** The line breaks. */
  cut(): void {
    for (const socket of this.#open) {
      socket.cut();
    }
  }

  #has(type: string, item: string): boolean {
    return ["1", "2", "3", "4"].some(
      (group) => this.#session?.names.has(nameOf({ group, type, item })) === true,
    );
  }

  #fail(session: Session, why: string, code: string): void {
    this.faults.push(why);
    session.socket.send(JSON.stringify({ trnm: "SYSTEM", code, message: why }));
    session.socket.close(1000);
  }

  #take(session: Session, text: string): void {
    const body = read(text);
    const kind = body?.["trnm"];
    if (!session.isIn && kind !== "LOGIN") {
      this.#fail(session, "something before the login", "R10004");
    } else if (kind === "LOGIN") {
      this.#logIn(session, String(body?.["token"]));
    } else if (text === "PING" || text === '{"trnm":"PING"}') {
      session.unanswered = 0;
      this.heartbeatsReturned += 1;
    } else if (body !== null && (kind === "REG" || kind === "REMOVE")) {
      this.#register(session, kind, wishesOf(body));
    } else {
      this.#fail(session, "something that was not asked for", "R10003");
    }
  }

  #logIn(session: Session, token: string): void {
    if (!this.#isGood(token)) {
      session.socket.send(loginRefusal("8005"));
      session.socket.close(1000);
      return;
    }
    this.takeOver();
    session.isIn = true;
    this.#session = session;
    session.socket.send('{"trnm":"LOGIN","return_code":0,"return_msg":"","sor_yn":"N"}');
    if (this.traps.keyInUse) {
      this.takeOver();
    }
  }

  #register(session: Session, kind: "REG" | "REMOVE", wishes: readonly Wish[]): void {
    const refuse = (code: number, text: string): void => {
      session.socket.send(JSON.stringify({ trnm: kind, return_code: code, return_msg: text }));
    };
    if (kind === "REMOVE") {
      for (const wish of wishes) {
        session.names.delete(nameOf(wish));
      }
      refuse(0, "");
      return;
    }
    const more = new Set([...session.names, ...wishes.map(nameOf)]);
    const isFull = ["1", "2", "3", "4"].some(
      (group) => Array.from(more).filter((name) => name.startsWith(`${group} `)).length > MOST_OF_A_GROUP,
    );
    if (wishes.some(({ item }) => item !== "" && item === this.traps.unknown)) {
      refuse(2, "종목코드 오류");
    } else if (isFull) {
      refuse(1, "등록 종목수 초과");
    } else {
      for (const wish of wishes) {
        session.names.add(nameOf(wish));
      }
      this.mostRegistered = Math.max(this.mostRegistered, this.registered().length);
      refuse(0, "");
    }
  }
}
