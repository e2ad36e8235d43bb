import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { it, vi } from "vitest";
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { makeIngest } from "../../app/jobs/ingest.ts";
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { columnsOf, rowAt } from "../../core/bars/columns.ts";
import { mergeColumns } from "../../core/bars/merge-columns.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { piecesOf } from "../import/canonical-pieces.ts";
import { loadRows } from "./read-rows.ts";

// It writes and reads some hundred files; a busy machine is slow at that.
vi.setConfig({ testTimeout: 120_000 });

const TODAY = tradingDayOf(20_260);
const HEADER = "ticker,date,open,high,low,close,volume";

/** What is wrong with a row, or nothing; days and tickers repeat, so that rows of one day meet. */
const line = fc
  .record({
    ticker: fc.constantFrom("000020", "000040", "0015N0", "000020", "D00001", "5930"),
    day: fc.constantFrom("2025-06-12", "2025-06-13", "20250616", "2025-06-17", "2030-01-02", "2025-06-31"),
    close: fc.constantFrom("100", "105", "110", "x", "200", ""),
    volume: fc.constantFrom("10", "0", "-1"),
    note: fc.constantFrom("", ',"a b"', ',"a\nb"', ',"a'),
  })
  .map(({ ticker, day, close, volume, note }) => `${ticker},${day},100,110,90,${close},${volume}${note}`);

/** The Worker's side of an import, with a book in memory. */
function makeWorker() {
  const stored = new Map<string, TickerColumns["columns"]>();
  const add = (chunk: readonly TickerColumns[]) => {
    const total = { added: 0, replaced: 0, unchanged: 0 };
    for (const { ticker, columns, absent } of chunk) {
      const merge = mergeColumns(stored.get(ticker) ?? columnsOf([]), columns, absent);
      stored.set(ticker, merge.columns);
      total.added += merge.added.length;
      total.replaced += merge.replaced;
      total.unchanged += merge.unchanged;
    }
    return Promise.resolve(total);
  };
  const closeKinds = () => Promise.resolve(new Map());
  const ingest = makeIngest({
    reader: csvFileReader,
    clock: { now: () => TODAY * 86_400_000 },
    bookOf: () => ({ addHistory: add, closeDay: add, closeKinds, addIndices: () => add([]) }),
    instruments: { all: () => Promise.resolve([]), put: () => Promise.resolve() },
  });
  return { ingest, stored };
}

/** Rows by ticker, whatever made them; their origin is stated by the Worker alone (IG20). */
function rowsOf(series: Iterable<readonly [string, TickerColumns["columns"]]>) {
  return Object.fromEntries(
    Array.from(series, ([key, columns]) => [
      key,
      Array.from(columns.day, (_, i) => rowAt({ ...columns, origin: null }, i)),
    ]),
  );
}

function load(paths: readonly string[], chunkBytes: number) {
  return loadRows({ paths, kind: "bars", keyOf: (key) => parseTicker("KRX", key), today: TODAY, chunkBytes });
}

function countsOf({ rows, accepted, refusals }: Awaited<ReturnType<typeof load>>) {
  return { rows, accepted, refused: Object.fromEntries(refusals.counts) };
}

it("[CL8a] gives the same counts and bars wherever the files are cut, and to the scan as to the import", async ({
  expect,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "vcp-cut-"));
  try {
    const write = (name: string, lines: readonly string[]): string => {
      const path = join(folder, name);
      writeFileSync(path, `${[HEADER, ...lines].join("\n")}\n`);
      return path;
    };
    const cuts = fc.array(fc.nat(1_000), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 40 }),
        cuts,
        fc.integer({ min: 300, max: 900 }),
        async (lines, at, chunkBytes) => {
          // A quotation that is left open takes lines with it, so that a cut within it is another text.
          fc.pre(lines.every((own) => !own.endsWith('"a')));
          const whole = await load([write("whole.csv", lines)], 4_000_000);
          const places = at.map((n) => n % (lines.length + 1)).toSorted((a, b) => a - b);
          const parts = [0, ...places].map((from, i) =>
            write(`part${i}.csv`, lines.slice(from, places[i] ?? lines.length)),
          );
          const cut = await load(parts, chunkBytes);
          expect(countsOf(cut)).toEqual(countsOf(whole));
          expect(rowsOf(cut.series.map(({ key, columns }) => [key, columns]))).toEqual(
            rowsOf(whole.series.map(({ key, columns }) => [key, columns])),
          );
          const { ingest, stored } = makeWorker();
          let accepted = 0;
          for (const piece of piecesOf(cut.series, "ticker", chunkBytes)) {
            const bytes = new TextEncoder().encode(piece.text);
            const report = await ingest.bars("KRX", bytes, { firstLine: 2, mark: null, close: "regular" });
            expect(report).toMatchObject({ rejected: {}, replaced: 0, unchanged: 0 });
            accepted += "accepted" in report ? report.accepted : 0;
          }
          expect(accepted).toBe(whole.accepted);
          expect(rowsOf(stored)).toEqual(rowsOf(whole.series.map(({ key, columns }) => [key, columns])));
          // One file sent whole to the Worker, as curl does, is judged by the same rules.
          const alone = makeWorker();
          const text = new TextEncoder().encode(`${[HEADER, ...lines].join("\n")}\n`);
          const report = await alone.ingest.bars("KRX", text, { firstLine: 2, mark: null, close: "regular" });
          if ("unreadable" in report) {
            throw new Error(report.unreadable);
          }
          expect({
            rows: report.rows,
            accepted: report.accepted,
            refused: report.rejected,
          }).toEqual(countsOf(whole));
          expect(rowsOf(alone.stored)).toEqual(rowsOf(stored));
        },
      ),
      { seed: 61, numRuns: 60 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("[CL8] of two files that hold the same day the later corrects, and keeps what it has no column for", async ({
  expect,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "vcp-two-"));
  try {
    const [first, second] = [join(folder, "a.csv"), join(folder, "b.csv")];
    writeFileSync(first, `${HEADER},base_price\n000020,2025-06-12,100,110,90,105,10,99\n`);
    writeFileSync(second, `${HEADER},value\n000020,2025-06-12,100,110,90,104,10,7\n`);
    const forth = await load([first, second], 4_000_000);
    expect(rowsOf(forth.series.map(({ key, columns }) => [key, columns]))).toMatchObject({
      "000020": [{ close: 104, base: 99, value: 7 }],
    });
    const back = await load([second, first], 4_000_000);
    expect(rowsOf(back.series.map(({ key, columns }) => [key, columns]))).toMatchObject({
      "000020": [{ close: 105, base: 99, value: 7 }],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
