/**
 * `npm run bench:growth`: sessions of a small demo market on the shipped objects inside workerd, without pauses between them,
 * and what every store holds after each month. Exit code 1 when anything still grows after the window. Not part of `npm test`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { readArgs, readCount } from "../cli/terminal/command-args.ts";
import { CommandError, runCommand } from "../cli/terminal/command-error.ts";
import { machineLine } from "../testing/load/process-figures.ts";
import { startWorker } from "../testing/stage/real-worker.ts";
import { waitUntil } from "../testing/stage/wait-until.ts";
import { ask } from "./measure.ts";

const USAGE = "npm run bench:growth -- [--sessions 630] [--keep 360]";
const OPTIONS = {
  sessions: { type: "string", default: "630" },
  /** `DEMO_RECORD_SESSIONS` of the Worker. */
  keep: { type: "string", default: "360" },
} as const;

const MONTH = 21;
/** What a store may grow by after the window: its content changes from month to month. */
const SLACK = 1.2;
const BYTES = ["d1", "book", "feed", "topics"] as const;
const ROWS = ["signal", "signal_event", "outcome", "scan_run", "market_gate", "outbox"] as const;

const Sizes = v.record(v.string(), v.number());
type Sizes = v.InferOutput<typeof Sizes>;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const cell = (text: string): string => text.padStart(13);

const HEAD = ["month".padStart(5), ...BYTES.map((name) => cell(`${name} MiB`)), ...ROWS.map(cell)].join("");

function lineOf(month: number, sizes: Sizes): string {
  const bytes = BYTES.map((name) => cell(((sizes[name] ?? 0) / 2 ** 20).toFixed(2)));
  const rows = ROWS.map((name) => cell(String(sizes[name] ?? 0)));
  return [String(month).padStart(5), ...bytes, ...rows].join("");
}

/** The stores and tables that hold more in the second half of the months after the window than in the first. */
function growing(months: readonly Sizes[], keep: number): readonly string[] {
  const after = months.slice(Math.ceil(keep / MONTH) + 1);
  const half = Math.floor(after.length / 2);
  const most = (part: readonly Sizes[], name: string): number =>
    Math.max(...part.map((sizes) => sizes[name] ?? 0));
  return [...BYTES, ...ROWS].filter(
    (name) => most(after.slice(half), name) > SLACK * most(after.slice(0, half), name),
  );
}

await runCommand(async () => {
  const { values } = readArgs(process.argv.slice(2), OPTIONS, USAGE);
  const sessions = readCount("--sessions", values.sessions, USAGE);
  const keep = readCount("--keep", values.keep, USAGE);
  const stateDir = await mkdtemp(join(tmpdir(), "vcp-growth-"));
  const worker = await startWorker({
    stateDir,
    entry: "worker/bench/growth-worker.ts",
    // Without it wrangler takes the one beside the entry.
    config: "wrangler.toml",
    vars: { DEMO_RECORD_SESSIONS: String(keep), DEMO_SESSION_S: "86400" },
  });
  try {
    const live = async (count: number): Promise<Sizes> =>
      v.parse(Sizes, JSON.parse((await ask(worker, `/api/growth?sessions=${count}`)).answer));
    await waitUntil(async () => ((await live(0))["scan_run"] ?? 0) > 0, "the demo's past is there", 120_000);
    print(`${sessions} sessions, the record of the last ${keep} is kept; ${machineLine()}`);
    print(HEAD);
    const months: Sizes[] = [];
    for (let done = 0; done < sessions; done += MONTH) {
      const sizes = await live(Math.min(MONTH, sessions - done));
      months.push(sizes);
      print(lineOf(months.length, sizes));
    }
    if (months.length < Math.ceil(keep / MONTH) + 5) {
      throw new CommandError("Too few sessions: nothing can be stated of the months after the window.");
    }
    const grown = growing(months, keep);
    if (grown.length > 0) {
      throw new CommandError(`Still growing after the window: ${grown.join(", ")}`);
    }
    print("Nothing grows after the window.");
  } finally {
    await worker.stop();
    await rm(stateDir, { recursive: true, force: true });
  }
});
