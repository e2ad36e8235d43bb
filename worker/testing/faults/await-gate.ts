/** The gate of `stage/halting-worker.ts`: counts the awaits of an operation and holds the one at which a process is to be killed. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Passes every call until it is armed. A call that is held is answered never: its process dies. */
export class AwaitGate {
  readonly #server: Server;
  readonly #passed: string[] = [];
  /** Calls that still pass before one is held; `null`: every call passes. */
  #left: number | null = null;
  #held: ((place: string) => void) | null = null;
  /** Names the calls that are counted and held; the others pass. */
  #among = /^/;

  private constructor() {
    this.#server = createServer((request, response) => {
      const place = decodeURI((request.url ?? "").slice(1));
      if (this.#left !== null && this.#among.test(place)) {
        this.#left -= 1;
        if (this.#left < 0) {
          this.#held?.(place);
          return;
        }
      }
      this.#passed.push(place);
      response.end();
    });
  }

  static async open(): Promise<AwaitGate> {
    const gate = new AwaitGate();
    gate.#server.listen(0, "127.0.0.1");
    await once(gate.#server, "listening");
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#address.port}`;
  }

  /** What has passed since the last call of this. */
  takePassed(): readonly string[] {
    return this.#passed.splice(0);
  }

  /** Holds the call after the next `count` of those that `among` names; resolves with its place, which may be never. */
  holdAfter(count: number, among = /^/): Promise<string> {
    this.#left = count;
    this.#among = among;
    return new Promise((resolve) => {
      this.#held = resolve;
    });
  }

  /** Every later call passes. */
  release(): void {
    this.#left = null;
    this.#held = null;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get #address(): AddressInfo {
    const address = this.#server.address();
    if (address === null || typeof address === "string") {
      throw new Error("The gate does not listen");
    }
    return address;
  }
}
