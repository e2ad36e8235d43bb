/**
 * A WebSocket client that costs next to nothing a frame, for crowds: an ordinary client would use more CPU than the server
 * that is measured. Not a client of the product; that one is in `web/live`.
 */
import { createHash, randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { makeFrameReader, type ReadFrame } from "./frame-reader.ts";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const READ_BYTES = 262_144;
/** All sockets of the process read into it, one after another. */
const shared = Buffer.alloc(READ_BYTES);
const END_OF_HEAD = Buffer.from("\r\n\r\n");
/** A mask of zeros leaves the payload as it is, and is as good as any for a bench. */
const NO_MASK = Buffer.alloc(4);

const TEXT = 1;
const CLOSE = 8;

export interface RawSocketEvents {
  open(): void;
  /** A text frame: the length of its payload and how it begins. */
  frame(length: number, head: Buffer): void;
  /** Once; `code` 1006 when no close frame came, `status` of a refused upgrade. */
  closed(code: number, status: number | null): void;
}

export class RawSocket {
  readonly #socket: Socket;
  readonly #events: RawSocketEvents;
  readonly #accept: string;
  readonly #reader = makeFrameReader((frame) => {
    this.#take(frame);
  });
  #head: Buffer | null = Buffer.alloc(0);
  #status: number | null = null;
  #code = 1006;

  constructor(port: number, path: string, events: RawSocketEvents) {
    const key = randomBytes(16).toString("base64");
    this.#events = events;
    this.#accept = createHash("sha1").update(`${key}${GUID}`).digest("base64");
    this.#socket = connect({
      host: "127.0.0.1",
      port,
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (count: number, buffer: Uint8Array) => {
          this.#read(Buffer.from(buffer.buffer, buffer.byteOffset, count));
          return true;
        },
      },
    });
    this.#socket.on("error", () => {
      // The close event that follows carries it.
    });
    this.#socket.on("close", () => {
      events.closed(this.#code, this.#status);
    });
    const lines = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"];
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${lines.join("\r\n")}\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
  }

  send(text: string): void {
    this.#write(TEXT, Buffer.from(text));
  }

  /** Cuts the connection without a close frame. */
  destroy(): void {
    this.#socket.destroy();
  }

  #write(opcode: number, payload: Buffer): void {
    const { length } = payload;
    const size = length < 126 ? 2 : length < 65_536 ? 4 : 10;
    const header = Buffer.alloc(size);
    header[0] = 0x80 | opcode;
    if (size === 2) {
      header[1] = 0x80 | length;
    } else if (size === 4) {
      header[1] = 0x80 | 126;
      header.writeUInt16BE(length, 2);
    } else {
      header[1] = 0x80 | 127;
      header.writeBigUInt64BE(BigInt(length), 2);
    }
    this.#socket.write(Buffer.concat([header, NO_MASK, payload]));
  }

  #read(bytes: Buffer): void {
    if (this.#head === null) {
      this.#reader.feed(bytes);
      return;
    }
    const received = Buffer.concat([this.#head, bytes]);
    this.#head = received;
    const end = received.indexOf(END_OF_HEAD);
    if (end < 0) {
      return;
    }
    const head = received.toString("latin1", 0, end);
    const rest = received.subarray(end + END_OF_HEAD.length);
    this.#status = Number(head.slice("HTTP/1.1 ".length, "HTTP/1.1 101".length));
    this.#head = null;
    if (this.#status !== 101 || !head.includes(this.#accept)) {
      this.#socket.destroy();
      return;
    }
    this.#events.open();
    this.#reader.feed(rest);
  }

  #take({ opcode, length, head }: ReadFrame): void {
    if (opcode === TEXT) {
      this.#events.frame(length, head);
    } else if (opcode === CLOSE) {
      this.#code = length >= 2 ? head.readUInt16BE(0) : 1005;
      this.#write(CLOSE, Buffer.from(head.subarray(0, Math.min(2, length))));
      // An object that sleeps lets go of the connection seconds later: the close code is what counts.
      this.#socket.destroySoon();
    }
  }
}
