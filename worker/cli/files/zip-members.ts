/** The files inside a zip, one after the other as they come off the disk: an archive never stands in memory whole. */
import { Unzip, UnzipInflate } from "fflate";
import { Cp949Decoder } from "../../adapters/csv/cp949.ts";
import { describeKind, documentOf } from "../../adapters/csv/true-name.ts";
import { CommandError, reasonOf } from "../terminal/command-error.ts";

/** A file of the archive. Its bytes are to be read before the next one is asked for; what is left unread is passed over. */
export interface ZipMember {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

type ZipEvent =
  | { readonly kind: "file"; readonly name: string }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "end" };

/** Names from Windows without the mark of UTF-8 are in its code page, which the unpacker reads byte by byte. */
function nameOf(written: string): string {
  const codes = Array.from(written, (character) => character.codePointAt(0) ?? 0);
  if (codes.every((code) => code < 0x80) || codes.some((code) => code > 0xff)) {
    return written;
  }
  try {
    return new Cp949Decoder().decode(Uint8Array.from(codes), { stream: false });
  } catch {
    return written;
  }
}

/** What the unpacker hands out for each piece of the archive: a small piece makes at most a thousand times as much. */
async function* eventsOf(archive: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<ZipEvent> {
  const waiting: ZipEvent[] = [];
  const faults: string[] = [];
  let files = 0;
  const unzip = new Unzip((file) => {
    files += 1;
    if (file.name.endsWith("/")) {
      return;
    }
    waiting.push({ kind: "file", name: nameOf(file.name) });
    file.ondata = (error, bytes, final) => {
      if (error !== null) {
        faults.push(`${nameOf(file.name)}: ${reasonOf(error)}`);
        return;
      }
      waiting.push({ kind: "bytes", bytes });
      if (final) {
        waiting.push({ kind: "end" });
      }
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  const push = (bytes: Uint8Array, final: boolean): void => {
    try {
      unzip.push(bytes, final);
    } catch (error) {
      faults.push(reasonOf(error));
    }
    if (faults.length > 0) {
      throw new CommandError(`${path}: cannot be unpacked (${faults[0]})`);
    }
  };
  for await (const bytes of archive) {
    for (let at = 0; at < bytes.length; at += PIECE) {
      push(bytes.subarray(at, at + PIECE), false);
      yield* waiting.splice(0);
    }
  }
  push(new Uint8Array(), true);
  yield* waiting.splice(0);
  if (files === 0) {
    throw new CommandError(`${path}: cannot be unpacked (no file in it)`);
  }
}

/** So that one push makes at most 64 MiB of it. */
const PIECE = 64 * 1024;

/** Refuses a workbook or a document, which are zips too, by their names. */
export async function* zipMembers(
  archive: AsyncIterable<Uint8Array>,
  path: string,
): AsyncGenerator<ZipMember> {
  const events = eventsOf(archive, path);
  async function* rest(): AsyncGenerator<Uint8Array> {
    for (let next = await events.next(); next.done !== true; next = await events.next()) {
      if (next.value.kind === "end") {
        return;
      }
      if (next.value.kind === "bytes") {
        yield next.value.bytes;
      }
    }
    throw new CommandError(`${path}: cannot be unpacked (it ends in the middle of a file)`);
  }
  for (let next = await events.next(); next.done !== true; next = await events.next()) {
    if (next.value.kind !== "file") {
      continue;
    }
    const { name } = next.value;
    const kind = documentOf([name]);
    if (kind !== null) {
      throw new CommandError(`${path}: ${describeKind(kind, path)}`);
    }
    const bytes = rest();
    yield { name, bytes };
    // Also of a member that was left in its middle, the next one begins behind its end.
    for await (const _ of bytes) {
      continue;
    }
  }
}
