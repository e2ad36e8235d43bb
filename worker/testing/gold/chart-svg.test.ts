import { describe, it } from "vitest";
import { tickerOf } from "../../core/nominal.ts";
import { LAST_DAY } from "../builders/base-builder.ts";
import { buildMarket } from "../builders/constructed-market.ts";
import { chartSvg } from "./chart-svg.ts";
import { blindSheet, openSheet, type SheetEntry } from "./contact-sheet.ts";
import { type Chart, parseLabels } from "./labels.ts";
import { detectorLaw, type Drawing } from "./law.ts";
import { goldMarket, LABEL_HEADER, leaderLine } from "./synthetic-gold.ts";

const BUILT = buildMarket();
const MARKET = goldMarket(BUILT);
const CHARTS: readonly Chart[] = [
  { ticker: tickerOf(BUILT.leader.ticker), day: LAST_DAY },
  { ticker: tickerOf("900020"), day: LAST_DAY },
  { ticker: tickerOf("900030"), day: LAST_DAY },
];
const LABELLED = parseLabels(
  "a.csv",
  `${LABEL_HEADER}\n${leaderLine(BUILT)}\n900020,2025-06-13,good,1/1/1,2025-05-02,,,"<b> & more"\n`,
);
const ENTRIES = detectorLaw("shipped")
  .find(MARKET, CHARTS)
  .flatMap((finding, i): readonly SheetEntry[] => {
    const chart = CHARTS[i];
    return chart === undefined ? [] : [{ chart, finding, labelled: LABELLED[i] ?? null }];
  });

const numbersOf = (text: string | undefined): readonly number[] =>
  (text?.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);

/** Corners of the law's path, in pixels. */
function pathOf(svg: string): readonly (readonly [x: number, y: number])[] {
  const points = /class="law".*?<polyline points="([^"]*)"/s.exec(svg)?.[1]?.split(" ") ?? [];
  return points.map((point) => {
    const [x = Number.NaN, y = Number.NaN] = numbersOf(point);
    return [x, y];
  });
}

/** Height in pixels of a price that is named at its right end. */
function heightOf(svg: string, name: string): number {
  const y = new RegExp(`<text x="[^"]*" y="([^"]*)"[^>]*>${name} `).exec(svg)?.[1];
  return Number(y) - 4;
}

describe("a chart", () => {
  const drawing: Drawing | null = ENTRIES[0]?.finding.drawing ?? null;
  const bars = MARKET.barsOf(CHARTS[0] ?? { ticker: tickerOf(""), day: LAST_DAY });
  const judged = LABELLED[0]?.base ?? null;
  const svg = chartSvg({ title: "T & <T>", bars, drawing, faded: false, judged });

  it("[GO7] has every leg, in order, each high above its low, equal falls at equal heights", ({ expect }) => {
    const path = pathOf(svg);
    expect(path).toHaveLength(6);
    expect(path.every(([x], i) => i === 0 || x > (path[i - 1]?.[0] ?? 0))).toBe(true);
    const falls = [0, 2, 4].map((i) => (path[i + 1]?.[1] ?? 0) - (path[i]?.[1] ?? 0));
    const logs = (drawing?.legs ?? []).map(({ high, low }) => Math.log(high / low));
    const scale = (falls[0] ?? 0) / (logs[0] ?? 1);
    expect(scale).toBeGreaterThan(0);
    expect(falls.map((fall, i) => Math.abs(fall - scale * (logs[i] ?? 0)) < 0.2)).toEqual([true, true, true]);
  });

  it("[GO7] has pivot and stop at their prices, and the judges' base beside the law's", ({ expect }) => {
    const path = pathOf(svg);
    const [p, s] = [heightOf(svg, "P"), heightOf(svg, "S")];
    // The pivot is the last leg's high, the stop lies under its low.
    expect(p).toBeCloseTo(path[4]?.[1] ?? 0, 0);
    expect(s).toBeGreaterThan(path[5]?.[1] ?? Number.POSITIVE_INFINITY);
    expect(svg).toContain(`>P ${drawing?.pivot}<`);
    expect(svg).toContain(`>S ${drawing?.stop}<`);
    expect(svg).toContain(`>J ${judged?.pivot}<`);
    const dashed = /class="judges"><line x1="([\d.]+)"/.exec(svg)?.[1];
    expect(Math.abs(Number(dashed) - (path[0]?.[0] ?? 0))).toBeLessThan(30);
  });

  it("[GO7] shows 170 bars, and names what it is given as text", ({ expect }) => {
    expect(svg.match(/<rect x=/g)).toHaveLength(170);
    expect(svg).toContain(">T &amp; &lt;T&gt;<");
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("[GO7] what is not listed is faded, and a chart without a base has bars alone", ({ expect }) => {
    expect(chartSvg({ title: "", bars, drawing, faded: true, judged })).toContain(
      `class="law" opacity="0.4"`,
    );
    expect(svg).toContain(`class="law" opacity="1"`);
    const bare = chartSvg({ title: "", bars, drawing: null, faded: false, judged: null });
    expect(bare).not.toContain(`class="law"`);
    expect(bare).not.toContain("dasharray");
    expect(bare.match(/<rect x=/g)).toHaveLength(170);
  });
});

describe("a contact sheet", () => {
  it("[GO7] shows every chart once, under what the law and the judges call it", ({ expect }) => {
    const files = openSheet("shipped", MARKET, ENTRIES);
    const page = files.get("index.html") ?? "";
    expect([...files.keys()].toSorted()).toEqual([
      "900010-2025-06-13.svg",
      "900020-2025-06-13.svg",
      "900030-2025-06-13.svg",
      "index.html",
    ]);
    const headings = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading);
    expect(headings).toEqual([
      "Listed, yes or good (1)",
      "Not listed, yes or good (1)",
      "Not listed, not judged (1)",
    ]);
    expect(files.get("900010-2025-06-13.svg")).toMatch(
      /class="judges"><line.*dasharray.*class="law" opacity="1"/s,
    );
    expect(files.get("900030-2025-06-13.svg")).not.toMatch(/dasharray|class="law"/);
    expect(page).toContain("&lt;b&gt; &amp; more");
    expect(page.match(/<img /g)).toHaveLength(3);
  });

  it("[GO8] for fresh eyes has nothing of ticker, law, label or judge but in its key", ({ expect }) => {
    const files = blindSheet(MARKET, ENTRIES, 1);
    const shown = [...files].filter(([name]) => name !== "key.csv");
    const text = shown.flat().join("\n");
    expect(shown).toHaveLength(4);
    expect(text).not.toMatch(/9000[123]0|class="law"|dasharray|listed|shipped|good|2025-06-13/);
    expect(text.match(/RS \d+, template \d\/8/g)?.length).toBeGreaterThanOrEqual(3);
    const key = (files.get("key.csv") ?? "").trim().split("\n");
    expect(key[0]).toBe("id,ticker,as_of,listed");
    expect(
      key
        .slice(1)
        .map((row) => row.slice(5))
        .toSorted(),
    ).toEqual(["900010,2025-06-13,1", "900020,2025-06-13,0", "900030,2025-06-13,0"]);
    expect(key.slice(1).map((row) => row.slice(0, 4))).toEqual(["C001", "C002", "C003"]);
    const orders = [1, 2, 3, 4, 5].map((seed) => blindSheet(MARKET, ENTRIES, seed).get("key.csv"));
    expect(new Set(orders).size).toBeGreaterThan(1);
    expect(blindSheet(MARKET, ENTRIES, 1)).toEqual(files);
  });
});
