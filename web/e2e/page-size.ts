/**
 * What a reader's browser fetches of the built page, in gzipped bytes: every script that a cold dashboard loads until its rows are
 * drawn, what a long list and a chart bring besides, and the styles.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Bytes. The chart's library alone is 53 kB of its chunk. */
export const BUDGETS = {
  dashboard: 60_000,
  list: 15_000,
  chart: 62_000,
  styles: 12_000,
} as const;

export type Sizes = Readonly<Record<keyof typeof BUDGETS, number>>;

/** `import"./a.js"` and `from"./a.js"`; what is imported by a call comes later. */
const STATIC = /(?:from|import)\s*"\.\/([^"]+\.js)"/gu;

/** The file and everything it imports at once. */
function closureOf(folder: string, file: string, seen: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  if (seen.has(file)) {
    return seen;
  }
  const code = readFileSync(join(folder, file), "utf8");
  let all: ReadonlySet<string> = new Set([...seen, file]);
  for (const [, next = ""] of code.matchAll(STATIC)) {
    all = closureOf(folder, next, all);
  }
  return all;
}

/** The entry of the page with all that it imports at once, by file. */
function entryOf(folder: string): ReadonlySet<string> {
  const entry = /assets\/([^"]+\.js)/u.exec(readFileSync(join(folder, "index.html"), "utf8"))?.[1] ?? "";
  return closureOf(join(folder, "assets"), entry);
}

/** `ko-` and a hash; `ko-legend-` and its like load later. */
const LANGUAGE = /^(?:ko|en)-[\w-]{8}\.js$/u;

/** Both forms of the list and the chips over it, beside the first answer. */
const ROWS = /^list-rows-[\w-]{8}\.js$/u;

/** By name, without the folder: what a cold dashboard in one language loads until its rows are drawn. */
export function firstScripts(folder: string, language: "ko" | "en"): ReadonlySet<string> {
  const assets = join(folder, "assets");
  const apart = readdirSync(assets).filter(
    (name) => (LANGUAGE.test(name) && name.startsWith(language)) || ROWS.test(name),
  );
  return new Set([...entryOf(folder), ...apart.flatMap((name) => [...closureOf(assets, name)])]);
}

/** The code that the dashboard loads, with both languages. */
export function dashboardCode(folder: string): string {
  const files = new Set([...firstScripts(folder, "ko"), ...firstScripts(folder, "en")]);
  return [...files].map((name) => readFileSync(join(folder, "assets", name), "utf8")).join("\n");
}

/** The code of the parts that load with whatever names a rule. */
export function ruleTexts(folder: string): string {
  const assets = join(folder, "assets");
  const names = readdirSync(assets).filter((name) => /^rule-copy-.*\.js$/u.test(name));
  return names.map((name) => readFileSync(join(assets, name), "utf8")).join("\n");
}

/** `folder` is the build's output. The dashboard is that of the larger language. */
export function pageSizes(folder: string): Sizes {
  const assets = join(folder, "assets");
  const names = readdirSync(assets);
  const size = (name: string): number => gzipSync(readFileSync(join(assets, name))).length;
  const dashboard = entryOf(folder);
  const sizeOf = (files: Iterable<string>): number => [...files].reduce((sum, name) => sum + size(name), 0);
  const beside = (test: RegExp): readonly number[] =>
    names
      .filter((name) => test.test(name))
      .map((name) => sizeOf([...closureOf(assets, name)].filter((file) => !dashboard.has(file))));
  return {
    dashboard: Math.max(...(["ko", "en"] as const).map((language) => sizeOf(firstScripts(folder, language)))),
    list: Math.max(...beside(/^create-virtual-rows-.*\.js$/u)),
    chart: Math.max(...beside(/^vcp-chart-.*\.js$/u)),
    styles: sizeOf(names.filter((name) => name.endsWith(".css"))),
  };
}
