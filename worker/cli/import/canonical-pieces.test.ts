import { describe, it } from "vitest";
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import type { MergedRow } from "../../app/jobs/master-rows.ts";
import { RowJudge } from "../../app/jobs/ingest-rows.ts";
import type { Row } from "../../core/bars/columns.ts";
import { FILE_FIELDS, type FileField } from "../../core/bars/row-set.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { tickerOf } from "../../core/nominal.ts";
import { importName, masterPieces, piecesOf } from "./canonical-pieces.ts";

const row = (day: number, change: Partial<Row> = {}): Row => ({
  day: tradingDayOf(day),
  open: 1,
  high: 2,
  low: 1,
  close: 1.5,
  volume: 3,
  value: null,
  shares: null,
  base: null,
  ...change,
});

function seriesOf(
  ...sources: readonly (readonly [absent: readonly FileField[], rows: readonly (readonly [string, Row])[]])[]
) {
  const judge = new RowJudge({ keyOf: (key) => key, today: tradingDayOf(30_000) });
  for (const [absent, rows] of sources) {
    judge.take({ absent, lines: rows.map(([key, value], i) => ({ line: i + 2, key, value })) });
  }
  return judge.finish().series;
}

describe("pieces", () => {
  const many = Array.from({ length: 40 }, (_, i) => [`00${1000 + (i >> 2)}`, row(20_000 + (i % 4))] as const);

  it("[CL9] are cut where the ticker changes, none above the limit, and read as the rows they are of", ({
    expect,
  }) => {
    const series = seriesOf([FILE_FIELDS, many.toReversed()]);
    const pieces = [...piecesOf(series, "ticker", 400)];
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.map(({ index, last }) => [index, last])).toEqual(
      pieces.map((_, i) => [i, i === pieces.length - 1]),
    );
    const seen = new Set<string>();
    const judge = new RowJudge({ keyOf: (key) => key, today: tradingDayOf(30_000) });
    for (const { text, rows } of pieces) {
      expect(text.length).toBeLessThanOrEqual(400);
      const read = csvFileReader.bars(new TextEncoder().encode(text), 2);
      if ("unreadable" in read) {
        throw new Error(read.unreadable);
      }
      expect(read.lines).toHaveLength(rows);
      const keys = new Set(read.lines.map(({ key }) => key));
      expect([...keys].filter((key) => seen.has(key))).toEqual([]);
      keys.forEach((key) => seen.add(key));
      judge.take(read);
    }
    expect(judge.finish().series).toEqual(series);
  });

  it("[CL9] of sources with different columns are different pieces, without the columns they lack", ({
    expect,
  }) => {
    const series = seriesOf(
      [
        ["shares", "base"],
        [
          ["000020", row(20_000, { value: 7 })],
          ["000020", row(20_001)],
        ],
      ],
      [
        FILE_FIELDS,
        [
          ["000020", row(20_002)],
          ["000040", row(20_000)],
        ],
      ],
      [[], [["000040", row(20_001, { base: 1.25e-7 })]]],
    );
    expect(Array.from(piecesOf(series, "ticker"), ({ text }) => text)).toEqual([
      "ticker,date,open,high,low,close,volume,value,shares,base_price\n000040,2024-10-05,1,2,1,1.5,3,,,0.000000125\n",
      "ticker,date,open,high,low,close,volume,value\n000020,2024-10-04,1,2,1,1.5,3,7\n000020,2024-10-05,1,2,1,1.5,3,\n",
      "ticker,date,open,high,low,close,volume\n000020,2024-10-06,1,2,1,1.5,3\n000040,2024-10-04,1,2,1,1.5,3\n",
    ]);
    expect([...piecesOf([], "ticker")]).toEqual([]);
  });

  it("[CL9] have the name of their rows: the same however they came, another for another row", ({
    expect,
  }) => {
    const name = importName(seriesOf([FILE_FIELDS, many]));
    expect(importName(seriesOf([FILE_FIELDS, many.toReversed()]))).toBe(name);
    expect(importName(seriesOf([FILE_FIELDS, many.slice(1)]))).not.toBe(name);
    expect(importName(seriesOf([["value", "shares"], many]))).not.toBe(name);
  });
});

it("[CL9] a master goes in pieces of one set of columns, its texts quoted, and comes back whole", ({
  expect,
}) => {
  const merged: MergedRow[] = [
    {
      file: 0,
      line: 2,
      row: { ticker: tickerOf("005930"), name: 'A "B", C', market: "KOSPI", industry: null },
    },
    {
      file: 0,
      line: 3,
      row: {
        ticker: tickerOf("000020"),
        name: " 나 ",
        nameEn: "Na, Inc.",
        market: "KOSDAQ",
        department: "관리종목(소속부없음)",
        industry: "x\ny",
        kind: "fund",
        notice: "liquidation",
        listedOn: tradingDayOf(1_987),
        listedShares: 5_919_637_922,
      },
    },
    { file: 1, line: 2, row: { ticker: tickerOf("000040"), name: null, market: "KONEX", industry: "z" } },
  ];
  const pieces = masterPieces(merged);
  expect(pieces.map(({ rows }) => rows.length)).toEqual([2, 1]);
  const back = pieces.flatMap(({ text }) => {
    const read = csvFileReader.instruments(new TextEncoder().encode(text));
    return "unreadable" in read ? [] : read.lines.map(({ value }) => value);
  });
  expect(back).toEqual([merged[0]?.row, merged[2]?.row, { ...merged[1]?.row, name: "나" }]);
});
