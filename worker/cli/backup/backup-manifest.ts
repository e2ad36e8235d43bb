/** `manifest.json` of a backup: what was written, so that a restore recognises a folder that is not whole. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { EXCHANGES } from "../../core/instrument/instrument.ts";
import { CommandError, reasonOf } from "../terminal/command-error.ts";

const Whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Series = v.object({ tickers: Whole, rows: Whole, sha256: Sha256 });

/** What a backup holds, with the checksums that a restore asks for first. */
export const Manifest = v.object({
  format: v.literal(1),
  made_at: v.string(),
  exchange: v.picklist(EXCHANGES),
  /** By the name of the file in the folder. */
  files: v.record(v.string(), v.object({ bytes: Whole, sha256: Sha256 })),
  /** Rows of the exchange in each table that a restore takes back. */
  tables: v.record(v.string(), Whole),
  /** The unpacked text of the bars and of the indices. */
  bars: Series,
  indices: Series,
});
export type Manifest = v.InferOutput<typeof Manifest>;

/** Its name in the folder. */
export const MANIFEST = "manifest.json";

/** Written last, and whole or not at all: a folder with a manifest is a finished backup. */
export function writeManifest(folder: string, manifest: Manifest): string {
  const file = join(folder, MANIFEST);
  writeFileSync(`${file}.part`, `${JSON.stringify(manifest, null, 2)}\n`);
  renameSync(`${file}.part`, file);
  return file;
}

function textOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return null;
    }
    throw new CommandError(`${file}: ${reasonOf(error)}`);
  }
}

/** `null`: there is none. Fails with a {@link CommandError} on one that is not understood. */
export function readManifest(folder: string): Manifest | null {
  const file = join(folder, MANIFEST);
  const text = textOrNull(file);
  if (text === null) {
    return null;
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Manifest), text);
  if (!parsed.success) {
    throw new CommandError(`${file}: not understood (${v.summarize(parsed.issues).split("\n", 1)[0] ?? ""})`);
  }
  return parsed.output;
}
