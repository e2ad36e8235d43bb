/**
 * `npm run prove -- grid | append | lookahead | mutations`: the proofs of the detector that are too big for `npm test`.
 * Each prints what it looked at and what it found; exit code 1 when a promise is broken.
 */
import { readArgs, readCount, usageError } from "../../cli/terminal/command-args.ts";
import { runCommand } from "../../cli/terminal/command-error.ts";
import { proveAppend } from "./prove-append.ts";
import { proveGrid } from "./prove-grid.ts";
import { proveLookAhead } from "./prove-look-ahead.ts";
import { proveMutations } from "./prove-mutations.ts";

const USAGE = `npm run prove -- grid [--seeds 20] [--from 1]
npm run prove -- append [--steps 1000000] [--from 1]
npm run prove -- lookahead [--days 50] [--from 1]
npm run prove -- mutations [RULE ...]`;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const OPTIONS = {
  seeds: { type: "string", default: "20" },
  steps: { type: "string", default: "1000000" },
  days: { type: "string", default: "50" },
  /** The first seed of whatever is drawn. */
  from: { type: "string", default: "1" },
} as const;

/** An option of 0 would prove nothing and pass. */
function atLeastOne(option: string, text: string): number {
  const count = readCount(option, text, USAGE);
  if (count === 0) {
    throw usageError(`${option} must be at least 1`, USAGE);
  }
  return count;
}

function prove(): boolean {
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
    default:
      throw usageError(`No proof is called "${subject}"`, USAGE);
  }
}

await runCommand(() => {
  process.exitCode = prove() ? 0 : 1;
  return Promise.resolve();
});
