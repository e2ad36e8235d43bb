/** A data file on disk as a stream of plain bytes: gzip is unpacked on the way, whatever the file is called. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { CommandError } from "../terminal/command-error.ts";
import { fileReasonOf } from "./file-reason.ts";

/** A file that is read once, plain or packed. */
export interface DataFile {
  /** Bytes on disk: the unit of {@link bytesRead}. */
  readonly size: number;
  bytesRead(): number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

async function probe(path: string): Promise<{ readonly size: number; readonly gzip: boolean }> {
  try {
    await using handle = await open(path, "r");
    const status = await handle.stat();
    if (status.isDirectory()) {
      throw new CommandError(`${path}: is a folder, not a file`);
    }
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return { size: status.size, gzip: buffer[0] === 0x1f && buffer[1] === 0x8b };
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(`${path}: ${fileReasonOf(error)}`);
  }
}

async function* named(path: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw new CommandError(`${path}: cannot be read (${fileReasonOf(error)})`);
  }
}

/** Fails with a {@link CommandError} that names the file. */
export async function openDataFile(path: string): Promise<DataFile> {
  const { size, gzip } = await probe(path);
  const raw = createReadStream(path, { highWaterMark: 1 << 20 });
  const plain = gzip ? raw.pipe(createGunzip({ chunkSize: 1 << 20 })) : raw;
  // `pipe` hands on no errors: a file that vanishes while it is read must not look like one that ends.
  raw.once("error", (error) => plain.destroy(error));
  return { size, bytesRead: () => raw.bytesRead, bytes: named(path, plain) };
}
