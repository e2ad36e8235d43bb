/** What the vendors' adapters keep between two runs of a command: counts of calls, refusals, the access token. */
import {
  chmodSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import * as v from "valibot";
import type { UpstreamStore } from "../../app/ports/market-sources.ts";
import { CommandError } from "../terminal/command-error.ts";

/** For the owner's eyes: a token is a key for a day. */
const MODE = 0o600;

const Texts = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()));

/**
 * One file, replaced as a whole: a killed process leaves the one before or the one after. A put is on the disk when it resolves, so
 * a call that is sent afterwards was counted. One process at a time may have it.
 */
export class FileUpstreamStore implements UpstreamStore {
  readonly #path: string;
  readonly #texts: Map<string, string>;

  /** Throws a {@link CommandError} for a file that is no store: its counts would be lost with it. */
  constructor(path: string) {
    this.#path = path;
    this.#texts = new Map(Object.entries(readTexts(path)));
  }

  get(key: string): Promise<string | null> {
    return Promise.resolve(this.#texts.get(key) ?? null);
  }

  put(key: string, value: string): Promise<void> {
    this.#texts.set(key, value);
    return this.#write();
  }

  delete(key: string): Promise<void> {
    return this.#texts.delete(key) ? this.#write() : Promise.resolve();
  }

  async #write(): Promise<void> {
    const draft = `${this.#path}.draft`;
    const file = openSync(draft, "w", MODE);
    try {
      fchmodSync(file, MODE);
      // Not writeSync: a disk that is nearly full takes a part and returns how much.
      writeFileSync(file, JSON.stringify(Object.fromEntries(this.#texts)));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, this.#path);
    syncFolder(dirname(this.#path));
    await Promise.resolve();
  }
}

/** A file is found again after a power cut only once its folder is on the disk. */
function syncFolder(folder: string): void {
  const file = openSync(folder, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function readTexts(path: string): Readonly<Record<string, string>> {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    return {};
  }
  const parsed = v.safeParse(Texts, readFileSync(path, "utf8"));
  if (!parsed.success) {
    throw new CommandError(
      `${path} is not what this command has written: today's calls and refusals of the vendors stood there. Remove it, and they count from 0.`,
    );
  }
  // Not before it is known to be ours: a link may lead to another program's file.
  chmodSync(path, MODE);
  return parsed.output;
}
