/**
 * `npm run simulate -- [--seeds 10000] [--from 1] [--lanes N] [--trace] [--mutants]`: the whole path of the sockets under delay, loss,
 * doubling, crashes, sleep, deploys and switches, one world a seed. A seed that breaks a promise is printed with how to
 * replay it. The seeds are shared out among as many processes as there are cores. With `--mutants` each safeguard is taken out in
 * turn, and a mutant that no seed notices is a failure.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { MUTANTS } from "./wire/mutants.ts";
import { runSeed } from "./wire/run-seed.ts";

/** Starting a process for fewer seeds costs more than it saves. */
const SEEDS_A_LANE = 500;
/** How many broken promises of a seed are printed. */
const SHOWN = 4;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "10000" },
    from: { type: "string", default: "1" },
    lanes: { type: "string", default: String(availableParallelism()) },
    trace: { type: "boolean", default: false },
    mutants: { type: "boolean", default: false },
  },
});

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Stops at the first seed that breaks a promise. */
async function simulate(from: number, seeds: number): Promise<boolean> {
  const began = process.cpuUsage();
  let [applied, sockets, switches, deaths] = [0, 0, 0, 0];
  for (let seed = from; seed < from + seeds; seed++) {
    const result = await runSeed(seed, values.trace ? print : null);
    applied += result.applied;
    sockets += result.sockets;
    switches += result.switches;
    deaths += result.switchDeaths;
    if (result.problems.length > 0) {
      print(`seed ${seed} broke: ${result.problems.slice(0, SHOWN).join("\n  ")}`);
      print(`replay: npm run simulate -- --from ${seed} --seeds 1 --trace`);
      return false;
    }
  }
  const { user, system } = process.cpuUsage(began);
  const seconds = ((user + system) / 1e6).toFixed(1);
  print(
    `${seeds} seeds kept every promise: ${applied} messages applied on ${sockets} sockets, ${switches} switches, ${deaths} deaths in an await of one, ${seconds} s of CPU`,
  );
  return true;
}

const SELF = [...process.execArgv, fileURLToPath(import.meta.url)];

/** Each lane is a process of this script, with its own share of the seeds. */
async function simulateInLanes(from: number, seeds: number, lanes: number): Promise<boolean> {
  const share = Math.ceil(seeds / lanes);
  const statuses = await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      const first = from + lane * share;
      const count = Math.min(share, from + seeds - first);
      const args = [...SELF, "--lanes", "1", "--from", String(first), "--seeds", String(count)];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
      const [status]: unknown[] = await once(child, "exit");
      return status;
    }),
  );
  return statuses.every((status) => status === 0);
}

/** A process for each mutant, because a module is loaded once. */
function findMutant(name: string): boolean {
  const args = [...SELF, "--lanes", "1", "--from", values.from, "--seeds", values.seeds];
  const { status, stdout } = spawnSync(process.execPath, args, {
    env: { ...process.env, MUTANT: name },
    encoding: "utf8",
  });
  const [first = "nothing was printed"] = stdout.split("\n");
  print(`${status === 1 && first.startsWith("seed") ? "noticed " : "SURVIVED"} ${name}\n           ${first}`);
  return status === 1 && first.startsWith("seed");
}

async function main(): Promise<boolean> {
  if (values.mutants) {
    return MUTANTS.filter(({ name }) => !findMutant(name)).length === 0;
  }
  const [from, seeds] = [Number(values.from), Number(values.seeds)];
  const lanes = values.trace ? 1 : Math.min(Number(values.lanes), Math.floor(seeds / SEEDS_A_LANE));
  return lanes > 1 ? simulateInLanes(from, seeds, lanes) : simulate(from, seeds);
}

process.exitCode = (await main()) ? 0 : 1;
