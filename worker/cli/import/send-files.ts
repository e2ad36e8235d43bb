/** Sends loaded rows to a Worker: bars in resumable pieces, master and indices in a few requests. */
import * as v from "valibot";
import { formatTradingDay, tradingDayAt, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { TWO_CLOSES_SINCE } from "../../core/bars/origin.ts";
import { profileOf } from "../../core/instrument/exchange-profile.ts";
import type { FindingKind } from "../../core/session/finding.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import { ImportReportBody } from "../../protocol/rest/owner.ts";
import { loadMasters } from "../files/read-masters.ts";
import { type LoadedRows, loadRows } from "../files/read-rows.ts";
import { addRefusals, countRefusals } from "../files/refusals.ts";
import { CommandError } from "../terminal/command-error.ts";
import type { OwnerBody, OwnerClient } from "../terminal/owner-client.ts";
import { importName, masterPieces, piecesOf } from "./canonical-pieces.ts";
import { type CloseChoice, STATED_NOWHERE } from "./close-choice.ts";
import { type FileReport, sumStored } from "./import-report.ts";

const Position = v.object({ next_chunk: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) });

/** The answer by its schema. */
export function understand<T>(schema: v.GenericSchema<unknown, T>, answer: unknown): T {
  const parsed = v.safeParse(schema, answer);
  if (!parsed.success) {
    throw new CommandError("The Worker's answer is not understood: is it of another version?");
  }
  return parsed.output;
}

function csvBody(text: string): OwnerBody {
  return { type: "text/csv", bytes: new TextEncoder().encode(text) };
}

const Scanned = v.object({ count: v.pipe(v.number(), v.safeInteger()) });

/** CL22: bars without a scan show an empty page. The answer, or the Worker's reason for scanning nothing. */
export async function scanExchange(
  client: OwnerClient,
  exchange: Exchange,
  accept: readonly FindingKind[] = [],
): Promise<string> {
  try {
    const bytes = new TextEncoder().encode(
      JSON.stringify({ top_n: 0, ...(accept.length > 0 && { accept }) }),
    );
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

function dayText(day: number): string | null {
  return Number.isFinite(day) ? formatTradingDay(tradingDayOf(day)) : null;
}

function daysOf({ series }: LoadedRows): readonly [first: string | null, last: string | null] {
  const days = series.flatMap(({ columns: { day } }) => [day[0] ?? 0, day.at(-1) ?? 0]);
  const first = days.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return [dayText(first), dayText(days.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY))];
}

/** The Worker judges again, by its own clock and exchange; its lines are those of a piece and not of a file. */
function reportOf(loaded: LoadedRows, skipped: number, answers: readonly ImportReportBody[]): FileReport {
  const { what, files, notRead, rows, accepted, refusals, series } = loaded;
  for (const answer of answers) {
    const rejected = { rejected: answer.rejects, rejectedCounts: answer.rejected };
    addRefusals(refusals, rejected, "(as the Worker received it)");
  }
  const refused = answers.reduce((sum, answer) => sum + answer.rows - answer.accepted, 0);
  const [firstDay, lastDay] = daysOf(loaded);
  return {
    file: what,
    files,
    notRead,
    skipped,
    counts: { rows, accepted: accepted - refused, ...sumStored(answers) },
    refusals,
    firstDay,
    lastDay,
    tickers: series.length,
    unlisted: [...new Set(answers.flatMap((answer) => answer.unlisted))],
  };
}

/** IG20: rows of a day with an after-market, of which the Worker must be told the close. */
export function hasTwoCloses(exchange: Exchange, { series }: LoadedRows): boolean {
  return (
    profileOf(exchange).calendar === "krx" &&
    series.some(({ columns: { day } }) => (day.at(-1) ?? 0) >= TWO_CLOSES_SINCE)
  );
}

/** Reads all files to their end before the first row is sent: a file that cannot be read leaves nothing behind (CL9). */
export async function sendBars(
  client: OwnerClient,
  exchange: Exchange,
  paths: readonly string[],
  onSent: (done: number, total: number) => void,
  choice: CloseChoice = STATED_NOWHERE,
): Promise<FileReport> {
  const loaded = await loadRows({
    paths,
    kind: "bars",
    keyOf: (key) => parseTicker(exchange, key),
    today: tradingDayAt(Date.now()),
    onRead: (share) => {
      onSent(share, 2);
    },
  });
  if (loaded.accepted === 0) {
    return reportOf(loaded, 0, []);
  }
  const close = hasTwoCloses(exchange, loaded) ? (choice.stated ?? (await choice.ask(loaded.what))) : null;
  // The same rows with another close are another import.
  const id = `${importName(loaded.series)}${close === null ? "" : `-${close}`}`;
  const { next_chunk: next } = understand(
    Position,
    await client.send("GET", `/api/admin/imports/${id}?exchange=${exchange}`),
  );
  const answers: ImportReportBody[] = [];
  let sent = 0;
  for (const piece of piecesOf(loaded.series, "ticker")) {
    if (piece.index >= next) {
      const query = new URLSearchParams({
        exchange,
        import: id,
        chunk: String(piece.index),
        last: String(piece.last),
        ...(close !== null && { close }),
      });
      const answer = await client.send("POST", `/api/admin/bars?${query.toString()}`, csvBody(piece.text));
      answers.push(understand(ImportReportBody, answer));
    }
    sent += piece.rows;
    onSent(1 + sent / loaded.accepted, 2);
  }
  return reportOf(loaded, next, answers);
}

export async function sendIndices(
  client: OwnerClient,
  exchange: Exchange,
  paths: readonly string[],
): Promise<FileReport> {
  const today = tradingDayAt(Date.now());
  const loaded = await loadRows({ paths, kind: "indices", keyOf: (key) => key, today });
  const answers: ImportReportBody[] = [];
  for (const { text } of piecesOf(loaded.series, "index")) {
    const answer = await client.send("POST", `/api/admin/indices?exchange=${exchange}`, csvBody(text));
    answers.push(understand(ImportReportBody, answer));
  }
  return reportOf(loaded, 0, answers);
}

/** Several masters are one (IG8a); what all of them lack, the Worker completes from what it has. */
export async function sendMasters(
  client: OwnerClient,
  exchange: Exchange,
  paths: readonly string[],
): Promise<FileReport> {
  const loaded = await loadMasters(paths, (key) => parseTicker(exchange, key));
  const { merged, labelOf, refusals, what, files, notRead } = loaded;
  // A ticker of several masters is one row.
  const rows = merged.length + countRefusals(refusals);
  const answers: ImportReportBody[] = [];
  for (const { text, rows: own } of masterPieces(merged)) {
    const path = `/api/admin/instruments?exchange=${exchange}`;
    const answer = understand(ImportReportBody, await client.send("POST", path, csvBody(text)));
    answers.push(answer);
    addRefusals(refusals, { rejected: [], rejectedCounts: answer.rejected });
    for (const line of answer.rejects) {
      const from = own[line.line - 2];
      const label = from === undefined || files === 1 ? null : labelOf(from.file);
      const at = from === undefined ? line : { ...line, line: from.line };
      addRefusals(refusals, { rejected: [at], rejectedCounts: {} }, label);
    }
  }
  const accepted = answers.reduce((sum, answer) => sum + answer.accepted, 0);
  return {
    file: what,
    files,
    notRead,
    skipped: 0,
    counts: { rows, accepted, ...sumStored(answers) },
    refusals,
    firstDay: null,
    lastDay: null,
    tickers: accepted,
    unlisted: [],
  };
}

/** Comes after the files of an import, so that nobody sees an exchange without its bars. */
export async function switchExchange(client: OwnerClient, exchange: Exchange): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify({ exchange }));
  await client.send("PUT", "/api/admin/exchange", { type: "application/json", bytes });
}
