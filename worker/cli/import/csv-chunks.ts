/**
 * A CSV stream in chunks that are files of their own: header repeated, cut where the ticker changes (a file sorted by
 * ticker) or the date (sorted by date), so that the days of one ticker are judged together and no day is half closed.
 */
import Papa from "papaparse";
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

/** What the server accepts in one request. */
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

type Keys = (line: Uint8Array) => readonly [ticker: string, date: string];

function cellsOf(line: Uint8Array): readonly string[] {
  return Papa.parse<string[]>(Buffer.from(line).toString("utf8").trim(), { delimiter: "," }).data[0] ?? [];
}

function makeKeys(header: Uint8Array): Keys {
  const names = cellsOf(header).map((name) =>
    name
      .replace(/^\uFEFF/, "")
      .trim()
      .toLowerCase(),
  );
  const [ticker, date] = [names.indexOf("ticker"), names.indexOf("date")];
  return (line) => {
    const values = cellsOf(line);
    return [values[ticker] ?? "", values[date] ?? ""];
  };
}

/** Where to cut: behind the last line whose ticker (or date, whichever repeats at the end) differs from the next line's. */
function cutOf(bytes: Uint8Array, limit: number, keysOf: Keys): number {
  const ends = lineEnds(bytes, limit);
  const keys = (line: number): readonly [string, string] =>
    keysOf(bytes.subarray(ends[line - 1] ?? 0, ends[line]));
  const whole = ends.at(-1) ?? 0;
  let after = ends.length - 1;
  if (after < 1) {
    return whole;
  }
  const [lastTicker, lastDate] = keys(after);
  const [ticker, date] = keys(after - 1);
  const sorted = ticker === lastTicker ? 0 : 1;
  if (ticker !== lastTicker && date !== lastDate) {
    return ends[after - 1] ?? whole;
  }
  const own = sorted === 0 ? lastTicker : lastDate;
  while (after > 0 && keys(after - 1)[sorted] === own) {
    after -= 1;
  }
  // One key over the whole chunk leaves nothing to cut at: any line end will do.
  return after === 0 ? whole : (ends[after - 1] ?? whole);
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
  let keysOf = makeKeys(Buffer.alloc(0));
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
        keysOf = makeKeys(header);
        pending = pending.subarray(end);
        continue;
      }
      const cut = cutOf(pending, limit - header.length, keysOf);
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
