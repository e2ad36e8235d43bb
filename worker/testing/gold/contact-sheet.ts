/** All charts of one look as files: an SVG each, and a page that shows them side by side under what a law and the judges called them. */
import { makeChance } from "../../core/outcome/chance.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { escaped } from "../../research/report-charts.ts";
import { chartSvg } from "./chart-svg.ts";
import { type Chart, isPositive, type LabelledChart } from "./labels.ts";
import type { Finding } from "./law.ts";
import type { GoldMarket } from "./market.ts";

/** A chart to be drawn; without a label nobody has judged it yet. */
export interface SheetEntry {
  readonly chart: Chart;
  readonly labelled: LabelledChart | null;
  readonly finding: Finding;
}

/** Text by file name. */
export type SheetFiles = ReadonlyMap<string, string>;

const GROUPS: readonly (readonly [title: string, belongs: (entry: SheetEntry) => boolean])[] = [
  [
    "Listed, yes or good",
    ({ labelled, finding }) => finding.listed && labelled !== null && isPositive(labelled),
  ],
  [
    "Listed, weak or no",
    ({ labelled, finding }) => finding.listed && labelled !== null && !isPositive(labelled),
  ],
  [
    "Not listed, yes or good",
    ({ labelled, finding }) => !finding.listed && labelled !== null && isPositive(labelled),
  ],
  [
    "Not listed, weak or no",
    ({ labelled, finding }) => !finding.listed && labelled !== null && !isPositive(labelled),
  ],
  ["Listed, not judged", ({ labelled, finding }) => finding.listed && labelled === null],
  ["Not listed, not judged", ({ labelled, finding }) => !finding.listed && labelled === null],
];

const STYLE = `body{font:14px sans-serif;margin:16px;color:#111;background:#fff}main{display:grid;grid-template-columns:repeat(auto-fill,minmax(440px,1fr));gap:12px}figure{margin:0;border:1px solid #d5dae1;padding:6px}img{width:100%;height:auto}figcaption{font-size:12px}`;

function page(title: string, body: string): string {
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${escaped(title)}</title>\n<style>${STYLE}</style>\n<h1>${escaped(title)}</h1>\n${body}\n</html>\n`;
}

function figure(file: string, caption: string): string {
  return `<figure><a href="${file}"><img loading="lazy" src="${file}" alt=""></a><figcaption>${escaped(caption)}</figcaption></figure>`;
}

/** Relative strength and template, which the judges were shown beside the chart. */
function standing(market: GoldMarket, { ticker, day }: Chart): string {
  const verdict = market.verdicts(day).get(ticker);
  return `RS ${verdict?.rs ?? "none"}, template ${verdict?.passed ?? 0}/8`;
}

function captionOf({ labelled, finding }: SheetEntry): string {
  const law = finding.listed
    ? `listed ${finding.state ?? ""}`.trimEnd()
    : `not listed: ${finding.unmet ?? ""}`;
  return labelled === null ? law : `${labelled.label} ${labelled.votes} (${labelled.why}) | ${law}`;
}

/** Every chart with what the law drew and what the judges drew; `index.html` groups them by whether the two agree. */
export function openSheet(law: string, market: GoldMarket, entries: readonly SheetEntry[]): SheetFiles {
  const files = new Map<string, string>();
  const sections: string[] = [];
  for (const [title, belongs] of GROUPS) {
    const group = entries.filter(belongs);
    const figures = group.map((entry) => {
      const { chart, finding, labelled } = entry;
      const name = `${chart.ticker} ${formatTradingDay(chart.day)}`;
      const file = `${name.replace(" ", "-")}.svg`;
      const picture = { drawing: finding.drawing, faded: !finding.listed, judged: labelled?.base ?? null };
      const heading = `${name}  ${standing(market, chart)}`;
      files.set(file, chartSvg({ title: heading, bars: market.barsOf(chart), ...picture }));
      return figure(file, `${name}: ${captionOf(entry)}`);
    });
    if (figures.length > 0) {
      sections.push(`<h2>${title} (${figures.length})</h2>\n<main>\n${figures.join("\n")}\n</main>`);
    }
  }
  files.set("index.html", page(`${law}: ${entries.length} charts`, sections.join("\n")));
  return files;
}

/**
 * The same charts for fresh eyes: numbered in a seeded order, with nothing of any law or judge, nor the ticker.
 * `key.csv` states which is which and is not for those who judge.
 */
export function blindSheet(market: GoldMarket, entries: readonly SheetEntry[], seed: number): SheetFiles {
  const random = makeChance(seed);
  const order = entries.map((entry) => ({ entry, place: random() })).toSorted((a, b) => a.place - b.place);
  const files = new Map<string, string>();
  const key = ["id,ticker,as_of,listed"];
  const figures = order.map(({ entry: { chart, finding } }, i) => {
    const id = `C${String(i + 1).padStart(3, "0")}`;
    const bare = { drawing: null, faded: false, judged: null };
    const title = `${id}  ${standing(market, chart)}`;
    files.set(`${id}.svg`, chartSvg({ title, bars: market.barsOf(chart), ...bare }));
    key.push([id, chart.ticker, formatTradingDay(chart.day), finding.listed ? "1" : "0"].join(","));
    return figure(`${id}.svg`, id);
  });
  files.set("index.html", page(`${entries.length} charts`, `<main>\n${figures.join("\n")}\n</main>`));
  files.set("key.csv", `${key.join("\n")}\n`);
  return files;
}
