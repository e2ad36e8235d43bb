/** Masters from files, merged into one: what one leaves empty another keeps (IG8a). */
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { MasterMerge, type MergedRow } from "../../app/jobs/master-rows.ts";
import { joinRejected } from "../../app/ports/rejected-lines.ts";
import type { Ticker } from "../../core/nominal.ts";
import { CommandError } from "../terminal/command-error.ts";
import type { Content } from "./contents.ts";
import { readAll, type ReadSet, refuseFile, UnreadColumns } from "./read-all.ts";
import { addRefusals, makeRefusals, type Refusals } from "./refusals.ts";
import { utf8Of } from "./utf8.ts";

/** One row a ticker. What is missing in all files is for the store, or for the reader, to complete. */
export interface LoadedMasters extends ReadSet {
  readonly merged: readonly MergedRow[];
  /** Of the file with a number. */
  readonly labelOf: (file: number) => string;
  readonly refusals: Refusals;
}

/** A master is read whole: all companies of the exchange are less than a megabyte. */
const MOST_BYTES = 64 * 1024 * 1024;

async function wholeOf({ bytes, label, file }: Content): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of utf8Of(bytes, label, file)) {
    size += part.length;
    if (size > MOST_BYTES) {
      throw new CommandError(`${label}: more than ${MOST_BYTES} bytes, too long for a list of companies`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** `keyOf`: the ticker as it is stored, or `null` when there is no such ticker. */
export async function loadMasters(
  paths: readonly string[],
  keyOf: (key: string) => Ticker | null,
): Promise<LoadedMasters> {
  const columns = new UnreadColumns();
  const merge = new MasterMerge(keyOf);
  const refusals = makeRefusals();
  const labels: string[] = [];
  const take = async (content: Content, number: number): Promise<void> => {
    const { label, file } = content;
    labels[number] = label;
    const read = csvFileReader.instruments(await wholeOf(content), file);
    if ("unreadable" in read) {
      refuseFile(label, read);
    }
    columns.add(read);
    const refused = joinRejected(read, merge.take(read.lines, number));
    addRefusals(refusals, refused, paths.length === 1 && !content.found ? null : label);
  };
  const set = await readAll(paths, columns, take);
  return { ...set, merged: merge.rows(), labelOf: (file) => labels[file] ?? "", refusals };
}
