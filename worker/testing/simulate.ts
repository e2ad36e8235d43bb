/**
 * `npm run simulate -- [--seeds 10000] [--from 1] [--trace] [--mutants]`: the whole path of the sockets under delay, loss,
 * doubling, crashes, sleep, deploys and switches, one world a seed. A seed that breaks a promise is printed with how to
 * replay it. With `--mutants` each safeguard is taken out in turn, and a mutant that no seed notices is a failure.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { MUTANTS } from "./wire/mutants.ts";
import { runSeed } from "./wire/run-seed.ts";

/** Enough of what went wrong to begin with. */
const SHOWN = 4;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "10000" },
    from: { type: "string", default: "1" },
    trace: { type: "boolean", default: false },
    mutants: { type: "boolean", default: false },
  },
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Stops at the first seed that breaks a promise. */
async function simulate(from: number, seeds: number): Promise<boolean> {
  const began = process.cpuUsage();
  let [applied, sockets] = [0, 0];
  for (let seed = from; seed < from + seeds; seed++) {
    const result = await runSeed(seed, values.trace ? say : null);
    applied += result.applied;
    sockets += result.sockets;
    if (result.problems.length > 0) {
      say(`seed ${seed} broke: ${result.problems.slice(0, SHOWN).join("\n  ")}`);
      say(`replay: npm run simulate -- --from ${seed} --seeds 1 --trace`);
      return false;
    }
  }
  const { user, system } = process.cpuUsage(began);
  const seconds = ((user + system) / 1e6).toFixed(1);
  say(
    `${seeds} seeds kept every promise: ${applied} messages applied on ${sockets} sockets, ${seconds} s of CPU`,
  );
  return true;
}

/** One process a mutant, because a module is loaded once. */
function findMutant(name: string): boolean {
  const { execArgv, execPath } = process;
  const args = [...execArgv, fileURLToPath(import.meta.url), "--from", values.from, "--seeds", values.seeds];
  const { status, stdout } = spawnSync(execPath, args, {
    env: { ...process.env, MUTANT: name },
    encoding: "utf8",
  });
  const [first = "nothing was said"] = stdout.split("\n");
  say(`${status === 1 && first.startsWith("seed") ? "noticed " : "SURVIVED"} ${name}\n           ${first}`);
  return status === 1 && first.startsWith("seed");
}

const isGood = values.mutants
  ? MUTANTS.filter(({ name }) => !findMutant(name)).length === 0
  : await simulate(Number(values.from), Number(values.seeds));
process.exitCode = isGood ? 0 : 1;
