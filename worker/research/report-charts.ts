/** The pictures of a study as SVG text: means with their intervals, one line a row. */
import type { StudyFigure, StudyReport } from "../protocol/rest/study-report.ts";
import { COHORT_NAMES } from "./claims.ts";

interface ScenarioRow {
  readonly label: string;
  readonly n: number;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const WIDTH = 720;
const LEFT = 250;
const RIGHT = 90;
const ROW = 24;
const TOP = 56;

/** Text inside an SVG. */
export function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function text(x: number, y: number, anchor: "start" | "middle" | "end", content: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

/** About six round steps over a span of fractions. */
function stepOf(span: number): number {
  const rough = span / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((each) => each * power >= rough) ?? 10) * power;
}

interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

function scaleOf(rows: readonly ScenarioRow[]): Scale {
  const values = rows.flatMap(({ mean, low, high }) => [mean, low, high]).filter((x) => x !== null);
  const [least, most] = [Math.min(-0.01, ...values), Math.max(0.01, ...values)];
  const step = stepOf(most - least);
  const [from, to] = [Math.floor(least / step), Math.ceil(most / step)];
  const width = WIDTH - LEFT - RIGHT;
  return {
    at: (value) => LEFT + (width * (value / step - from)) / (to - from),
    ticks: Array.from({ length: to - from + 1 }, (_, i) => (from + i) * step),
  };
}

function rowMarks(row: ScenarioRow, y: number, at: Scale["at"]): string {
  const label = text(LEFT - 10, y + 4, "end", row.label);
  if (row.mean === null) {
    return label + text(WIDTH - 6, y + 4, "end", `n = ${row.n}: none`);
  }
  const range =
    row.low === null || row.high === null
      ? ""
      : `<line x1="${at(row.low).toFixed(1)}" x2="${at(row.high).toFixed(1)}" y1="${y}" y2="${y}" stroke="#1f6feb" stroke-width="2"/>`;
  const dot = `<circle cx="${at(row.mean).toFixed(1)}" cy="${y}" r="4" fill="#1f6feb"/>`;
  return label + range + dot + text(WIDTH - 6, y + 4, "end", `n = ${row.n}`);
}

/** Fractions in, per cent on the axis. A row of too few cases has its n and no mark (EV3). */
export function chartOfIntervals(title: string, rows: readonly ScenarioRow[]): string {
  const { at, ticks } = scaleOf(rows);
  const bottom = TOP + rows.length * ROW;
  const grid = ticks
    .map((tick) => {
      const x = at(tick).toFixed(1);
      const zero = Math.abs(tick) < 1e-12;
      const line = `<line x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${bottom}" stroke="${zero ? "#444" : "#ddd"}"/>`;
      return line + text(at(tick), bottom + 18, "middle", `${Number((100 * tick).toFixed(6))} %`);
    })
    .join("");
  const marks = rows.map((row, i) => rowMarks(row, TOP + ROW * (i + 0.5), at)).join("");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 32}" width="${WIDTH}" height="${bottom + 32}" role="img" font-family="sans-serif" font-size="12" fill="#222">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<g font-weight="bold">${text(12, 24, "start", title)}</g>`,
    grid,
    marks,
    "</svg>\n",
  ].join("\n");
}

const HORIZONS = ["5", "10", "20", "60"] as const;

function rowOf(label: string, { n, mean, low, high }: StudyFigure): ScenarioRow {
  return { label, n, mean, low, high };
}

function byHorizon({ cohorts }: StudyReport): string {
  const rows = HORIZONS.flatMap((horizon) =>
    cohorts.flatMap(({ cohort, groups }) => {
      const figure = groups.find(({ by }) => by === "all")?.horizons[horizon]?.excess_universe;
      return figure ? [rowOf(`${horizon} · ${COHORT_NAMES[cohort]}`, figure)] : [];
    }),
  );
  return chartOfIntervals("Mean excess over the eligible universe after n sessions, 95 % by month", rows);
}

function byGroup({ cohorts }: StudyReport): string {
  const groups = cohorts.find(({ cohort }) => cohort === "signal_open")?.groups ?? [];
  const rows = groups.flatMap(({ by, key, horizons }) => {
    const figure = horizons["20"]?.excess_universe;
    return figure ? [rowOf(by === "all" ? "all signals" : `${by} ${key}`, figure)] : [];
  });
  return chartOfIntervals(
    "Signals bought at the next open: mean excess after 20 sessions, 95 % by month",
    rows,
  );
}

/** SVG text by file name. */
export function chartsOf(report: StudyReport): Readonly<Record<string, string>> {
  return { "excess-by-horizon.svg": byHorizon(report), "excess-by-group.svg": byGroup(report) };
}
