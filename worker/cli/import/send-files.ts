/** Sends files to a Worker: bars in resumable chunks, the small files whole. */
import { createHash, type Hash } from "node:crypto";
import * as v from "valibot";
import { decodeText } from "../../adapters/csv/table.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { ImportReportBody } from "../../protocol/rest/owner.ts";
import { CommandError } from "../terminal/command-error.ts";
import { openDataFile, readDataFile } from "../terminal/data-file.ts";
import { type FileReport, sumReports } from "./import-report.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";
import { PIECE_BYTES, chunksOf } from "./csv-chunks.ts";

const Position = v.object({ next_chunk: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) });

function understand<T>(schema: v.GenericSchema<unknown, T>, answer: unknown): T {
  const parsed = v.safeParse(schema, answer);
  if (!parsed.success) {
    throw new CommandError("The Worker's answer is not understood: is it of another version?");
  }
  return parsed.output;
}

/** A read-only view of a buffer may sit on shared memory; a request body may not. */
function bodyOf(bytes: Uint8Array): { readonly type: "text/csv"; readonly bytes: Uint8Array<ArrayBuffer> } {
  return { type: "text/csv", bytes: new Uint8Array(bytes) };
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const part of bytes) {
    hash.update(part);
    yield part;
  }
}

/** The name under which a broken import is found again. Fails on a file that is not text to its end, before any of it is sent. */
async function contentHash(file: string): Promise<string> {
  const hash = createHash("sha256");
  const data = await openDataFile(file);
  for await (const chunk of chunksOf(hashed(data.bytes, hash))) {
    const text = decodeText(chunk.bytes);
    if (typeof text !== "string") {
      throw new CommandError(`${file}: ${text.unreadable}`);
    }
  }
  return hash.digest("hex");
}

const Scanned = v.object({ count: v.pipe(v.number(), v.safeInteger()) });

/** CL22: bars without a scan show an empty page. The answer, or the Worker's reason for scanning nothing. */
export async function scanExchange(client: OwnerClient, exchange: Exchange): Promise<string> {
  try {
    const bytes = new TextEncoder().encode(JSON.stringify({ top_n: 0 }));
    const body = { type: "application/json", bytes } as const;
    const { count } = understand(
      Scanned,
      await client.send("POST", `/api/kr/scan?exchange=${exchange}`, body),
    );
    return `Scanned: ${count} listed.`;
  } catch (error) {
    if (error instanceof CommandError) {
      return `Not scanned: ${error.message}`;
    }
    throw error;
  }
}

/** Reads the file twice, the first time to judge and to name it. */
export async function sendBars(
  client: OwnerClient,
  exchange: Exchange,
  file: string,
  onSent: (done: number, total: number) => void,
): Promise<FileReport> {
  const id = await contentHash(file);
  const { next_chunk: next } = understand(
    Position,
    await client.send("GET", `/api/admin/imports/${id}?exchange=${exchange}`),
  );
  const data = await openDataFile(file);
  const reports: ImportReportBody[] = [];
  for await (const chunk of chunksOf(data.bytes)) {
    if (chunk.index >= next) {
      const query = new URLSearchParams({
        exchange,
        first_line: String(chunk.firstLine),
        import: id,
        chunk: String(chunk.index),
        last: String(chunk.last),
      });
      const answer = await client.send("POST", `/api/admin/bars?${query.toString()}`, bodyOf(chunk.bytes));
      reports.push(understand(ImportReportBody, answer));
    }
    onSent(chunk.last ? data.size : data.bytesRead(), data.size);
  }
  return sumReports(file, next, reports);
}

/** Instruments or indices: one request. */
export async function sendWhole(
  client: OwnerClient,
  exchange: Exchange,
  route: "instruments" | "indices",
  file: string,
): Promise<FileReport> {
  const bytes = await readDataFile(file);
  if (bytes.length > PIECE_BYTES) {
    throw new CommandError(
      `${file}: ${bytes.length} bytes; ${route} are sent whole and must be below ${PIECE_BYTES}`,
    );
  }
  const answer = await client.send("POST", `/api/admin/${route}?exchange=${exchange}`, bodyOf(bytes));
  return sumReports(file, 0, [understand(ImportReportBody, answer)]);
}

/** Comes after the files of an import, so that nobody sees an exchange without its bars. */
export async function switchExchange(client: OwnerClient, exchange: Exchange): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify({ exchange }));
  await client.send("PUT", "/api/admin/exchange", { type: "application/json", bytes });
}
