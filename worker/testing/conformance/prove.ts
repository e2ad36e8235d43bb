/**
 * `npm run prove -- grid | append | lookahead | mutations | gold | list`: the proofs of the detector that are too big for `npm test`.
 * Each prints what it looked at and what it found; exit code 1 when a promise is broken.
 */
import { readArgs, readCount, usageError } from "../../cli/terminal/command-args.ts";
import { runCommand } from "../../cli/terminal/command-error.ts";
import { type GoldOptions, proveGold } from "../gold/prove-gold.ts";
import { proveList } from "../list-quality/prove-list.ts";
import { proveAppend } from "./prove-append.ts";
import { proveGrid } from "./prove-grid.ts";
import { proveLookAhead } from "./prove-look-ahead.ts";
import { proveMutations } from "./prove-mutations.ts";

const USAGE = `npm run prove -- grid [--seeds 20] [--from 1]
npm run prove -- append [--steps 1000000] [--from 1]
npm run prove -- lookahead [--days 50] [--from 1]
npm run prove -- mutations [RULE ...]
npm run prove -- gold [--labels FILE ...] [--params SETS.json] [--law NAME] [--disagreements]
                      [--draw DIR [--chart TICKER@DATE | @DATE ...] [--blind [--from 1]]] [--data DIR]
npm run prove -- list [--data DIR]`;

type GoldValues = Omit<GoldOptions, "labels" | "chart" | "seed"> & {
  readonly labels?: readonly string[];
  readonly chart?: readonly string[];
};

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const OPTIONS = {
  seeds: { type: "string", default: "20" },
  steps: { type: "string", default: "1000000" },
  days: { type: "string", default: "50" },
  /** The first seed of whatever is drawn. */
  from: { type: "string", default: "1" },
  data: { type: "string" },
  labels: { type: "string", multiple: true },
  params: { type: "string" },
  law: { type: "string" },
  draw: { type: "string" },
  chart: { type: "string", multiple: true },
  blind: { type: "boolean", default: false },
  disagreements: { type: "boolean", default: false },
} as const;

/** An option of 0 would prove nothing and pass. */
function atLeastOne(option: string, text: string): number {
  const count = readCount(option, text, USAGE);
  if (count === 0) {
    throw usageError(`${option} must be at least 1`, USAGE);
  }
  return count;
}

/** What is drawn needs a folder, which is asked for before the market is read. */
function goldOptions(values: GoldValues, seed: number): GoldOptions {
  const { labels = [], chart = [], blind, draw } = values;
  if (draw === undefined && (chart.length > 0 || blind)) {
    throw usageError("--chart and --blind need --draw DIR", USAGE);
  }
  return { ...values, labels, chart, seed };
}

/** Whether all that was promised held. */
async function prove(): Promise<boolean> {
  const { values, positionals } = readArgs(process.argv.slice(2), OPTIONS, USAGE);
  const [subject = ""] = positionals;
  const from = atLeastOne("--from", values.from);
  switch (subject) {
    case "grid":
      return proveGrid(atLeastOne("--seeds", values.seeds), from, print);
    case "append":
      return proveAppend(atLeastOne("--steps", values.steps), from, print);
    case "lookahead":
      return proveLookAhead(atLeastOne("--days", values.days), from, print);
    case "mutations":
      return proveMutations(positionals.slice(1), print);
    case "gold":
      await proveGold(goldOptions(values, from), print);
      return true;
    case "list":
      return proveList(values.data, print);
    default:
      throw usageError(`No proof is called "${subject}"`, USAGE);
  }
}

await runCommand(async () => {
  process.exitCode = (await prove()) ? 0 : 1;
});
