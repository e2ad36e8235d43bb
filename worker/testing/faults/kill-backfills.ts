/** Kills within a backfill: at random moments of its dates, and at its end, where the master and the first scan follow. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { waitUntil } from "../stage/wait-until.ts";
import { type BackfillSize, BackfillSubject, type BackfillWorker } from "./backfill-subject.ts";

export interface BackfillKills extends BackfillSize {
  readonly kills: number;
}

export interface BackfillFigures {
  readonly broken: readonly string[];
  readonly lines: readonly string[];
}

/** Two deaths are so many dates apart: a date that one of them undid may be asked for again, and not a third time. */
const APART = 3;
/** What a date, and the master at the end, take by the spacing of their calls. */
const DATE_MS = 1_300;
const MASTER_MS = 800;
/** Of the cron in `wrangler.toml`. */
const TURN_MS = 600_000;
const PATIENCE_MS = 1_800_000;
const MEGABYTE = 1e6;

/** When the Worker dies: at so many dates, the last two once all were asked for. */
function targetsOf(kills: number, dates: number, random: () => number): readonly number[] {
  const within = Math.max(0, kills - 2);
  const room = dates - 2 - APART * within;
  const places = Array.from({ length: within }, () => Math.floor(random() * Math.max(1, room)));
  const sorted = places.toSorted((a, b) => a - b).map((place, n) => 2 + place + APART * n);
  return [...sorted, ...Array.from({ length: kills - within }, () => Number.POSITIVE_INFINITY)];
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** A scan that died has its row and is not begun again (decision 023): the watch of the clock makes up for it. */
async function beOver(subject: BackfillSubject, speed: number): Promise<void> {
  let rang = performance.now();
  const isOver = async (): Promise<boolean> => {
    if (performance.now() - rang > TURN_MS / speed) {
      rang = performance.now();
      await subject.begin();
    }
    return subject.isOver();
  };
  await waitUntil(isOver, "the past is there and judged", PATIENCE_MS);
}

/** So many dates were asked for; with `Infinity` all of them, and the last one is settled: a morning asks for a master first. */
async function hasAsked(subject: BackfillSubject, target: number, sessions: number): Promise<boolean> {
  if (subject.asked() < Math.min(target, sessions)) {
    return false;
  }
  return (
    Number.isFinite(target) || (subject.mastersAsked() > 0 && (await subject.progress()).status !== "running")
  );
}

/** Resolves when everything is there, with the promises that were broken on the way. */
export async function killBackfill(
  place: { readonly folder: string; readonly port: number },
  options: BackfillKills,
  tools: { readonly random: () => number; readonly print: (line: string) => void },
  worker: BackfillWorker = {},
): Promise<BackfillFigures> {
  const { kills } = options;
  const speed = worker.time?.speed ?? 1;
  const subject = await BackfillSubject.open(place.folder, place.port, options, worker);
  try {
    const sessions = subject.published().length;
    tools.print(`backfill: ${sessions} published sessions of ${options.names} names`);
    const began = performance.now();
    await subject.begin();
    for (const target of targetsOf(kills, sessions, tools.random)) {
      const hasCome = async (): Promise<boolean> => hasAsked(subject, target, sessions);
      await waitUntil(hasCome, `${target} dates were asked for`, PATIENCE_MS);
      await sleep((tools.random() * (Number.isFinite(target) ? DATE_MS : MASTER_MS)) / speed);
      const when = `at ${subject.asked()} dates and ${subject.calls()} calls`;
      tools.print(`backfill kill: ${Math.round((performance.now() - began) / 1_000)} s, ${when}`);
      await subject.die(when);
    }
    await beOver(subject, speed);
    const seconds = (performance.now() - began) / 1_000;
    const rows = await subject.compare();
    if (subject.mostOfOneDate() > 2) {
      subject.broken.push(`a date was asked for ${subject.mostOfOneDate()} times`);
    }
    return {
      broken: subject.broken,
      lines: [
        `${kills} kills, ${seconds.toFixed(0)} s until the first scan was saved; ${rows} rows compared with the exchange`,
        `${subject.calls()} calls for ${subject.asked()} dates, at most ${subject.mostOfOneDate()} of one service and date`,
        `workerd ${(subject.peak / MEGABYTE).toFixed(0)} MB resident at most, state ${(bytesIn(subject.stateDir) / MEGABYTE).toFixed(1)} MB on disk`,
      ],
    };
  } finally {
    await subject.end();
  }
}
