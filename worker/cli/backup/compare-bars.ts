/** Compares the bars of a Worker with those of a file: before a restore, which may not mix two histories, and after it. */
import { createHash } from "node:crypto";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { openDataFile } from "../files/data-file.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";
import { barPages } from "./save-bars.ts";

async function* textsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const part of bytes) {
    yield decoder.decode(part, { stream: true });
  }
}

/** `000020 2025-06-12` of each row, in the order of the file: by ticker, then by day. */
async function* keysOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  let isHeader = true;
  for await (const text of texts) {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!isHeader) {
        const [ticker = "", day = ""] = line.split(",", 2);
        yield `${ticker} ${day}`;
      }
      isHeader = false;
    }
  }
}

/** A bar that the Worker has and the file has not, as `000020 2025-06-12`; `null` when there is none. */
export async function strangeBar(
  client: OwnerClient,
  exchange: Exchange,
  file: string,
): Promise<string | null> {
  const { bytes } = await openDataFile(file);
  const written = keysOf(textsOf(bytes));
  let next = await written.next();
  for await (const key of keysOf(barPages(client, exchange, () => {}))) {
    while (next.done !== true && next.value < key) {
      next = await written.next();
    }
    if (next.done === true || next.value !== key) {
      await written.return(undefined);
      return key;
    }
  }
  await written.return(undefined);
  return null;
}

/** SHA-256 of the bars as a backup would write them now, unpacked; `origins`: as one with that column would. */
export async function barsDigest(client: OwnerClient, exchange: Exchange, origins = false): Promise<string> {
  const hash = createHash("sha256");
  for await (const page of barPages(client, exchange, () => {}, origins)) {
    hash.update(page);
  }
  return hash.digest("hex");
}

/** The same for the indices. */
export async function indicesDigest(client: OwnerClient, exchange: Exchange): Promise<string> {
  const response = await client.read(`/api/admin/indices?exchange=${exchange}`);
  return createHash("sha256")
    .update(await response.text())
    .digest("hex");
}
