/**
 * Kills of `npm run collect` at random moments of a past that it brings to a real Worker which asks no vendor; at the end that Worker's
 * book is held against the one of a Worker which asked by itself, and against the exchange.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeOwnerClient } from "../../cli/terminal/owner-client.ts";
import { startCollect } from "../stage/collect-process.ts";
import { barsOf, signalsOf } from "../stage/owner-commands.ts";
import { waitUntil } from "../stage/wait-until.ts";
import { type BackfillSize, BackfillSubject } from "./backfill-subject.ts";
import type { BackfillFigures } from "./kill-backfills.ts";
import { readMaster, readRecords } from "./stored-records.ts";

const EXCHANGE = "KRX";
const PATIENCE_MS = 1_800_000;

interface Shown {
  readonly bars: string;
  readonly indices: string;
  readonly master: readonly string[];
  readonly signals: unknown;
  readonly runs: readonly string[];
}

/** As a backup and a reader see it; when a row came, and the run that is named after an instant, are no part of it. */
async function shownOf({ worker, stateDir }: BackfillSubject): Promise<Shown> {
  const client = makeOwnerClient({ url: new URL(worker.url), token: worker.ownerToken });
  const indices = await client.read(`/api/admin/indices?exchange=${EXCHANGE}`);
  return {
    bars: (await barsOf(worker)).replaceAll(/\/\d+$/gm, ""),
    indices: await indices.text(),
    master: readMaster(stateDir, EXCHANGE),
    signals: JSON.parse(JSON.stringify(await signalsOf(worker.url)), (key, value: unknown) =>
      key.endsWith("_at") || key === "run_id" ? null : value,
    ),
    runs: readRecords(stateDir, EXCHANGE)
      .runs.map(({ kind, status, as_of: day, reason }) => `${kind} ${status} ${day} ${reason}`)
      // The order of a master and of the past is the machine's that brings them.
      .toSorted(),
  };
}

export interface CollectKills extends BackfillSize {
  readonly kills: number;
}

/** Kills it so often, each time at a random moment of a life that is as long as the others, and lets the last life end. */
async function collectKilled(
  fed: BackfillSubject,
  folder: string,
  { kills }: CollectKills,
  tools: { readonly random: () => number; readonly print: (line: string) => void },
): Promise<string> {
  const env = { ...fed.vendorVars, MARKET_SOURCES: "krx", OWNER_TOKEN: fed.worker.ownerToken };
  const args = ["--to", fed.worker.url, "--state", join(folder, "collect")];
  const sessions = fed.published().length;
  // A date takes a second by the spacing of its calls.
  const longest = Math.max(1_000, (2 * 1_000 * sessions) / (kills + 1));
  for (let kill = 1; kill <= kills; kill++) {
    const before = fed.asked();
    const life = startCollect(args, env);
    const isOver = life.ended.then(() => true);
    const begun = waitUntil(
      async () => Promise.resolve(fed.asked() > before + 1),
      "a date is brought",
      PATIENCE_MS,
    );
    await Promise.race([isOver, begun]);
    await Promise.race([isOver, sleep(tools.random() * longest)]);
    life.kill();
    const { code } = await life.ended;
    tools.print(
      `collect kill ${kill}: ${code === null ? "within" : `after its end (${code})`}, at ${fed.asked()} dates`,
    );
  }
  const { code, out, err } = await startCollect(args, env).ended;
  if (code !== 0) {
    fed.broken.push(`the last life ended with ${code}: ${err}`);
  }
  return out.trimEnd();
}

function differences(own: Shown, fed: Shown): readonly string[] {
  return (["bars", "indices", "master", "signals", "runs"] as const).flatMap((what) =>
    JSON.stringify(own[what]) === JSON.stringify(fed[what])
      ? []
      : [`${what} are not those of the Worker that asked by itself`],
  );
}

/** Resolves when both books are there and were compared. */
export async function killCollect(
  place: { readonly folder: string; readonly ports: readonly [own: number, fed: number] },
  options: CollectKills,
  tools: { readonly random: () => number; readonly print: (line: string) => void },
): Promise<BackfillFigures> {
  const { folder, ports } = place;
  const own = await BackfillSubject.open(folder, ports[0], options);
  const fed = await BackfillSubject.open(folder, ports[1], options, { vars: { MARKET_SOURCES: "" } });
  try {
    const began = performance.now();
    const seconds = (): string => ((performance.now() - began) / 1_000).toFixed(0);
    await own.begin();
    const last = await collectKilled(fed, folder, options, tools);
    tools.print(`collect: ${seconds()} s; ${last}`);
    for (const subject of [own, fed]) {
      await waitUntil(async () => Promise.resolve(subject.isOver()), "the past is judged", PATIENCE_MS);
    }
    const took = seconds();
    const rows = await fed.compare();
    const [one, other] = [await shownOf(own), await shownOf(fed)];
    fed.broken.push(...differences(one, other));
    if (fed.mostOfOneDate() > 2) {
      fed.broken.push(`a date was asked for ${fed.mostOfOneDate()} times`);
    }
    return {
      broken: fed.broken,
      lines: [
        `${options.kills} kills, ${took} s until both books were judged; ${rows} rows compared with the exchange`,
        `${other.bars.split("\n").length} lines of bars, ${other.master.length} of the master, ${other.runs.length} runs and ${readRecords(fed.stateDir, EXCHANGE).signals.length} signals compared with the other book`,
        `${fed.calls()} calls for ${fed.asked()} dates, at most ${fed.mostOfOneDate()} of one service and date; the other Worker ${own.calls()}`,
      ],
    };
  } finally {
    await own.end();
    await fed.end();
  }
}
