/** The files that arguments name, read one after the other: what could not be read is gathered, what cannot be passed over ends it. */
import type { ReadFile, UnreadableFile, UnreadColumn } from "../../app/ports/ingest.ts";
import { CommandError } from "../terminal/command-error.ts";
import { type Bounds, BOUNDS, type Content, contentsOf, entriesOf, type FileEntry } from "./contents.ts";
import type { NotRead, UnreadFile } from "./refusals.ts";

/** All files of one kind: how they are to be called in a report, how many were read, and what was not read. */
export interface ReadSet {
  readonly what: string;
  readonly files: number;
  readonly notRead: NotRead;
}

/** Several paths in a report: the one, or their number. */
export function nameOfPaths(paths: readonly string[]): string {
  return paths.length === 1 ? (paths[0] ?? "") : `${paths.length} files`;
}

/** Fails with the file in front, unless it stands there already. */
export function refuseFile(label: string, read: UnreadableFile): never {
  throw new CommandError(`${label}: ${read.unreadable}`);
}

/** Columns that are not read, each once. */
export class UnreadColumns {
  readonly #columns = new Map<string, UnreadColumn>();

  add(file: Pick<ReadFile<unknown>, "unread">): void {
    for (const column of file.unread) {
      if (!this.#columns.has(column.name)) {
        this.#columns.set(column.name, column);
      }
    }
  }

  all(): readonly UnreadColumn[] {
    return [...this.#columns.values()];
  }
}

async function sizesOf(paths: readonly string[], bounds: Bounds) {
  const entries: FileEntry[] = [];
  const passedOver: string[] = [];
  for (const path of paths) {
    const own = await entriesOf(path, bounds);
    entries.push(...own.entries);
    passedOver.push(...own.passedOver);
  }
  return { entries, passedOver };
}

/**
 * Gives each content to `take`, with a number that counts the files read; a file of a folder or an archive that it
 * refuses is gathered, one that was named itself ends the command. `onRead`: share of the files read, 0..1.
 */
export async function readAll(
  paths: readonly string[],
  columns: UnreadColumns,
  take: (content: Content, file: number) => Promise<void>,
  onRead: (share: number) => void = () => {},
  bounds: Bounds = BOUNDS,
): Promise<ReadSet> {
  const { entries, passedOver } = await sizesOf(paths, bounds);
  const files: UnreadFile[] = [];
  let read = 0;
  for (const [i, entry] of entries.entries()) {
    try {
      const onBytes = (bytes: number): void => {
        onRead((i + (entry.size > 0 ? bytes / entry.size : 1)) / entries.length);
      };
      for await (const content of contentsOf(entry, onBytes, bounds)) {
        read += await taken(content, read, take, files);
      }
    } catch (error) {
      if (!entry.found || !(error instanceof CommandError)) {
        throw error;
      }
      files.push({ label: entry.path, why: error.message });
    }
    onRead((i + 1) / entries.length);
  }
  if (read === 0) {
    throw new CommandError(files.map(({ why }) => why).join("\n"));
  }
  return { what: nameOfPaths(paths), files: read, notRead: { files, columns: columns.all(), passedOver } };
}

/** 1 when the content was read, 0 when it was gathered as unreadable. */
async function taken(
  content: Content,
  file: number,
  take: (content: Content, file: number) => Promise<void>,
  unread: UnreadFile[],
): Promise<number> {
  try {
    await take(content, file);
    return 1;
  } catch (error) {
    if (!content.found || !(error instanceof CommandError)) {
      throw error;
    }
    unread.push({ label: content.label, why: error.message });
    return 0;
  }
}
