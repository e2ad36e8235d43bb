/** Writes the bars of a Worker into files that the import takes. */
import { createWriteStream, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";

/** The name of a file until it is whole. */
const UNFINISHED = ".part";

/** The bars as one file, page by page: each without its header, but for the first. `origins`: with the column that only a backup has. `onPage`: the last ticker so far, empty at the end. */
export async function* barPages(
  client: OwnerClient,
  exchange: Exchange,
  onPage: (after: string) => void,
  origins = false,
): AsyncGenerator<string> {
  let after: string | null = "";
  while (after !== null) {
    const query = new URLSearchParams({ exchange, after, ...(origins && { origin: "true" }) });
    const response = await client.read(`/api/admin/bars?${query.toString()}`);
    const text = await response.text();
    yield after === "" ? text : text.slice(text.indexOf("\n") + 1);
    after = response.headers.get("X-Next-After");
    onPage(after ?? "");
  }
}

/** Writes `bars-KRX.csv.gz` and `indices-KRX.csv` into the folder; resolves with their names. */
export async function saveBars(
  client: OwnerClient,
  exchange: Exchange,
  folder: string,
  onPage: (after: string) => void,
): Promise<readonly string[]> {
  const bars = join(folder, `bars-${exchange}.csv.gz`);
  const indices = join(folder, `indices-${exchange}.csv`);
  await pipeline(
    Readable.from(barPages(client, exchange, onPage, true)),
    createGzip(),
    createWriteStream(`${bars}${UNFINISHED}`),
  );
  renameSync(`${bars}${UNFINISHED}`, bars);
  const response = await client.read(`/api/admin/indices?exchange=${exchange}`);
  writeFileSync(indices, await response.text());
  return [bars, indices];
}
