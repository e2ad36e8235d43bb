/**
 * `npm run bench:heap`: the largest size of the Worker's isolate, heap and array buffers, garbage included, during the heaviest
 * work of each object, and the CPU that the work takes. V8 gets a heap of 100 MB and reports the size at every collection,
 * so no peak lies between two samples. Exit code 1 when a row exceeds 100 MB. Not part of `npm test`.
 */
import { readArgs } from "../../cli/terminal/command-args.ts";
import { CommandError, runCommand } from "../../cli/terminal/command-error.ts";
import { machineLine } from "../../testing/load/process-figures.ts";
import { bookRows } from "./book-rows.ts";
import { dayRows } from "./day-rows.ts";
import { gatewayRows } from "./gateway-rows.ts";
import type { Footprint } from "./isolate.ts";

/** Cloudflare gives an isolate 128 MB, and several objects of a class may share one. */
const LIMIT_MB = 100;
const MEGABYTE = 1e6;

const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(1).padStart(9);

function lineOf(what: string, { peak, external, kept, cpuMs, collections }: Footprint): string {
  if (collections === 0) {
    return `${what.padEnd(93)}${cpuMs.toFixed(0).padStart(9)}`;
  }
  const isKept = peak <= LIMIT_MB * MEGABYTE;
  const cpu = cpuMs.toFixed(0).padStart(9);
  return `${what.padEnd(66)}${megabytes(peak)}${megabytes(external)}${megabytes(kept)}${cpu}  ${isKept ? "kept" : "EXCEEDED"}`;
}

const HEAD = `${"work".padEnd(66)}${"peak MB".padStart(9)}${"buffers".padStart(9)}${"reached".padStart(9)}${"CPU ms".padStart(9)}  limit ${LIMIT_MB}`;

const USAGE = "npm run bench:heap -- [--only book|days|gateway]";
const ROWS = { book: bookRows, days: dayRows, gateway: gatewayRows } as const;

await runCommand(async () => {
  const { only } = readArgs(process.argv.slice(2), { only: { type: "string" } }, USAGE).values;
  if (only !== undefined && !Object.hasOwn(ROWS, only)) {
    throw new CommandError(`There are no rows named ${only}. ${USAGE}`);
  }
  process.stdout.write(`${machineLine()}\n${HEAD}\n`);
  const exceeded: string[] = [];
  const note = (what: string, footprint: Footprint): void => {
    process.stdout.write(`${lineOf(what, footprint)}\n`);
    if (footprint.peak > LIMIT_MB * MEGABYTE) {
      exceeded.push(what);
    }
  };
  for (const [name, rows] of Object.entries(ROWS)) {
    if (only === undefined || only === name) {
      await rows(note);
    }
  }
  if (exceeded.length > 0) {
    throw new CommandError(`More than ${LIMIT_MB} MB: ${exceeded.join("; ")}`);
  }
});
