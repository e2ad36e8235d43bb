/** The one WebSocket that is current: opens it, sends what it can take, and confirms what has arrived. */
import { PING_TEXT } from "../../worker/protocol/messages/client-message.ts";
import type { Ack, ClientMessage } from "../../worker/protocol/messages/client-message.ts";
import type { InferOutput } from "valibot";
import {
  type Acks,
  confirm,
  confirmAfter,
  confirmDue,
  nextAckAt,
  NO_ACKS,
  receive,
} from "../../worker/protocol/messages/acks.ts";
import { LOST_CODE } from "./backoff.ts";
import type { SocketConstructor, SocketLike } from "./ports.ts";

/** `closed` comes once a socket, also for one that never opened. */
export interface LinkEvents {
  opened(): void;
  frame(text: string): void;
  closed(code: number, reason: string): void;
}

/** What the shell may do with the socket; on one that is not open nothing is sent. */
export interface Link {
  /** Gives up the socket before, if any: its frames are ignored from then on. */
  open(events: LinkEvents): void;
  close(): void;
  send(message: ClientMessage): void;
  /** Also confirms what has come since the last confirmation; `at` in milliseconds. */
  ping(at: number): void;
  /** What the server's greeting states of acks; `undefined`: nothing. */
  confirmAfter(units: number | undefined): void;
  /** Confirms what is due by its amount. */
  confirmDue(at: number): void;
  /** `null`: too little has come. */
  nextConfirmAt(): number | null;
}

const OPEN = 1;

/** `null` where the browser's policy throws instead of opening: expected, and counted as an attempt that did not open. */
function makeSocket(WebSocket: SocketConstructor, url: string): SocketLike | null {
  try {
    return new WebSocket(url);
  } catch {
    return null;
  }
}

/** `now` in milliseconds, for the acks alone. */
export function makeLink(WebSocket: SocketConstructor, url: string, now: () => number): Link {
  let current: SocketLike | null = null;
  let acks: Acks = NO_ACKS;

  /** A socket that is closing takes nothing: what was not sent goes out on the next one. */
  function sendText(text: string): void {
    if (current?.readyState === OPEN) {
      current.send(text);
    }
  }
  function sendAck(next: Acks): void {
    if (acks.received > acks.confirmed) {
      acks = next;
      sendText(JSON.stringify({ type: "ack", bytes: acks.confirmed } satisfies InferOutput<typeof Ack>));
    }
  }

  return {
    open: (events) => {
      current = null;
      acks = NO_ACKS;
      const socket = makeSocket(WebSocket, url);
      if (socket === null) {
        events.closed(LOST_CODE, "");
        return;
      }
      current = socket;
      socket.addEventListener("open", () => {
        events.opened();
      });
      socket.addEventListener("message", ({ data }) => {
        if (socket === current && typeof data === "string") {
          acks = receive(acks, data.length, now());
          events.frame(data);
        }
      });
      socket.addEventListener("close", ({ code, reason }) => {
        events.closed(code, reason);
      });
    },
    close: () => {
      current?.close(1000);
      current = null;
    },
    send: (message) => {
      sendText(JSON.stringify(message));
    },
    ping: (at) => {
      sendText(PING_TEXT);
      sendAck(confirm(acks, at));
    },
    confirmAfter: (units) => {
      acks = confirmAfter(acks, units);
    },
    confirmDue: (at) => {
      const due = nextAckAt(acks);
      if (due !== null && at >= due) {
        sendAck(confirmDue(acks, at));
      }
    },
    nextConfirmAt: () => (current === null ? null : nextAckAt(acks)),
  };
}
