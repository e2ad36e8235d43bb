/**
 * `npm run replay`: every signal of real and of simulated sessions is lived through twice, with prices and with bars
 * alone, and held against the rules; then prints what the lists looked like. Exit code 1 when a promise was broken.
 */
import { existsSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { readArgs, readCount, usageError } from "../../cli/terminal/command-args.ts";
import { CommandError, runCommand } from "../../cli/terminal/command-error.ts";
import { withActions } from "./replay-actions.ts";
import { figuresOf, type ReplayFigures } from "./replay-figures.ts";
import type { ReplayMarket } from "./replay-market.ts";
import { replay } from "./replay-run.ts";
import { demoMarket, krxMarket } from "./replay-sources.ts";

const USAGE =
  "npm run replay -- [--krx FOLDER] [--sessions 310] [--demo 250] [--shares 2700] [--seed 1] [--figures 100] [--notices]";

const OPTIONS = {
  krx: { type: "string" },
  /** Last sessions of the real bars to live through; 0 leaves the real bars out. */
  sessions: { type: "string", default: "310" },
  /** Sessions of the demo after its history; 0 leaves the demo out. */
  demo: { type: "string", default: "250" },
  shares: { type: "string", default: "2700" },
  seed: { type: "string", default: "1" },
  /** The figures are those of so many last sessions. */
  figures: { type: "string", default: "100" },
  /** Notices of the instruments file, which were in force on its own day only. */
  notices: { type: "boolean", default: false },
} as const;

const KRX = "../shared/data/krx";

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function spread({ least, median, most, mean }: ReplayFigures["names"]): string {
  return `${least} / ${median} / ${most} (mean ${mean.toFixed(1)})`;
}

function list(of: ReadonlyMap<string, number>): string {
  return Array.from(of, ([name, count]) => `${name} ${count}`).join(", ") || "none";
}

function printFigures({ names, waiting, survival, ends, grades, ...x }: ReplayFigures): void {
  print(`  the last ${x.sessions} sessions`);
  print(`  names a day, least / median / most: ${spread(names)}; before the trigger ${spread(waiting)}`);
  print(
    `  survival of ids: ${survival.all.toFixed(3)} a day, ${survival.unended.toFixed(3)} without ends by price or time, ${survival.graded.toFixed(3)} of grade C or better (${survival.pairs} pairs)`,
  );
  print(
    `  ids ${x.ids}, born a day ${x.birthsADay.toFixed(2)}, triggered ${x.triggered}, revised ${x.revisions}, reopened ${x.reopenings}, rebased ${x.rebased}`,
  );
  print(`  ends: ${list(ends)}`);
  print(`  grades of listed days: ${list(grades)}`);
}

async function lived(name: string, market: ReplayMarket, sessions: number, figures: number): Promise<number> {
  const from = performance.now();
  const { days, seen, faults } = await replay(market, sessions);
  const { stored, history } = seen.ledger;
  const seconds = ((performance.now() - from) / 1_000).toFixed(0);
  print(
    `${name}: ${days.length} sessions, ${stored.length} signals, ${history.length} steps, ${faults.length} faults (${seconds} s)`,
  );
  faults.slice(0, 20).forEach((fault) => {
    print(`  ${fault}`);
  });
  printFigures(figuresOf(days.slice(-figures), history));
  return faults.length;
}

async function main(): Promise<void> {
  const { values } = readArgs(process.argv.slice(2), OPTIONS, USAGE);
  const count = (name: "sessions" | "demo" | "seed" | "shares" | "figures"): number =>
    readCount(`--${name}`, values[name], USAGE);
  const [sessions, demo, seed] = [count("sessions"), count("demo"), count("seed")];
  const [shares, figures] = [count("shares"), count("figures")];
  const folder = values.krx ?? KRX;
  if (values.krx !== undefined && !existsSync(values.krx)) {
    throw new CommandError(`${values.krx}: no such folder`);
  }
  let [worlds, faults] = [0, 0];
  if (sessions > 0 && existsSync(folder)) {
    worlds += 1;
    faults += await lived("KRX", await krxMarket(folder, values.notices), sessions, figures);
  } else {
    print(`KRX: left out (${sessions > 0 ? `no bars in ${folder}` : "no sessions asked for"})`);
  }
  if (demo > 0) {
    worlds += 1;
    const market = demoMarket({ seed, shares, history: 400, sessions: demo, ticks: 26 });
    const [day] = market.sessions.slice(-Math.ceil(demo / 2));
    // Its own splits are few; half-way every tenth share is exchanged, one new for two old.
    faults += await lived(
      "DEMO",
      day === undefined ? market : withActions(market, day, 2, 10),
      demo,
      figures,
    );
  }
  if (worlds === 0) {
    throw usageError("Nothing was lived through", USAGE);
  }
  process.exitCode = faults === 0 ? 0 : 1;
}

await runCommand(main);
