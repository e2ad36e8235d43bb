/** The daily bars of the market indices, from a whole file to the book of an exchange. */
import { columnsOf, type Columns, type Row } from "../../core/bars/columns.ts";
import { INDEX_CODES, type IndexCode } from "../../core/instrument/instrument.ts";
import { tradingDayAt } from "../../core/calendar/trading-day.ts";
import type { Clock } from "../ports/clock.ts";
import type { FileReader, UnreadableFile } from "../ports/import-file.ts";
import type { ImportReport } from "../ports/ingest.ts";
import type { MarketBookPort } from "../ports/market-book.ts";
import { type JudgedRows, judgeRows } from "./ingest-judge.ts";
import { reportRows } from "./ingest-report.ts";

export interface IngestIndicesPorts {
  readonly reader: Pick<FileReader, "indices">;
  readonly clock: Clock;
  readonly book: Pick<MarketBookPort, "addIndices">;
}

function seriesOf(
  kept: JudgedRows["kept"],
): readonly { readonly code: IndexCode; readonly columns: Columns }[] {
  return INDEX_CODES.flatMap((code) => {
    const rows: readonly Row[] | undefined = kept.get(code);
    return rows ? [{ code, columns: columnsOf(rows) }] : [];
  });
}

export async function ingestIndices(
  bytes: Uint8Array,
  ports: IngestIndicesPorts,
): Promise<ImportReport | UnreadableFile> {
  const file = ports.reader.indices(bytes);
  if ("unreadable" in file) {
    return file;
  }
  const lines = file.lines.map(({ line, key, value }) => ({ line, key, value: value.row }));
  const { kept, rejected } = judgeRows(lines, {
    // The reader lets only the two codes through.
    keyOf: (key) => key,
    today: tradingDayAt(ports.clock.now()),
    lastDays: new Map(),
  });
  const stored = await ports.book.addIndices(seriesOf(kept));
  return reportRows(kept, [...file.rejected, ...rejected], stored);
}
