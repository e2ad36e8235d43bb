/** The vendor's end of a WebSocket over a connection of this machine (RFC 6455): texts, heartbeats of the protocol and closes, no extensions. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

const MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** Header and payload of one unmasked frame, which the side of a server sends. */
function encode(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  if (length < 126) {
    head[1] = length;
  } else if (length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}

interface Frame {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly payload: Buffer;
  readonly bytes: number;
}

/** The first whole frame of a client in the buffer; `null` when it has not arrived whole. */
function decode(buffer: Buffer): Frame | null {
  if (buffer.length < 2) {
    return null;
  }
  const [first = 0, second = 0] = buffer;
  const short = second & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const start = 2 + lengthBytes + 4;
  if (buffer.length < start) {
    return null;
  }
  const length =
    lengthBytes === 0
      ? short
      : lengthBytes === 2
        ? buffer.readUInt16BE(2)
        : Number(buffer.readBigUInt64BE(2));
  if (buffer.length < start + length) {
    return null;
  }
  const mask = buffer.subarray(start - 4, start);
  const payload = Buffer.from(buffer.subarray(start, start + length));
  for (let n = 0; n < length; n++) {
    payload[n] = (payload[n] ?? 0) ^ (mask[n % 4] ?? 0);
  }
  return { opcode: first & 0x0f, isLast: (first & 0x80) !== 0, payload, bytes: start + length };
}

/** The vendor's end of a connection, of whatever kind. */
export interface SocketEnd {
  onText: (text: string) => void;
  onEnd: () => void;
  send(text: string): void;
  /** As a vendor that ends a session. */
  close(code?: number): void;
  /** As a line that breaks. */
  cut(): void;
}

/** One client. */
export class ServedSocket implements SocketEnd {
  onText: (text: string) => void = () => undefined;
  onEnd: () => void = () => undefined;
  readonly #stream: Duplex;
  #received = Buffer.alloc(0);
  #parts: Buffer[] = [];
  #hasEnded = false;

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on("data", (part: Buffer) => {
      this.#received = Buffer.concat([this.#received, part]);
      this.#read();
    });
    for (const event of ["close", "error", "end"]) {
      stream.on(event, () => {
        this.#end();
      });
    }
  }

  send(text: string): void {
    if (!this.#hasEnded) {
      this.#stream.write(encode(TEXT, Buffer.from(text)));
    }
  }

  close(code = 1000): void {
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code, 0);
    this.#stream.end(encode(CLOSE, payload));
    this.#end();
  }

  cut(): void {
    this.#stream.destroy();
    this.#end();
  }

  #end(): void {
    if (!this.#hasEnded) {
      this.#hasEnded = true;
      this.onEnd();
    }
  }

  #read(): void {
    for (let frame = decode(this.#received); frame !== null; frame = decode(this.#received)) {
      this.#received = this.#received.subarray(frame.bytes);
      this.#take(frame);
    }
  }

  #take({ opcode, isLast, payload }: Frame): void {
    if (opcode === CLOSE) {
      this.close();
    } else if (opcode === PING) {
      this.#stream.write(encode(PONG, payload));
    } else if (opcode <= TEXT) {
      this.#parts.push(payload);
      if (isLast) {
        const text = Buffer.concat(this.#parts).toString();
        this.#parts = [];
        this.onText(text);
      }
    }
  }
}

/** Answers the request of a client for a WebSocket. */
export function acceptSocket(request: IncomingMessage, stream: Duplex): ServedSocket {
  const key = request.headers["sec-websocket-key"] ?? "";
  const accept = createHash("sha1")
    .update(key + MAGIC)
    .digest("base64");
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  return new ServedSocket(stream);
}
