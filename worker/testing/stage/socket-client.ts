/** One end of a socket for tests in workerd: reads frames as the real client would, and waits for what is expected. */
import { assert } from "../../core/assert.ts";
import { decodeServer } from "../../protocol/messages/codec.ts";
import type { ServerMessage } from "../../protocol/messages/server-message.ts";

interface Upgrades {
  fetch(url: string, init: RequestInit): Promise<Response>;
}

/** Longest wait for something that must come. */
const PATIENCE_MS = 5_000;

export class SocketClient {
  readonly #socket: WebSocket;
  /** Every frame so far, each as its messages. */
  readonly frames: (readonly ServerMessage[])[] = [];
  closed: { readonly code: number; readonly reason: string } | null = null;
  #changed: () => void = () => undefined;
  #read = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      assert(typeof data === "string", "The server sent a binary frame");
      const frame = decodeServer(data);
      assert(frame !== null && frame.unknown === 0, `The server sent ${data}`);
      this.frames.push(frame.messages);
      this.#changed();
    });
    socket.addEventListener("close", ({ code, reason }) => {
      this.closed = { code, reason };
      this.#changed();
    });
    socket.accept();
  }

  get messages(): readonly ServerMessage[] {
    return this.frames.flat();
  }

  send(message: unknown): void {
    this.#socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  sendBinary(bytes: Uint8Array): void {
    this.#socket.send(bytes);
  }

  /** The next `count` messages that no call has given yet. */
  async next(count: number): Promise<readonly ServerMessage[]> {
    await this.#until(() => this.messages.length >= this.#read + count, `${count} more messages`);
    const from = this.#read;
    this.#read += count;
    return this.messages.slice(from, this.#read);
  }

  async end(): Promise<{ readonly code: number; readonly reason: string }> {
    await this.#until(() => this.closed !== null, "a close");
    assert(this.closed !== null, "It was closed");
    return this.closed;
  }

  /** Everything that was not read is here after a ping came back: nothing else was on its way. */
  async rest(): Promise<readonly ServerMessage[]> {
    this.send({ type: "ping", from: "rest" });
    await this.#until(() => this.messages.slice(this.#read).some(({ type }) => type === "pong"), "a pong");
    const unread = this.messages.slice(this.#read);
    this.#read = this.messages.length;
    return unread.filter(({ type }) => type !== "pong");
  }

  close(): void {
    if (this.closed === null) {
      this.#socket.close(1000, "done");
    }
  }

  async #until(isThere: () => boolean, what: string): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLate = false;
    try {
      while (!isThere()) {
        assert(!isLate, `Waited for ${what}, had ${JSON.stringify(this.messages)}`);
        await new Promise<void>((resolve) => {
          this.#changed = resolve;
          timer = setTimeout(() => {
            isLate = true;
            resolve();
          }, PATIENCE_MS);
        });
        clearTimeout(timer);
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Opens a socket on an object or on the Worker; throws when it is refused. */
export async function openSocket(
  at: Upgrades,
  path = "/ws",
  headers: HeadersInit = {},
): Promise<SocketClient> {
  const response = await at.fetch(`http://radar.example${path}`, {
    headers: { Upgrade: "websocket", ...Object.fromEntries(new Headers(headers)) },
  });
  assert(response.webSocket, `The upgrade was answered with ${response.status}`);
  return new SocketClient(response.webSocket);
}
