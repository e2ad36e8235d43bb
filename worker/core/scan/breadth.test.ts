/** What the shares of a market do together, counted by hand. */
import { describe, it } from "vitest";
import { barsOf, timeOf } from "../../testing/builders/bar-builder.ts";
import { Breadth } from "./breadth.ts";
import type { Row } from "../bars/columns.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { trendOf } from "../vcp/trend-template.ts";
import { tickerOf } from "../nominal.ts";

function add(breadth: Breadth, rows: readonly Row[], industry: string | null = null): void {
  const bars = timeOf(rows);
  const instrument: Instrument = {
    ticker: tickerOf("000010"),
    name: "가온",
    market: "KOSPI",
    kind: "common",
    notice: null,
    industry,
    listedOn: null,
    nameEn: null,
    listedShares: null,
  };
  breadth.add(bars, trendOf(bars, 252), 252, instrument);
}

const rising = (n: number): Row[] => barsOf(n, (k) => ({ close: 1_000 + k }));
const falling = (n: number): Row[] => barsOf(n, (k) => ({ close: 2_000 - k }));

describe("breadth", () => {
  it("[GT2] takes the shares above their 50-bar and 200-bar means, the latter of those that have one", ({
    expect,
  }) => {
    const breadth = new Breadth();
    add(breadth, rising(300));
    add(breadth, falling(300));
    add(breadth, falling(300));
    add(breadth, rising(100));
    expect(breadth.shares()).toMatchObject({ above50: 0.5, above200: 1 / 3 });
  });

  it("[GT3] takes new highs less new lows of those with a year of bars, and the advancers of all", ({
    expect,
  }) => {
    const breadth = new Breadth();
    add(breadth, rising(252));
    add(breadth, rising(300));
    add(breadth, falling(252));
    add(breadth, rising(251));
    add(
      breadth,
      barsOf(300, (k) => ({ close: k === 100 ? 12_000 : k === 200 ? 9_000 : 10_000 })),
    );
    // Two highs and one low among four; an unchanged close does not advance.
    expect(breadth.shares()).toMatchObject({ newHighsLessLows: 0.25, advancers: 3 / 5 });
  });

  it("[GT6] knows nothing of a market without shares", ({ expect }) => {
    expect(new Breadth().shares()).toEqual({
      above50: null,
      above200: null,
      newHighsLessLows: null,
      advancers: null,
      sectors: [],
    });
  });

  it("[GT7] gives change and breadth of each industry with five names, the strongest first", ({ expect }) => {
    const breadth = new Breadth();
    const moved = (today: number): Row[] => barsOf(100, (k) => ({ close: k === 99 ? today : 10_000 }));
    for (const today of [10_100, 10_200, 9_900, 10_000, 10_300]) {
      add(breadth, moved(today), "반도체");
      add(breadth, moved(today + 200), "조선");
    }
    add(breadth, moved(13_000), "한 회사");
    add(breadth, moved(13_000));
    const [first, second, ...rest] = breadth.shares().sectors;
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ sector: "조선", count: 5, aboveMean50: 1 });
    expect(first?.change).toBeCloseTo(0.03, 12);
    expect(second).toMatchObject({ sector: "반도체", count: 5, aboveMean50: 0.6 });
    expect(second?.change).toBeCloseTo(0.01, 12);
  });
});
