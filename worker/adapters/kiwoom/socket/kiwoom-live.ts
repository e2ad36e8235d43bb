/** KW13: the vendor's socket as a `LiveUpstream`: a login before everything else, heartbeats sent back, ticks of what was registered. */
import type {
  LiveKey,
  LiveUpstream,
  Tick,
  UpstreamEvent,
  UpstreamSession,
} from "../../../app/ports/live-upstream.ts";
import { logFailure } from "../../../app/ports/log.ts";
import type { Denial } from "../../../app/ports/market-sources.ts";
import { NeighbourError } from "../../../app/ports/neighbour-error.ts";
import { RefusedMessages } from "../../upstream/refused-messages.ts";
import type { Surroundings } from "../../upstream/surroundings.ts";
import type { OpenSocket, VendorSocket } from "../../upstream/vendor-socket.ts";
import type { KiwoomClient } from "../kiwoom-client.ts";
import { judgeRefusal } from "../reply-codes.ts";
import { type KiwoomMessage, readMessage } from "./messages.ts";
import { itemOf, KINDS, readRecord } from "./real-records.ts";
import { type Change, KiwoomRegistrations, MOST_OF_A_GROUP } from "./registrations.ts";

/** By which a denial is remembered. */
export const SOCKET_SERVICE = "socket";

/** How many all groups of a connection may have is not published: one group of shares is what a client has measured. */
export const MOST_NAMES = MOST_OF_A_GROUP;

/** Another program has connected with the key, and the vendor ends this connection. */
const TAKEN_OVER = "R10001";

export interface KiwoomLiveOptions {
  /** `wss://api.kiwoom.com:10000`, without a slash at its end. */
  readonly url: string;
  /** At most {@link MOST_NAMES}. */
  readonly slots: number;
}

interface SocketSurroundings extends Surroundings {
  readonly openSocket: OpenSocket;
}

export class KiwoomLive implements LiveUpstream {
  readonly id = "kiwoom";
  readonly neighbour = "Kiwoom";
  readonly slots: number;
  readonly #client: KiwoomClient;
  readonly #surroundings: SocketSurroundings;
  readonly #url: string;

  constructor(client: KiwoomClient, { url, slots }: KiwoomLiveOptions, surroundings: SocketSurroundings) {
    this.slots = Math.min(slots, MOST_NAMES);
    this.#client = client;
    this.#url = `${url}/api/dostk/websocket`;
    this.#surroundings = surroundings;
  }

  open(onEvent: (event: UpstreamEvent) => void): UpstreamSession {
    const session = new KiwoomConnection(this.slots, this.#client, this.#surroundings, onEvent);
    void this.#connect(session);
    return session;
  }

  async #connect(session: KiwoomConnection): Promise<void> {
    try {
      // The first await of all: whoever opens has its session before any event.
      const token = await this.#client.token(SOCKET_SERVICE);
      if (token.status === "denied") {
        session.end(token.why, token.subject);
      } else if (token.status === "not_ready") {
        session.end(null, "a token was asked for within the last minute");
      } else {
        session.connect(this.#url, token.value);
      }
    } catch (error) {
      if (!(error instanceof NeighbourError)) {
        logFailure(this.#surroundings.log, "kiwoom_socket_failed", error, {}, "error");
      }
      session.end(null, error instanceof NeighbourError ? error.message : "a fault of the adapter");
    }
  }
}

class KiwoomConnection implements UpstreamSession {
  readonly #client: KiwoomClient;
  readonly #surroundings: SocketSurroundings;
  readonly #onEvent: (event: UpstreamEvent) => void;
  readonly #registrations: KiwoomRegistrations;
  #socket: VendorSocket | null = null;
  #token = "";
  #isUp = false;
  /** The login was refused, and what follows from that is being settled. */
  #isRefused = false;
  #hasEnded = false;
  #marketState: string | null = null;
  readonly #refused: RefusedMessages;

  constructor(
    slots: number,
    client: KiwoomClient,
    surroundings: SocketSurroundings,
    onEvent: (event: UpstreamEvent) => void,
  ) {
    this.#client = client;
    this.#surroundings = surroundings;
    this.#onEvent = onEvent;
    this.#refused = new RefusedMessages(surroundings.log, {
      one: "kiwoom_message_refused",
      many: "kiwoom_messages_refused",
    });
    this.#registrations = new KiwoomRegistrations(slots);
  }

  connect(url: string, token: string): void {
    if (this.#hasEnded) {
      return;
    }
    this.#token = token;
    this.#socket = this.#surroundings.openSocket(url, {
      onOpen: () => {
        // The vendor ends a connection on which anything else comes first.
        this.#socket?.send(JSON.stringify({ trnm: "LOGIN", token }));
      },
      onText: (text) => {
        if (!this.#hasEnded) {
          this.#onEvent({ kind: "frame" });
          this.#take(readMessage(text), text);
        }
      },
      onEnd: (detail) => {
        // The vendor closes at once what it has refused; the reason is on its way.
        if (!this.#isRefused) {
          this.end(null, detail);
        }
      },
    });
  }

  want(keys: readonly LiveKey[]): void {
    this.#registrations.want(keys);
    this.#register();
  }

  close(): void {
    if (!this.#hasEnded) {
      this.#hasEnded = true;
      this.#socket?.close();
      this.#refused.report();
    }
  }

  /** The connection is over, and the caller learns why. */
  end(denied: Denial | null, detail: string): void {
    if (!this.#hasEnded) {
      this.close();
      this.#onEvent({ kind: "down", denied, detail });
    }
  }

  #register(): void {
    const change = this.#isUp && !this.#hasEnded ? this.#registrations.next() : null;
    if (change !== null) {
      this.#socket?.send(JSON.stringify(requestOf(change)));
    }
  }

  #take(message: KiwoomMessage, text: string): void {
    switch (message.kind) {
      case "heartbeat":
        this.#socket?.send(text);
        return;
      case "login":
        void this.#loggedIn(message.code, message.text);
        return;
      case "answer":
        this.#answered(message);
        return;
      case "records":
        this.#read(message);
        return;
      case "system":
        this.#heed(message.code);
        return;
      case "refused":
        this.#refused.refuse(message.why);
    }
  }

  async #loggedIn(code: number, text: string): Promise<void> {
    if (code === 0) {
      this.#isUp = true;
      this.#onEvent({ kind: "up" });
      this.#register();
      return;
    }
    this.#isRefused = true;
    const verdict = judgeRefusal(code, text);
    try {
      if (verdict.kind === "denied") {
        const { why, subject } = verdict;
        const scope = why === "service_not_approved" ? SOCKET_SERVICE : null;
        await this.#client.deny(scope, { status: "denied", why, subject });
      } else if (verdict.kind === "token") {
        // For the next connection.
        await this.#client.token(SOCKET_SERVICE, this.#token);
      }
    } catch (error) {
      // The next connection meets the same refusal, and this is done again.
      logFailure(this.#surroundings.log, "kiwoom_login_not_settled", error);
    } finally {
      const detail = verdict.kind === "failed" ? verdict.detail : verdict.kind;
      this.end(
        verdict.kind === "denied" ? verdict.why : null,
        verdict.kind === "denied" ? verdict.subject : `the login was refused (${detail})`,
      );
    }
  }

  #answered({ to, code, text }: Extract<KiwoomMessage, { kind: "answer" }>): void {
    const isServed = code === 0;
    if (!this.#registrations.answered(to === "REG" ? "add" : "remove", isServed)) {
      this.#refused.refuse("an answer to nothing that was sent");
      return;
    }
    if (!isServed) {
      const verdict = judgeRefusal(code, text);
      this.#refused.refuse(`a registration (${verdict.kind === "failed" ? verdict.detail : verdict.kind})`);
    }
    this.#onEvent({ kind: "followed", keys: this.#registrations.followed() });
    this.#register();
  }

  /** A notice is not answered: the vendor ends a connection that sends one back. */
  #heed(code: string): void {
    this.#surroundings.log.write("warn", "kiwoom_notice", { code });
    if (code === TAKEN_OVER) {
      this.end(
        "key_in_use",
        `${code}: another program has connected with this key, and the vendor grants one connection. End it, or give each a key of its own`,
      );
    }
  }

  #read({ records, refused }: Extract<KiwoomMessage, { kind: "records" }>): void {
    const { clock, log } = this.#surroundings;
    const ticks: Tick[] = [];
    for (const record of records) {
      const read = readRecord(record, this.#marketState, clock.now());
      if (read === null) {
        this.#refused.refuse("a record that cannot be read");
      } else if ("state" in read) {
        this.#marketState = read.state;
        log.write("info", "kiwoom_market_state", read);
      } else if (read.tick !== null && this.#registrations.isWanted(read.tick.key)) {
        ticks.push(read.tick);
      } else if (!read.isOfMarket) {
        this.#refused.refuse("a record of what is not registered");
      }
    }
    for (let n = 0; n < refused; n++) {
      this.#refused.refuse("a record without values");
    }
    if (ticks.length > 0) {
      this.#onEvent({ kind: "ticks", ticks });
    }
  }
}

/** `refresh` 1 keeps what the group has. */
function requestOf({ type, group, keys }: Change): object {
  const item = keys.length === 0 ? [""] : keys.map(itemOf);
  const data = [{ item, type: [KINDS[group]] }];
  return type === "add"
    ? { trnm: "REG", grp_no: group, refresh: "1", data }
    : { trnm: "REMOVE", grp_no: group, data };
}
