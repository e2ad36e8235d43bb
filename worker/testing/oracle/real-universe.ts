/** Real daily bars that lie beside the repository on some machines and never in it; without them a test skips and names the reason. */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { assert } from "../../core/assert.ts";
import { rejectRow } from "../../core/bars/bar.ts";
import type { Row } from "../../core/bars/columns.ts";
import { sessionsOf } from "../../core/calendar/sessions.ts";
import { parseTradingDay } from "../../core/calendar/trading-day.ts";
import type { Universe } from "./random-universe.ts";

const FOLDER = new URL("../../../../shared/data/krx/", import.meta.url).pathname;

/** Why a test on real bars cannot run here; `null` when it can. */
export const NO_REAL_BARS: string | null = existsSync(`${FOLDER}bars.csv.gz`)
  ? null
  : "no real KRX bars beside the repository (../shared/data/krx): they may not be published";

function rowOf(cells: readonly string[]): Row {
  const [date = "", ...rest] = cells;
  const day = parseTradingDay(date);
  const [open = 0, high = 0, low = 0, close = 0, volume = 0] = rest.map(Number);
  assert(day !== null, `${date} is no date`);
  return { day, open, high, low, close, volume, value: null, shares: null, base: null };
}

/** Rows by the key in the first column; refused rows (BR2) are left out, as the import leaves them out. */
function rowsIn(text: string): ReadonlyMap<string, readonly Row[]> {
  const series = new Map<string, Row[]>();
  for (const line of text.trimEnd().split("\n").slice(1)) {
    const [key = "", ...cells] = line.trimEnd().split(",");
    const rows = series.get(key) ?? [];
    const row = rowOf(cells);
    if (rejectRow(row) === null) {
      rows.push(row);
    }
    series.set(key, rows);
  }
  for (const rows of series.values()) {
    assert(
      rows.every((row, k) => row.day > (rows[k - 1]?.day ?? Number.NEGATIVE_INFINITY)),
      "The files of real bars are in order",
    );
  }
  return series;
}

export function readRealUniverse(): Universe {
  const series = rowsIn(gunzipSync(readFileSync(`${FOLDER}bars.csv.gz`)).toString("utf8"));
  const indices = rowsIn(readFileSync(`${FOLDER}indices.csv`, "utf8"));
  const master = csvFileReader.instruments(readFileSync(`${FOLDER}instruments.csv`));
  assert(!("unreadable" in master), "The instruments file is readable");
  const instruments = new Map(
    master.lines.flatMap(({ key, value }) => {
      const instrument = csvFileReader.complete(value, null);
      return typeof instrument === "string" ? [] : [[key, instrument] as const];
    }),
  );
  const counts = new Map<number, number>();
  for (const { day } of [...series.values()].flat()) {
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const [KOSPI, KOSDAQ] = [indices.get("KOSPI") ?? [], indices.get("KOSDAQ") ?? []];
  return {
    listings: Array.from(series, ([ticker, rows]) => ({
      ticker,
      instrument: instruments.get(ticker) ?? null,
      rows,
    })),
    sessions: sessionsOf(
      counts,
      [...KOSPI, ...KOSDAQ].map((row) => row.day),
    ),
    indices: { KOSPI, KOSDAQ },
  };
}
