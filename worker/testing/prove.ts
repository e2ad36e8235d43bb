/**
 * `npm run prove -- grid | append | lookahead | mutations`: the proofs of the detector that are too big for `npm test`.
 * Each prints what it looked at and what it found; exit code 1 when a promise is broken.
 */
import { parseArgs } from "node:util";
import { proveAppend } from "./conformance/prove-append.ts";
import { proveGrid } from "./conformance/prove-grid.ts";
import { proveLookAhead } from "./conformance/prove-look-ahead.ts";
import { proveMutations } from "./conformance/prove-mutations.ts";

const USAGE = `npm run prove -- grid [--seeds 20]
npm run prove -- append [--steps 1000000]
npm run prove -- lookahead [--days 50]
npm run prove -- mutations [RULE ...]`;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function prove(): boolean {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seeds: { type: "string", default: "20" },
      steps: { type: "string", default: "1000000" },
      days: { type: "string", default: "50" },
    },
  });
  const [subject = ""] = positionals;
  switch (subject) {
    case "grid":
      return proveGrid(Number(values.seeds), say);
    case "append":
      return proveAppend(Number(values.steps), say);
    case "lookahead":
      return proveLookAhead(Number(values.days), say);
    case "mutations":
      return proveMutations(positionals.slice(1), say);
    default:
      say(USAGE);
      return false;
  }
}

process.exitCode = prove() ? 0 : 1;
