/**
 * `npm run prove -- grid | append | lookahead | mutations`: the proofs of the detector that are too big for `npm test`.
 * Each prints what it looked at and what it found; exit code 1 when a promise is broken.
 */
import { parseArgs } from "node:util";
import { proveGrid } from "./conformance/prove-grid.ts";

const USAGE = "npm run prove -- grid [--seeds 20]";

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function prove(): boolean {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seeds: { type: "string", default: "20" } },
  });
  const [subject = ""] = positionals;
  if (subject === "grid") {
    return proveGrid(Number(values.seeds), say);
  }
  say(USAGE);
  return false;
}

process.exitCode = prove() ? 0 : 1;
