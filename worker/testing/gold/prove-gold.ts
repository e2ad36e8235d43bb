/** `npm run prove -- gold`: each law beside the judges of the labelled charts, and pictures of what it draws. */
import { existsSync, readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { CommandError } from "../../cli/terminal/command-error.ts";
import { loadMarket } from "../../cli/scan/load-market.ts";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { parseTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { exchangeOf } from "../../core/instrument/exchange-profile.ts";
import { type Ticker, tickerOf } from "../../core/nominal.ts";
import { blindSheet, openSheet, type SheetEntry } from "./contact-sheet.ts";
import { type Chart, type LabelledChart, readLabels } from "./labels.ts";
import { callsOf, precisionOf, recallOf } from "./agreement.ts";
import { FAMILIES } from "./laws.ts";
import type { Law, LawFamily } from "./law.ts";
import { GoldMarket } from "./market.ts";
import { readParamSets } from "./params-file.ts";
import { answerAll, disagreementLines, reportLines } from "./report.ts";

/** As they were typed. */
export interface GoldOptions {
  /** Holds `krx/` with the bars and `gold/` with the labels. */
  readonly data?: string | undefined;
  readonly labels: readonly string[];
  readonly params?: string | undefined;
  readonly law?: string | undefined;
  readonly draw?: string | undefined;
  readonly chart: readonly string[];
  readonly blind: boolean;
  readonly disagreements: boolean;
  /** Of the order of a blind sheet. */
  readonly seed: number;
}

const FIRST_LABELS = "labels.csv";
/** What the shipped law reaches on the first file at least; fewer charts decide nothing. */
const LEAST = { charts: 100, precision: 0.75, recall: 0.6 } as const;

type Print = (line: string) => void;

const DATA = join(projectRoot, "../shared/data");

/** Charts that were judged later by three people each who knew no rule, and how they were chosen. */
const LATER_LABELS = [
  {
    name: "labels-2.csv",
    about:
      "Other tickers and dates than the first file, drawn from what an earlier law listed (53) or narrowly did not (57); terms and limits were chosen on it too.",
  },
  {
    name: "labels-3.csv",
    about: "What the law listed before its last rules were added, 60 charts: no figure of it is a recall.",
  },
] as const;

/** Why there is nothing to prove on; `null` when there is. */
export function missingGold(data: string = DATA): string | null {
  const missing = ["krx/bars.csv.gz", "krx/instruments.csv", "krx/indices.csv", "gold"].filter(
    (name) => !existsSync(join(data, name)),
  );
  return missing.length === 0
    ? null
    : `no labelled charts of real bars (${missing.map((name) => join(data, name)).join(", ")}): they may not be published`;
}

export async function loadGold(data: string = DATA): Promise<GoldMarket> {
  const krx = (name: string): string => join(data, "krx", name);
  const [bars, instruments, indices] = ["bars.csv.gz", "instruments.csv", "indices.csv"].map((name) => [
    krx(name),
  ]);
  return new GoldMarket(
    await loadMarket({ bars: bars ?? [], instruments: instruments ?? [], indices: indices ?? [] }),
  );
}

/** One file of labels, by its name. */
export interface LabelFile {
  readonly file: string;
  /** How its charts were chosen, where that is known. */
  readonly about?: string;
  readonly charts: readonly LabelledChart[];
}

/** The named files, else every file of labels that lies there. */
export function goldLabels(named: readonly string[], data: string = DATA): readonly LabelFile[] {
  const folder = join(data, "gold");
  const paths =
    named.length > 0
      ? named
      : readdirSync(folder)
          .filter((name) => name.endsWith(".csv"))
          .toSorted()
          .map((name) => join(folder, name));
  if (paths.length === 0) {
    throw new CommandError(`${folder}: holds no file of labels (.csv)`);
  }
  return paths.map((path) => ({ file: basename(path), charts: readLabels(path) }));
}

/** The later files, where the bars are those that they are about. */
export function laterLabels(market: GoldMarket): readonly LabelFile[] {
  return LATER_LABELS.map(({ name, about }) => ({
    file: name,
    about,
    charts: readLabels(join(import.meta.dirname, name)),
  })).filter(({ charts }) => market.unknownOf(charts).length < charts.length);
}

/** The laws to compare; with a file of sets the choice among them, and each for itself, beside the filters. */
function familiesOf(params: string | undefined): readonly LawFamily[] {
  if (params === undefined) {
    return FAMILIES;
  }
  const sets = readParamSets(params);
  const each = sets.members.map((law): LawFamily => ({ name: law.name, members: [law] }));
  return [sets, ...each, ...FAMILIES.slice(1)];
}

function lawOf(families: readonly LawFamily[], name: string | undefined): Law {
  const family = name === undefined ? families[0] : families.find((one) => one.name === name);
  if (family === undefined) {
    throw new CommandError(
      `--law takes ${families.map((one) => `"${one.name}"`).join(", ")}, not "${name}"`,
      2,
    );
  }
  return family.members[0];
}

/** What `--chart` names; without a ticker all that the law lists on the day. */
interface ChartName {
  readonly text: string;
  readonly ticker: Ticker | null;
  readonly day: TradingDay;
}

/** `TICKER@DATE` or `@DATE`. */
function parseChartName(text: string): ChartName {
  const [code = "", date = "", ...rest] = text.split("@");
  const day = parseTradingDay(date);
  if (day === null || rest.length > 0 || (code !== "" && exchangeOf(code) === null)) {
    throw new CommandError(
      `--chart takes 005930@2025-03-14, or @2025-03-14 for all listed then, not "${text}"`,
      2,
    );
  }
  return { text, ticker: code === "" ? null : tickerOf(code), day };
}

function chartsNamed(market: GoldMarket, law: Law, { text, ticker, day }: ChartName): readonly Chart[] {
  if (ticker !== null) {
    return [{ ticker, day }];
  }
  if (!market.sessions.includes(day)) {
    throw new CommandError(`--chart ${text}: the bars have no session on that day`);
  }
  const all = Array.from(market.verdicts(day).keys(), (code): Chart => ({ ticker: tickerOf(code), day }));
  const traded = all.filter((chart) => market.unknownOf([chart]).length === 0);
  return law.find(market, traded).flatMap((finding, i) => {
    const chart = traded[i];
    return finding.listed && chart !== undefined ? [chart] : [];
  });
}

/** Pictures show bars that may not be published: a folder of the repository is refused. */
function pictureFolder(draw: string): string {
  const folder = resolve(draw);
  const inside = relative(projectRoot, folder);
  if (inside !== ".." && !inside.startsWith("../")) {
    throw new CommandError(
      `--draw ${draw}: lies in the repository, and the bars may not be published; take a folder outside`,
    );
  }
  return folder;
}

/** What is drawn, and where to; read before the market is, so that a wrong word costs nothing. */
interface Drawn {
  readonly folder: string;
  readonly names: readonly ChartName[];
  /** Of the order in which fresh eyes see the charts; `null` draws with law and labels. */
  readonly blindSeed: number | null;
}

function drawnOf({ draw, chart, blind, seed }: GoldOptions): Drawn | null {
  return draw === undefined
    ? null
    : { folder: pictureFolder(draw), names: chart.map(parseChartName), blindSeed: blind ? seed : null };
}

/** A chart that stands in two files of labels, or is named twice, is drawn once. */
function distinct(charts: readonly Chart[]): readonly Chart[] {
  return [...new Map(charts.map((chart) => [`${chart.ticker} ${chart.day}`, chart])).values()];
}

async function drawSheet(
  { folder, names, blindSeed }: Drawn,
  market: GoldMarket,
  law: Law,
  labelled: readonly LabelledChart[],
): Promise<string> {
  const charts = distinct(
    names.length === 0 ? labelled : names.flatMap((name) => chartsNamed(market, law, name)),
  );
  refuseUnknown(market, charts);
  const findings = law.find(market, charts);
  const entries = charts.flatMap((chart, i): readonly SheetEntry[] => {
    const finding = findings[i];
    const label = labelled.find(({ ticker, day }) => ticker === chart.ticker && day === chart.day) ?? null;
    return finding === undefined ? [] : [{ chart, labelled: label, finding }];
  });
  const files =
    blindSeed === null ? openSheet(law.name, market, entries) : blindSheet(market, entries, blindSeed);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) {
    await writeFile(join(folder, name), text);
  }
  return `${entries.length} charts drawn: ${join(folder, "index.html")}`;
}

function refuseUnknown(market: GoldMarket, charts: readonly Chart[]): void {
  const unknown = market.unknownOf(charts);
  if (unknown.length > 0) {
    throw new CommandError(
      `The bars have no row of ${unknown.slice(0, 5).join(", ")}${unknown.length > 5 ? " and others" : ""}`,
    );
  }
}

/** Prints the figures of every law on every file of labels, or draws the charts that are named. Skips, and states why, without data. */
export async function proveGold(options: GoldOptions, print: Print): Promise<void> {
  const missing = missingGold(options.data);
  if (missing !== null) {
    print(`skipped: ${missing}`);
    return;
  }
  const drawn = drawnOf(options);
  const families = familiesOf(options.params);
  const law = lawOf(families, options.law);
  const named = goldLabels(options.labels, options.data);
  const market = await loadGold(options.data);
  const files = options.labels.length > 0 ? named : [...named, ...laterLabels(market)];
  const labelled = files.flatMap(({ charts }) => charts);
  refuseUnknown(market, labelled);
  const missed: string[] = [];
  for (const { file, about, charts } of options.chart.length === 0 ? files : []) {
    const answered = answerAll(families, market, charts);
    const shown = answered.find(({ family }) => family.members[0] === law)?.members[0] ?? [];
    if (file === FIRST_LABELS && charts.length >= LEAST.charts) {
      const calls = callsOf(answered[0]?.members[0] ?? []);
      if ((precisionOf(calls) ?? 0) < LEAST.precision || (recallOf(calls) ?? 0) < LEAST.recall) {
        missed.push(file);
      }
    }
    const lines = reportLines(file, charts, answered, market);
    const more = options.disagreements ? disagreementLines(law.name, shown) : [];
    for (const text of [...(about === undefined ? [] : [about]), ...lines, ...more]) {
      print(text);
    }
  }
  if (missed.length > 0 && options.params === undefined) {
    throw new CommandError(
      `The shipped law lies below a precision of ${LEAST.precision} or a recall of ${LEAST.recall} on ${missed.join(", ")}`,
    );
  }
  if (drawn !== null) {
    print(await drawSheet(drawn, market, law, labelled));
  }
}
