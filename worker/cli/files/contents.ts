/** What an argument stands for: a file, the files of a folder, the files of a zip, each as a stream of plain bytes. */
import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CommandError } from "../terminal/command-error.ts";
import { fileReasonOf } from "./file-reason.ts";
import { zipMembers } from "./zip-members.ts";

/** A file of the disk. */
export interface FileEntry {
  readonly path: string;
  /** Bytes on disk. */
  readonly size: number;
  /** Found in a folder, and not named itself: what cannot be read of it is counted, and the others go on. */
  readonly found: boolean;
}

/** The plain bytes of one file, to be read before the next one is asked for. */
export interface Content {
  /** Path, and within an archive the member's name: for people. */
  readonly label: string;
  /** The name that may hold a ticker or a day. */
  readonly file: string;
  /** Out of a folder or an archive. */
  readonly found: boolean;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Bounds on what comes out of packed files. */
export interface Bounds {
  /** Bytes of one file. */
  readonly file: number;
  /** Files of one folder or archive. */
  readonly files: number;
}

/** More than all daily bars of the exchange since 1995 as text. */
export const BOUNDS: Bounds = { file: 2 * 1024 ** 3, files: 100_000 };

const READ = /\.(?:csv|tsv|tab|txt|gz|zip)$/i;
/** Refused by what they are, because someone meant them to be read. */
const MEANT = /\.(?:xlsx?|ods|parquet|feather|arrow|json|jsonl|html?|pkl)$/i;
const HIDDEN = /(?:^|[/\\])(?:\.|__MACOSX)/;

/** Fails with the path in front of what went wrong. */
async function named<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(`${path}: ${fileReasonOf(error)}`);
  }
}

/** The files that an argument names, in the order of their paths, and those of a folder that are left alone. */
export async function entriesOf(
  path: string,
  { files: most }: Bounds = BOUNDS,
): Promise<{ readonly entries: readonly FileEntry[]; readonly passedOver: readonly string[] }> {
  const entries: FileEntry[] = [];
  const passedOver: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const inside = await readdir(folder, { withFileTypes: true });
    for (const one of inside.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const own = join(folder, one.name);
      if (HIDDEN.test(one.name)) {
        continue;
      }
      if (one.isDirectory()) {
        await walk(own);
      } else if (READ.test(one.name) || MEANT.test(one.name)) {
        entries.push({ path: own, size: (await stat(own)).size, found: true });
      } else {
        passedOver.push(own);
      }
      if (entries.length > most) {
        throw new CommandError(`${path}: more than ${most} files; import it folder by folder`);
      }
    }
  };
  await named(path, async () => {
    await using handle = await open(path, "r");
    const status = await handle.stat();
    if (status.isDirectory()) {
      await walk(path);
      if (entries.length === 0) {
        throw new CommandError(`${path}: no file in it that can be read (.csv, .tsv, .txt, .gz, .zip)`);
      }
    } else {
      entries.push({ path, size: status.size, found: false });
    }
  });
  return { entries, passedOver };
}

async function* bounded(
  bytes: AsyncIterable<Uint8Array>,
  label: string,
  { file: most }: Bounds,
): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const part of bytes) {
    seen += part.length;
    if (seen > most) {
      throw new CommandError(
        `${label}: unpacks to more than ${most} bytes, more than a file of bars can hold; unpack it and look at it`,
      );
    }
    yield part;
  }
}

async function* readable(label: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw error instanceof CommandError
      ? error
      : new CommandError(`${label}: cannot be read (${fileReasonOf(error)})`);
  }
}

/** The first bytes of a stream, and the whole stream. */
async function peek(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const parts = bytes[Symbol.asyncIterator]();
  const first = await parts.next();
  const head = first.done === true ? new Uint8Array() : first.value;
  async function* all(): AsyncGenerator<Uint8Array> {
    yield head;
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
      yield next.value;
    }
  }
  return { head, all: all() };
}

function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}

function gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const from = Readable.from(bytes);
  const to = createGunzip({ chunkSize: 1 << 20 });
  // `pipe` hands on no errors: a file that vanishes while it is read must not look like one that ends.
  from.once("error", (error) => to.destroy(error));
  return from.pipe(to);
}

/** Packed or not by the first bytes, whatever the name ends in. */
async function unpacked(
  label: string,
  bytes: AsyncIterable<Uint8Array>,
  bounds: Bounds,
): Promise<AsyncIterable<Uint8Array>> {
  const { head, all } = await peek(bytes);
  return readable(label, isGzip(head) ? bounded(gunzipped(all), label, bounds) : all);
}

/** One content, or those of a zip. `onBytes`: bytes read from the disk so far. */
export async function* contentsOf(
  { path, found }: Omit<FileEntry, "size">,
  onBytes: (read: number) => void = () => {},
  bounds: Bounds = BOUNDS,
): AsyncGenerator<Content> {
  const raw = createReadStream(path, { highWaterMark: 1 << 20 });
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const part of raw) {
      onBytes(raw.bytesRead);
      yield part;
    }
  }
  const { head, all } = await named(path, async () => peek(readable(path, counted())));
  if (!isZip(head)) {
    yield { label: path, file: basename(path), found, bytes: await unpacked(path, all, bounds) };
    return;
  }
  let members = 0;
  for await (const { name, bytes } of zipMembers(all, path)) {
    if (HIDDEN.test(name) || !(READ.test(name) || MEANT.test(name))) {
      continue;
    }
    members += 1;
    if (members > bounds.files) {
      throw new CommandError(`${path}: more than ${bounds.files} files in it; import it in parts`);
    }
    const label = `${path}/${name}`;
    const plain = await unpacked(label, bounded(bytes, label, bounds), bounds);
    yield { label, file: basename(name), found: true, bytes: plain };
  }
  if (members === 0) {
    throw new CommandError(`${path}: no file in it that can be read (.csv, .tsv, .txt, .gz)`);
  }
}
