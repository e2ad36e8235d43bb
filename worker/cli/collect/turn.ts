/** One turn of `npm run collect`: what the Worker wants now is asked of the vendors, and brought to it. */
import { join } from "node:path";
import { type CollectedTurn, collectDays } from "../../app/jobs/days/collect-days.ts";
import { isSimulated } from "../../core/instrument/exchange-profile.ts";
import { checkReachable, makeOwnerClient } from "../terminal/owner-client.ts";
import { readOwnerToken } from "../terminal/owner-token.ts";
import { makeProgress } from "../terminal/progress.ts";
import { projectRoot } from "../terminal/project-root.ts";
import type { CollectArgs } from "./collect-args.ts";
import { hasBrought } from "./collect-report.ts";
import type { OpenedVendors } from "./opened-vendors.ts";
import { stderrLog } from "./stderr-log.ts";
import type { VendorEnv } from "./vendor-env.ts";
import { refuseTwice, WorkerDays } from "./worker-days.ts";

export const DEV_VARS: string = join(projectRoot, ".dev.vars");

export interface DoneTurn {
  readonly turn: CollectedTurn;
  /** The Worker's pages show another exchange than the one that is collected. */
  readonly isHidden: boolean;
}

/** What each vendor's adapters can be asked for. */
function canOf({ ids }: VendorEnv): ConstructorParameters<typeof WorkerDays>[1] {
  const krx = ids.includes("krx");
  const account = ids.includes("kis") || ids.includes("kiwoom");
  return { official: krx, master: krx, present: account, snapshot: account, history: account && !krx };
}

/** The Worker's pages show a simulated market. Rejects as {@link takeTurn} does. */
export async function showsSimulated({ to, sessions }: CollectArgs, vendors: VendorEnv): Promise<boolean> {
  const token = readOwnerToken(process.env, DEV_VARS);
  return isSimulated(
    await new WorkerDays(makeOwnerClient({ url: to, token }), canOf(vendors), sessions).shown(),
  );
}

/** `past` `false`: what is due now alone. Rejects with a `CommandError` where the Worker refuses or is out of reach. */
export async function takeTurn(
  args: CollectArgs,
  vendors: VendorEnv,
  { sources, clock }: OpenedVendors,
  past = true,
): Promise<DoneTurn> {
  const token = readOwnerToken(process.env, DEV_VARS);
  await checkReachable(args.to);
  const days = new WorkerDays(makeOwnerClient({ url: args.to, token }), canOf(vendors), args.sessions);
  const { wanted, aheadMs } = await days.wanted();
  clock.aheadMs = aheadMs;
  refuseTwice(wanted, vendors.ids, args.to);
  const progress = process.stderr.isTTY ? makeProgress("fetching the past", process.stderr) : null;
  const had = wanted.backfill.sessions;
  const turn = await collectDays(wanted, {
    sources,
    log: stderrLog,
    past,
    deliver: async (delivery) => days.deliver(delivery),
    onDate: (backfill) => progress?.update(backfill.sessions - had, Math.max(1, backfill.wanted - had)),
  }).finally(() => progress?.end());
  return { turn, isHidden: hasBrought(turn) && isSimulated(await days.shown()) };
}
