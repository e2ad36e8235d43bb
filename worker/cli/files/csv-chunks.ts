/** A CSV stream in chunks that are files of their own, header repeated: a file of any size is read a few megabytes at a time. */
import { QUOTED_LINES } from "../../adapters/csv/records.ts";
import { CommandError } from "../terminal/command-error.ts";

/** A part of a file that is a file of its own: it has the header. */
export interface Chunk {
  /** Counts from 0. */
  readonly index: number;
  /** Header and lines, at most the limit. */
  readonly bytes: Uint8Array;
  /** The number in the file of the first line after the header. */
  readonly firstLine: number;
  readonly last: boolean;
}

/** What is read at once, and what the server accepts in one request. */
export const PIECE_BYTES = 4 * 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/** LF, CRLF and CR end a line; the CR of a CRLF does not. */
function isLineEnd(bytes: Uint8Array, i: number): boolean {
  return bytes[i] === LF || (bytes[i] === CR && bytes[i + 1] !== LF);
}

/** Offsets just behind each line end that stands outside quotes. A quote that stays open for too long is a stray one. */
function lineEnds(bytes: Uint8Array, limit: number): number[] {
  const ends: number[] = [];
  let quoted = false;
  let opened = 0;
  let passed = 0;
  for (let i = 0; i < limit; i++) {
    if (bytes[i] === QUOTE) {
      quoted = !quoted;
      opened = i;
      passed = 0;
    } else if (isLineEnd(bytes, i)) {
      passed += 1;
      if (!quoted) {
        ends.push(i + 1);
      } else if (passed > QUOTED_LINES) {
        quoted = false;
        i = opened;
      }
    }
  }
  return ends;
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let i = 0; i < bytes.length; i++) {
    lines += isLineEnd(bytes, i) ? 1 : 0;
  }
  return lines;
}

function headerEnd(bytes: Uint8Array): number {
  const end = bytes.findIndex((byte) => byte === LF || byte === CR);
  if (end === -1) {
    return bytes.length;
  }
  return bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
}

/** Holds about two chunks in memory, whatever the size of the file. */
export async function* chunksOf(
  source: AsyncIterable<Uint8Array>,
  limit: number = PIECE_BYTES,
): AsyncGenerator<Chunk> {
  let pending = Buffer.alloc(0);
  let header: Uint8Array | null = null;
  let held: Chunk | null = null;
  let firstLine = 2;
  let index = 0;
  const chunk = (body: Uint8Array, last: boolean): Chunk => {
    const made = { index, bytes: Buffer.concat([header ?? Buffer.alloc(0), body]), firstLine, last };
    index += 1;
    firstLine += countLines(body);
    return made;
  };
  for await (const bytes of source) {
    pending = Buffer.concat([pending, bytes]);
    while (pending.length + (header?.length ?? 0) > limit) {
      if (header === null) {
        const end = headerEnd(pending);
        header = Buffer.from(pending.subarray(0, end));
        pending = pending.subarray(end);
        continue;
      }
      const cut = lineEnds(pending, limit - header.length).at(-1) ?? 0;
      if (cut === 0) {
        throw new CommandError(`line ${firstLine}: no line end within ${limit} bytes; is this a CSV file?`);
      }
      if (held !== null) {
        yield held;
      }
      held = chunk(pending.subarray(0, cut), false);
      pending = Buffer.from(pending.subarray(cut));
    }
  }
  if (pending.length > 0 || held === null) {
    if (held !== null) {
      yield held;
    }
    yield chunk(pending, true);
  } else {
    yield { ...held, last: true };
  }
}
