import { describe, it } from "vitest";
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { assert } from "../../core/assert.ts";
import type { Columns } from "../../core/bars/columns.ts";
import { type CloseKind, type Origin, originFactsOf, originIdOf } from "../../core/bars/origin.ts";
import { midnightOf, parseTradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { ImportReport, UnreadableFile } from "../ports/ingest.ts";
import type { TickerColumns } from "../ports/market-book.ts";
import { makeIngest } from "./ingest.ts";

const HEADER = "ticker,date,open,high,low,close,volume";
const day = (text: string): number => parseTradingDay(text) ?? tradingDayOf(0);
const at = (text: string, hour: number): number => midnightOf(tradingDayOf(day(text))) + hour * 3_600_000;

interface Taken {
  readonly chunk: readonly TickerColumns[];
  readonly origins: readonly Origin[];
}

/** One import at a moment, and what reached the book of it. */
async function take(
  text: string,
  close: CloseKind | null,
  own: { now?: number; exchange?: Exchange; kinds?: ReadonlyMap<number, CloseKind> } = {},
): Promise<{ readonly answer: ImportReport | UnreadableFile; readonly taken: readonly Taken[] }> {
  const taken: Taken[] = [];
  const keep = (chunk: readonly TickerColumns[], _mark: unknown, origins: readonly Origin[] = []) => {
    taken.push({ chunk, origins });
    return Promise.resolve({ added: chunk.length, replaced: 0, unchanged: 0 });
  };
  const ingest = makeIngest({
    reader: csvFileReader,
    clock: { now: () => own.now ?? at("2026-10-20", 12) },
    bookOf: () => ({
      addHistory: keep,
      closeDay: keep,
      closeKinds: () => Promise.resolve(own.kinds ?? new Map<number, CloseKind>()),
      addIndices: () => Promise.reject(new Error("no indices here")),
    }),
    instruments: { all: () => Promise.resolve([]), put: () => Promise.resolve() },
  });
  const bytes = new TextEncoder().encode(text);
  const answer = await ingest.bars(own.exchange ?? "KRX", bytes, { firstLine: 2, mark: null, close });
  return { answer, taken };
}

const row = (ticker: string, date: string, rest = ""): string =>
  `${ticker},${date},100,100,100,100,5${rest}\n`;
const OLD = `${HEADER}\n${row("005930", "2026-09-11")}`;
const NEW = `${OLD}${row("005930", "2026-09-14")}`;

/** What each row of the only ticker states, in words. */
function stated({ chunk, origins }: Taken): readonly string[] {
  const columns: Columns | undefined = chunk[0]?.columns;
  assert(columns !== undefined, "The ticker has rows");
  return Array.from(columns.day, (one, i) => {
    const code = columns.origin?.[i] ?? Number.NaN;
    const { close, final } = originFactsOf(code, one);
    return `${origins[originIdOf(code) - 1]?.source ?? "none"} ${close} ${final ? "final" : "provisional"}`;
  });
}

describe("an import", () => {
  it("[IG20] that does not state which close it holds is refused when a day has two, with the way to state it", async ({
    expect,
  }) => {
    const { answer, taken } = await take(NEW, null);
    expect(answer).toMatchObject({ field: "close" });
    expect("unreadable" in answer && answer.unreadable).toMatch(
      /^Line 3 is of 2026-09-14: .*--close regular.*--close last.*\?close=regular/,
    );
    expect(taken).toEqual([]);
    expect((await take(OLD, null)).answer).toMatchObject({ accepted: 1 });
    const demo = `${HEADER}\n${row("D00001", "2026-09-14")}`;
    const simulated = await take(demo, null, { exchange: "DEMO" });
    expect(simulated.taken.map(stated)).toEqual([["file regular final"]]);
  });

  it("[IG20] need not state a close for the rows of days that have not come: these are refused by themselves", async ({
    expect,
  }) => {
    const { answer, taken } = await take(`${OLD}${row("005930", "2027-01-04")}`, null);
    expect(answer).toMatchObject({ accepted: 1, rejected: { future_date: 1 } });
    expect(taken.map(stated)).toEqual([["file regular final"]]);
  });

  it("[IG20] writes its source, its close and its time beside each row", async ({ expect }) => {
    const { taken } = await take(NEW, "last");
    expect(taken.map(stated)).toEqual([["file regular final", "file last final"]]);
    expect(taken[0]?.origins.map(({ receivedAt }) => receivedAt)).toEqual([
      at("2026-10-20", 12),
      at("2026-10-20", 12),
    ]);
  });

  it("[IG20] of today before the close is provisional, of the same day after it final", async ({
    expect,
  }) => {
    const today = `${HEADER}\n${row("005930", "2026-09-14")}`;
    const noon = await take(today, "regular", { now: at("2026-09-14", 12) });
    expect(noon.taken.map(stated)).toEqual([["file regular provisional"]]);
    const evening = await take(today, "regular", { now: at("2026-09-14", 15.5) });
    expect(evening.taken.map(stated)).toEqual([["file regular final"]]);
  });

  it("[IG20] keeps the origins that a backup names, and gives none where an older backup has none", async ({
    expect,
  }) => {
    const text = `${HEADER},origin\n${row("005930", "2026-09-14", ",krx/regular/final/17")}${row("005930", "2026-09-15", ",")}`;
    const { taken } = await take(text, "unknown");
    expect(taken.map(stated)).toEqual([["krx regular final", "none unknown final"]]);
    expect(taken[0]?.origins).toEqual([{ source: "krx", close: "regular", final: true, receivedAt: 17 }]);
  });

  it("[IG21] never mixes a lesser close into a day, and lets a better one replace it", async ({ expect }) => {
    const kinds = (kind: CloseKind): ReadonlyMap<number, CloseKind> => new Map([[day("2026-09-14"), kind]]);
    const refused = await take(NEW, "last", { kinds: kinds("regular") });
    expect(refused.answer).toMatchObject({
      accepted: 1,
      rejected: { other_close: 1 },
      rejects: [{ line: 3, key: "005930", date: "2026-09-14", reason: "other_close" }],
    });
    expect((await take(NEW, "regular", { kinds: kinds("last") })).answer).toMatchObject({ accepted: 2 });
    expect((await take(NEW, "last", { kinds: kinds("last") })).answer).toMatchObject({ accepted: 2 });
    expect((await take(NEW, "last", { kinds: kinds("unknown") })).answer).toMatchObject({ accepted: 2 });
  });
});
