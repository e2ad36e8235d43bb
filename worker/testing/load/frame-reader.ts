/**
 * Reads a server's WebSocket frames out of a byte stream without keeping them: a load of thousands of frames a second must
 * cost the client less than the server. Only the beginning of a payload is looked at.
 */

export interface ReadFrame {
  readonly opcode: number;
  /** Bytes of the payload. */
  readonly length: number;
  /** The first bytes of the payload, at most {@link HEAD_BYTES}. */
  readonly head: Buffer;
}

/** A whole greeting, and more than the number of a tick. */
export const HEAD_BYTES = 320;
const MAX_HEADER = 10;

export interface FrameReader {
  /** Takes what has arrived; the buffer may be reused afterwards. */
  feed(bytes: Buffer): void;
}

/** Reads unmasked frames, as a server sends them. `head` is reused by the next frame. */
export function makeFrameReader(onFrame: (frame: ReadFrame) => void): FrameReader {
  const header = Buffer.alloc(MAX_HEADER);
  const head = Buffer.alloc(HEAD_BYTES);
  let headerLength = 0;
  let length: number | null = null;
  let taken = 0;

  function begin(byte: number): void {
    header[headerLength] = byte;
    headerLength += 1;
    length = lengthIn(header, headerLength);
    taken = 0;
  }
  function finish(whole: number): void {
    const opcode = (header[0] ?? 0) & 0x0f;
    headerLength = 0;
    length = null;
    onFrame({ opcode, length: whole, head: head.subarray(0, Math.min(whole, HEAD_BYTES)) });
  }

  return {
    feed(bytes) {
      let at = 0;
      while (at < bytes.length || length === 0) {
        if (length === null) {
          begin(bytes[at] ?? 0);
          at += 1;
          continue;
        }
        const count = Math.min(length - taken, bytes.length - at);
        if (taken < HEAD_BYTES) {
          bytes.copy(head, taken, at, at + Math.min(count, HEAD_BYTES - taken));
        }
        taken += count;
        at += count;
        if (taken === length) {
          finish(length);
        } else {
          return;
        }
      }
    },
  };
}

/** `null`: the header is not complete. */
function lengthIn(header: Buffer, bytes: number): number | null {
  if (bytes < 2) {
    return null;
  }
  const short = (header[1] ?? 0) & 0x7f;
  if (short < 126) {
    return short;
  }
  if (short === 126) {
    return bytes < 4 ? null : header.readUInt16BE(2);
  }
  return bytes < MAX_HEADER ? null : Number(header.readBigUInt64BE(2));
}
