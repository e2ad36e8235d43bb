/** CL32: the bars of a backup go back as they stand in its file, origins included, which no file of another source names. */
import * as v from "valibot";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { ImportPosition, ImportReportBody } from "../../protocol/rest/owner.ts";
import { chunksOf } from "../files/csv-chunks.ts";
import { openDataFile } from "../files/data-file.ts";
import { understand } from "../import/send-files.ts";
import { CommandError } from "../terminal/command-error.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";

/** `id` names the file, so that a restore that was broken off goes on. Fails on the first row that the Worker refuses. */
export async function sendBackupBars(
  client: OwnerClient,
  exchange: Exchange,
  file: string,
  id: string,
  onSent: (done: number, total: number) => void,
): Promise<void> {
  const asked = await client.send("GET", `/api/admin/imports/${id}?exchange=${exchange}`);
  const { next_chunk: next } = understand(v.pick(ImportPosition, ["next_chunk"]), asked);
  const data = await openDataFile(file);
  for await (const { index, bytes, firstLine, last } of chunksOf(data.bytes)) {
    if (index >= next) {
      const query = new URLSearchParams({
        exchange,
        import: id,
        chunk: String(index),
        first_line: String(firstLine),
        last: String(last),
        // Rows of an older backup name no origin, and are stored without one, as they were.
        close: "unknown",
      });
      const body = { type: "text/csv", bytes: new Uint8Array(bytes) } as const;
      const answer = await client.send("POST", `/api/admin/bars?${query.toString()}`, body);
      refuseRejects(file, understand(ImportReportBody, answer));
    }
    onSent(last ? data.size : data.bytesRead(), data.size);
  }
}

function refuseRejects(file: string, { rejects }: ImportReportBody): void {
  const [first] = rejects;
  if (first !== undefined) {
    throw new CommandError(`${file}: the Worker refuses line ${first.line}: ${first.reason}`);
  }
}
