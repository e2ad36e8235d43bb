/** `npm run collect`: asks the vendors in the place of a Worker that may not, and brings it what they answer. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkSources } from "../../app/jobs/days/check-sources.ts";
import { CommandError, reasonOf, runCommand } from "../terminal/command-error.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { COLLECT_USAGE, type CollectArgs, readCollectArgs } from "./collect-args.ts";
import { codeOf, describeTurn } from "./collect-report.ts";
import { type CollectState, takeCollectState } from "./collect-state.ts";
import { codeOfLive, describeLive } from "./session/live-report.ts";
import { runLive } from "./session/run-live.ts";
import { untilNextTurn } from "./next-turn.ts";
import { openCollected } from "./opened-vendors.ts";
import { stderrLog } from "./stderr-log.ts";
import { DEV_VARS, takeTurn } from "./turn.ts";
import { readVendorEnv, type VendorEnv } from "./vendor-env.ts";

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Resolves with the exit code. Rejects with a {@link CommandError} where the Worker refuses or is out of reach. */
async function turn(args: CollectArgs, vendors: VendorEnv, state: CollectState): Promise<number> {
  const opened = openCollected(vendors, state);
  const { turn: done, isHidden } = await takeTurn(args, vendors, opened);
  if (isHidden) {
    print(`The pages show another exchange. To see this one: npm run use -- KRX --to ${args.to.origin}`);
  }
  print(describeTurn(done, args.to, opened.calls));
  return codeOf(done);
}

/** A day beside the Worker. */
async function live(args: CollectArgs, vendors: VendorEnv, state: CollectState): Promise<number> {
  const outcome = await runLive(args, vendors, openCollected(vendors, state));
  print(describeLive(outcome, args.to));
  return codeOfLive(outcome);
}

async function check(vendors: VendorEnv, state: CollectState): Promise<number> {
  const { sources, clock } = openCollected(vendors, state);
  const findings = await checkSources(sources.checked ?? [], { clock, log: stderrLog });
  for (const { mark, source, about, what, remedy } of findings) {
    print(`${mark.padEnd(7)} ${source ?? "all"} ${about}: ${what}${remedy === null ? "" : ` ${remedy}`}`);
  }
  const faults = findings.filter(({ mark }) => mark === "fault").length;
  print(faults === 0 ? "Every service that was asked serves." : `${faults} of the services do not serve.`);
  return faults === 0 ? 0 : 1;
}

/** A Worker that is away for one turn is asked again at the next one. */
async function watch(args: CollectArgs, vendors: VendorEnv, state: CollectState): Promise<never> {
  for (;;) {
    try {
      await turn(args, vendors, state);
    } catch (error) {
      if (!(error instanceof CommandError)) {
        throw error;
      }
      process.stderr.write(`${reasonOf(error)}\n`);
    }
    await sleep(untilNextTurn(Date.now()));
  }
}

await runCommand(async () => {
  const args = readCollectArgs(process.argv.slice(2), Date.now());
  if (args === null) {
    print(COLLECT_USAGE);
    return;
  }
  const vendors = readVendorEnv(process.env, {
    devVars: DEV_VARS,
    wrangler: join(projectRoot, "wrangler.toml"),
  });
  const state = await takeCollectState(args.state);
  if ("busy" in state) {
    print(state.busy);
    process.exitCode = 3;
    return;
  }
  try {
    process.exitCode = await (args.check
      ? check(vendors, state)
      : args.live
        ? live(args, vendors, state)
        : args.watch
          ? watch(args, vendors, state)
          : turn(args, vendors, state));
  } finally {
    state.release();
  }
});
