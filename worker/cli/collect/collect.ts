/** `npm run collect`: asks the vendors in the place of a Worker that may not, and brings it what they answer. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeDailyLimits } from "../../adapters/upstream/daily-limits.ts";
import { openVendors } from "../../adapters/upstream/open-vendors.ts";
import { VendorDates } from "../../adapters/upstream/vendor-dates.ts";
import { checkSources } from "../../app/jobs/days/check-sources.ts";
import { collectDays } from "../../app/jobs/days/collect-days.ts";
import type { SourceId, UpstreamLimits } from "../../app/ports/market-sources.ts";
import type { CheckableSources } from "../../app/ports/source-check.ts";
import { isSimulated } from "../../core/instrument/exchange-profile.ts";
import { CommandError, reasonOf, runCommand } from "../terminal/command-error.ts";
import { checkReachable, makeOwnerClient } from "../terminal/owner-client.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { makeProgress } from "../terminal/progress.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { COLLECT_USAGE, type CollectArgs, readCollectArgs } from "./collect-args.ts";
import { type CollectState, takeCollectState } from "./collect-state.ts";
import { codeOf, describeTurn, hasBrought } from "./collect-report.ts";
import { untilNextTurn } from "./next-turn.ts";
import { stderrLog } from "./stderr-log.ts";
import { readVendorEnv, type VendorEnv } from "./vendor-env.ts";
import { refuseTwice, WorkerDays } from "./worker-days.ts";

const DEV_VARS = join(projectRoot, ".dev.vars");

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Counts what is sent, for the last line. */
class CountedLimits implements UpstreamLimits {
  readonly calls: Record<SourceId, number> = { krx: 0, kis: 0, kiwoom: 0 };
  readonly #limits: UpstreamLimits;

  constructor(limits: UpstreamLimits) {
    this.#limits = limits;
  }

  async take(vendor: SourceId): Promise<void> {
    await this.#limits.take(vendor);
    this.calls[vendor] += 1;
  }
}

interface OpenedVendors {
  readonly sources: CheckableSources;
  readonly calls: Readonly<Record<SourceId, number>>;
}

async function wait(ms: number): Promise<void> {
  await sleep(ms);
}

/** `aheadMs`: the Worker's clock less this machine's; its calendar and windows are the ones that count. */
function open({ env, ids }: VendorEnv, { store }: CollectState, aheadMs: number): OpenedVendors {
  const clock = { now: () => Date.now() + aheadMs };
  const limits = new CountedLimits(makeDailyLimits({ clock, wait, store, log: stderrLog }));
  const sources = openVendors(ids, env, {
    fetch: async (request) => fetch(request),
    random: Math.random,
    log: stderrLog,
    dates: new VendorDates(),
    clock,
    wait,
    store,
    limits,
  });
  return { sources, calls: limits.calls };
}

/** Resolves with the exit code. Rejects with a {@link CommandError} where the Worker refuses or is out of reach. */
async function turn(args: CollectArgs, vendors: VendorEnv, state: CollectState): Promise<number> {
  const token = readOwnerToken(process.env, DEV_VARS);
  await checkReachable(args.to);
  const days = new WorkerDays(makeOwnerClient({ url: args.to, token }), canOf(vendors), args.sessions);
  const { wanted, aheadMs } = await days.wanted();
  refuseTwice(wanted, vendors.ids, args.to);
  const { sources, calls } = open(vendors, state, aheadMs);
  const progress = process.stderr.isTTY ? makeProgress("fetching the past", process.stderr) : null;
  const had = wanted.backfill.sessions;
  const done = await collectDays(wanted, {
    sources,
    log: stderrLog,
    deliver: async (delivery) => days.deliver(delivery),
    onDate: (backfill) => progress?.update(backfill.sessions - had, Math.max(1, backfill.wanted - had)),
  }).finally(() => progress?.end());
  if (hasBrought(done) && isSimulated(await days.shown())) {
    print(`The pages show another exchange. To see this one: npm run use -- KRX --to ${args.to.origin}`);
  }
  print(describeTurn(done, args.to, calls));
  return codeOf(done);
}

/** What each vendor's adapters can be asked for. */
function canOf({ ids }: VendorEnv): ConstructorParameters<typeof WorkerDays>[1] {
  const krx = ids.includes("krx");
  const account = ids.includes("kis") || ids.includes("kiwoom");
  return { official: krx, master: krx, present: account, snapshot: account };
}

async function check(vendors: VendorEnv, state: CollectState): Promise<number> {
  const { sources } = open(vendors, state, 0);
  const findings = await checkSources(sources.checked ?? [], {
    clock: { now: () => Date.now() },
    log: stderrLog,
  });
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
    process.exitCode = args.check
      ? await check(vendors, state)
      : await (args.watch ? watch(args, vendors, state) : turn(args, vendors, state));
  } finally {
    state.release();
  }
});
