/** `npm run prove -- list`: what the product would have listed on every past evening of real bars, and what it must never have listed. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../cli/terminal/command-error.ts";
import { type LoadedMarket, loadMarket } from "../../cli/scan/load-market.ts";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { type Params, PARAMS } from "../../core/params.ts";
import { FORM_RULES, type FormRuleId } from "../../core/vcp/form-rules.ts";
import { quantile } from "../load/quantile.ts";
import { type Count, FLICKER, ListFigures, spreadOf, TRADED_THROUGH } from "./list-figures.ts";
import { listedDays } from "./listed-days.ts";

type Print = (line: string) => void;

const DATA = join(projectRoot, "../shared/data");
/** Fewer say nothing about flicker. */
const LEAST_PAIRS = 1_000;
const LEAST_SURVIVAL = 0.85;
/** Cases of a count that are named. */
const NAMED = 12;

/** Returns whether every count that must be 0 is, on enough pairs, and ids survive. `data` holds `krx/`. */
export async function proveList(data: string | undefined, print: Print): Promise<boolean> {
  const folder = join(data ?? DATA, "krx");
  if (!existsSync(join(folder, "bars.csv.gz"))) {
    if (data !== undefined) {
      throw new CommandError(`${folder}/bars.csv.gz: no such file`);
    }
    print(`skipped: no real bars in ${folder}`);
    return true;
  }
  const [bars, instruments, indices] = ["bars.csv.gz", "instruments.csv", "indices.csv"].map((name) =>
    join(folder, name),
  );
  const market = await loadMarket({
    bars: [bars ?? ""],
    instruments: [instruments ?? ""],
    indices: [indices ?? ""],
  });
  const figures = figuresOf(market, PARAMS);
  print("With every rule:");
  printFigures(figures, print);
  const wider = figuresOf(market, withoutQuality(PARAMS));
  print(`By ${READ_BY.join(", ")} alone, for more pairs of evenings:`);
  print(`  pairs of evenings of one share: ${wider.pairs} (at least ${LEAST_PAIRS} in all)`);
  printCounts(lifeCountsOf(wider), print);
  const held = isHeld(figures, wider);
  print(held ? "held" : "not held");
  return held;
}

function figuresOf(market: LoadedMarket, params: Params): ListFigures {
  const figures = new ListFigures();
  for (const day of listedDays(market, params)) {
    figures.add(day);
  }
  return figures;
}

/** What a base is at all: without them there is nothing to read from one evening to the next. */
const READ_BY: readonly FormRuleId[] = ["BS1", "CT1", "PV2"];

/** Bases are read alike whatever else is asked of them: without those rules many more are listed, good and bad. */
export function withoutQuality(params: Params): Params {
  const open = FORM_RULES.filter(({ id }) => !READ_BY.includes(id)).map(({ id, side }) => {
    const never = side === "atLeast" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return [id, { limit: never, keep: never }] as const;
  });
  return { ...params, form: { ...params.form, ...Object.fromEntries(open) } };
}

/** Those that no rule of quality is there for. */
function lifeCountsOf({ counts }: ListFigures): readonly Count[] {
  return counts.filter(({ what }) => what === TRADED_THROUGH || what === FLICKER);
}

/** No count is above 0, on enough pairs, and ids of the product's own list survive. */
export function isHeld(figures: ListFigures, wider: ListFigures): boolean {
  const counts = [...figures.counts, ...lifeCountsOf(wider)];
  return (
    counts.every(({ seen }) => seen.length === 0) &&
    figures.pairs + wider.pairs >= LEAST_PAIRS &&
    figures.survived >= LEAST_SURVIVAL * figures.waiting
  );
}

function printFigures(x: ListFigures, print: Print): void {
  const listings = x.names.reduce((sum, n) => sum + n, 0);
  print(`  ${x.days} evenings with a relative strength, ${listings} listings, by ${PARAMS.version}`);
  print(
    `  names a day, least / median / most: ${extremesOf(x.names)}; by a first scan alone ${extremesOf(x.fresh)}`,
  );
  for (const [name, samples] of x.samples) {
    print(`  ${name}, 10 / 50 / 90 %: ${spreadOf(samples, /%/u.test(name) ? 1 : 0)}`);
  }
  print(`  states: ${listOf(x.states)}`);
  print(`  ends: ${listOf(x.endedBy)}`);
  print(`  missed by: ${listOf(x.missedBy)}`);
  const survival = (x.survived / x.waiting).toFixed(3);
  print(
    `  an id before its trigger or listed is open on the next evening: ${survival} of ${x.waiting} (at least ${LEAST_SURVIVAL})`,
  );
  print(
    `  a listed id is listed on the next evening: ${(x.relisted / x.listings).toFixed(3)} of ${x.listings}`,
  );
  print(`  pairs of evenings of one share: ${x.pairs} (at least ${LEAST_PAIRS} in all)`);
  printCounts(x.counts, print);
}

function printCounts(counts: readonly Count[], print: Print): void {
  for (const { what, seen } of counts) {
    const more = seen.length > NAMED ? ` and ${seen.length - NAMED} more` : "";
    const named = seen.length === 0 ? "" : `: ${seen.slice(0, NAMED).join(", ")}${more}`;
    print(`  ${seen.length} x ${what}${named}`);
  }
}

function extremesOf(samples: readonly number[]): string {
  return [0, 0.5, 1].map((share) => quantile(samples, share)).join(" / ");
}

/** The most frequent first. */
function listOf(counts: ReadonlyMap<string, number>): string {
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, n]) => `${name} ${n} (${((100 * n) / total).toFixed(0)} %)`)
    .join(", ");
}
