/** The client's end of a socket in the simulated world, as the shipped client uses one. */
import { assert } from "../../../core/assert.ts";
import type { SocketLike } from "../../../../web/live/ports.ts";
import { CloseCode } from "./close-code.ts";
import type { LineClient, SocketLine } from "./socket-line.ts";

type Closed = { readonly code: number; readonly reason: string };

export class SimulatedSocket implements SocketLike, LineClient {
  /** `null` until the upgrade was answered. */
  line: SocketLine | null = null;
  isEnded = false;
  readonly #open: (() => void)[] = [];
  readonly #message: ((event: { readonly data: unknown }) => void)[] = [];
  readonly #close: ((event: Closed) => void)[] = [];
  #isOpen = false;

  addEventListener(type: "open", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: Closed) => void): void;
  addEventListener(
    ...[type, listener]:
      | readonly ["open", () => void]
      | readonly ["message", (event: { readonly data: unknown }) => void]
      | readonly ["close", (event: Closed) => void]
  ): void {
    switch (type) {
      case "open":
        this.#open.push(listener);
        return;
      case "message":
        this.#message.push(listener);
        return;
      case "close":
        this.#close.push(listener);
    }
  }

  get readyState(): number {
    if (this.isEnded) {
      return 3;
    }
    return this.#isOpen && this.line !== null ? 1 : 0;
  }

  send(text: string): void {
    assert(this.#isOpen && !this.isEnded && this.line !== null, "A socket sends while it is open");
    this.line.toServer(text);
  }

  close(): void {
    if (this.line === null) {
      this.ended(CloseCode.lost, "");
    } else {
      this.isEnded = true;
      this.line.closedByClient();
    }
  }

  /** The upgrade was answered. Given up meanwhile: the other end learns it. */
  attach(line: SocketLine): void {
    this.line = line;
    line.attach(this);
    if (this.isEnded) {
      line.closedByClient();
    }
  }

  opened(): void {
    if (!this.isEnded) {
      this.#isOpen = true;
      this.#open.forEach((listener) => {
        listener();
      });
    }
  }

  received(data: string): void {
    if (!this.isEnded) {
      this.#message.forEach((listener) => {
        listener({ data });
      });
    }
  }

  ended(code: number, reason: string): void {
    if (!this.isEnded) {
      this.isEnded = true;
      this.#close.forEach((listener) => {
        listener({ code, reason });
      });
    }
  }
}
