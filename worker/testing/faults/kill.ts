/**
 * `npm run kill -- --during scan --kills 200`: SIGKILL during imports, scans, ends of sessions, backups, restores, switches and
 * backfills (`--during backfill --kills 20`, of 2,700 names x 400 sessions from the fake of KRX), and of `npm run collect` in such a
 * past (`--during collect --kills 20`), whose book is compared with that of a Worker which asked by itself; and in a session of a real
 * exchange with live prices and open signals from the fake of KIS (`--during live --kills 50`, fifteen minutes);
 * after each restart nothing may be half done or lost. Prints where the kills fell; exit code 1 when a promise was broken.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { buildMarket } from "../builders/constructed-market.ts";
import { killBackfill } from "./kill-backfills.ts";
import { BackupKills } from "./kill-backups.ts";
import { RestoreKills } from "./kill-restores.ts";
import { ScanKills } from "./kill-scans.ts";
import { SessionKills } from "./kill-sessions.ts";
import { SwitchKills } from "./kill-switches.ts";
import { type ImportFiles, KillSubject } from "./kill-subject.ts";
import { killCollect } from "./kill-collects.ts";
import { KilledWorker, type KillPlace } from "./killed-worker.ts";
import { killLive } from "../live-kills/kill-live.ts";
import { findFreePort } from "../../cli/serve/local-port.ts";
import { makeRandom } from "../chance/random.ts";
import { quantile } from "../load/quantile.ts";

const OPERATIONS = [
  "import",
  "scan",
  "session",
  "backup",
  "restore",
  "switch",
  "backfill",
  "collect",
  "live",
] as const;
/** These take ten minutes: only when they are named. */
const LONG: readonly string[] = ["backfill", "collect", "live"];
type KilledOperation = (typeof OPERATIONS)[number];

const { values } = parseArgs({
  options: {
    /** Of each operation. */
    kills: { type: "string", default: "10" },
    during: { type: "string", multiple: true, default: OPERATIONS.filter((name) => !LONG.includes(name)) },
    seed: { type: "string", default: "1" },
    /** Switches alone: on a plain workerd, which starts ten times as fast. */
    plain: { type: "boolean", default: false },
    bars: { type: "string" },
    instruments: { type: "string" },
    indices: { type: "string" },
    /** Of the market whose past is filled in. */
    names: { type: "string", default: "2700" },
    sessions: { type: "string", default: "400" },
  },
});

/** So many shares make an import long enough to be killed in its middle; the others need few. */
const SHARES: Readonly<Record<KilledOperation, number>> = {
  import: 1_200,
  scan: 1_200,
  session: 0,
  backup: 200,
  restore: 500,
  switch: 60,
  backfill: 0,
  collect: 0,
  live: 0,
};
/** An undisturbed operation comes after so many kills. */
const MEASURE_EVERY = 10;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Files of a constructed market, unless real ones were named. */
async function filesIn(folder: string, shares: number): Promise<ImportFiles> {
  if (values.bars !== undefined) {
    return { bars: values.bars, instruments: values.instruments ?? null, indices: values.indices ?? null };
  }
  const market = buildMarket(undefined, shares);
  const paths = ["bars", "instruments", "indices"].map((name) => join(folder, `${name}.csv`));
  const [bars = "", instruments = "", indices = ""] = paths;
  await writeFile(bars, market.bars);
  await writeFile(instruments, market.instruments);
  await writeFile(indices, market.indices);
  return { bars, instruments, indices };
}

/** Kills an import at a random moment until it is through, then asks for the same bars and the same scan as the reference. */
async function killImports(kills: number, random: () => number, folder: string): Promise<readonly string[]> {
  const subject = new KillSubject(await filesIn(folder, SHARES.import), folder, await findFreePort());
  try {
    print(`reference: ${await subject.reference()}`);
    await subject.begin();
    for (let kill = 1; kill <= kills; kill++) {
      const state = await subject.importUntilKilled(200 + random() * 4_000);
      print(`import kill ${kill}: ${state}`);
      if (state.startsWith("through")) {
        await subject.finishAndCompare();
        await subject.begin();
      }
    }
    await subject.finishAndCompare();
    return subject.broken;
  } finally {
    await subject.end();
  }
}

/** Each kill within one switch, or within two that overlap. */
async function killSwitches(kills: number, random: () => number, folder: string): Promise<readonly string[]> {
  const switches = await SwitchKills.start(folder, await findFreePort(), values.plain);
  const took: number[] = [];
  const inside = { random: 0, await: 0 };
  const places = new Set<string>();
  try {
    print(await switches.begin(await filesIn(folder, SHARES.switch)));
    for (let kill = 1; kill <= kills; kill++) {
      const { moment, isInside, at, agreedMs } = await switches.kill(random);
      inside[moment] += isInside ? 1 : 0;
      places.add(isInside && moment === "await" ? at : "");
      took.push(agreedMs ?? Number.POSITIVE_INFINITY);
      const ended = agreedMs === null ? "NOT agreed" : `agreed after ${Math.round(agreedMs)} ms`;
      print(`switch kill ${kill}: ${isInside ? "" : "not "}inside, ${at}: ${ended}`);
      if (kill % MEASURE_EVERY === 0) {
        print(`a switch: ${await switches.measure()}`);
      }
    }
  } finally {
    await switches.end();
  }
  places.delete("");
  const held = `${inside.await} in an await of ${places.size} different ones`;
  const [half, most] = [0.5, 1].map((share) => Math.round(quantile(took, share)));
  print(`switch: ${kills} kills, inside ${inside.random} at a random moment and ${held}`);
  print(`switch: agreed after ${half} ms by half, ${most} ms at most`);
  return switches.broken;
}

async function killPast(
  during: "backfill" | "collect",
  kills: number,
  random: () => number,
  folder: string,
): Promise<readonly string[]> {
  const size = { kills, names: Number(values.names), sessions: Number(values.sessions) };
  const [port, other] = [await findFreePort(), await findFreePort()];
  const { broken, lines } = await (during === "backfill"
    ? killBackfill({ folder, port }, size, { random, print })
    : killCollect({ folder, ports: [port, other] }, size, { random, print }));
  for (const line of lines) {
    print(`${during}: ${line}`);
  }
  return broken;
}

type RecordKilled = Exclude<KilledOperation, "import" | "switch" | "backfill" | "collect" | "live">;

interface Kills {
  kill(n: number, random: () => number): Promise<KillPlace & { readonly left?: string }>;
  /** Carries the operation out undisturbed, where its length changes. */
  measure?(): Promise<string>;
}

async function beginKills(during: RecordKilled, killed: KilledWorker, folder: string): Promise<Kills> {
  if (during === "session") {
    const sessions = new SessionKills(killed);
    print(await sessions.begin());
    return sessions;
  }
  const scans = new ScanKills(killed, folder);
  print(await scans.begin(await filesIn(folder, SHARES[during])));
  if (during === "scan") {
    return scans;
  }
  const commands = during === "backup" ? new BackupKills(killed, folder) : new RestoreKills(killed, folder);
  print(await commands.begin());
  return commands;
}

async function killOften(
  during: RecordKilled,
  kills: number,
  random: () => number,
  folder: string,
): Promise<readonly string[]> {
  const exchange = during === "session" ? "DEMO" : "KRX";
  const killed = await KilledWorker.start(folder, exchange, await findFreePort());
  const inside = { random: 0, await: 0 };
  const places = new Set<string>();
  try {
    const operation = await beginKills(during, killed, folder);
    for (let kill = 0; kill < kills; kill++) {
      const { moment, isInside, at, left } = await operation.kill(kill, random);
      print(
        `${during} kill ${kill + 1}: ${isInside ? "" : "not "}inside, ${at}${left === undefined ? "" : `: ${left}`}`,
      );
      inside[moment] += isInside ? 1 : 0;
      places.add(isInside && moment === "await" ? at : "");
      if (kill % MEASURE_EVERY === MEASURE_EVERY - 1 && operation.measure !== undefined) {
        print(await operation.measure());
      }
    }
  } finally {
    await killed.end();
  }
  places.delete("");
  const held = `${inside.await} in an await of ${places.size} different ones`;
  print(`${during}: ${kills} kills, inside ${inside.random} at a random moment and ${held}`);
  return killed.broken;
}

async function killDuring(
  during: KilledOperation,
  kills: number,
  random: () => number,
  folder: string,
): Promise<readonly string[]> {
  if (during === "import") {
    return killImports(kills, random, folder);
  }
  if (during === "backfill" || during === "collect") {
    return killPast(during, kills, random, folder);
  }
  if (during === "live") {
    return killLive(kills, folder, { random, print });
  }
  return during === "switch" ? killSwitches(kills, random, folder) : killOften(during, kills, random, folder);
}

async function main(): Promise<void> {
  const kills = Number(values.kills);
  const random = makeRandom(Number(values.seed));
  const unknown = values.during.filter((name) => !OPERATIONS.some((one) => one === name));
  if (unknown.length > 0 || !Number.isSafeInteger(kills)) {
    throw new Error(`--during takes ${OPERATIONS.join(", ")}; --kills a whole number`);
  }
  for (const during of OPERATIONS.filter((name) => values.during.includes(name))) {
    const folder = await mkdtemp(join(tmpdir(), "vcp-kill-"));
    try {
      const broken = await killDuring(during, kills, random, folder);
      print(`${during}: ${broken.length} broken promises`);
      for (const promise of broken.slice(0, 20)) {
        print(`BROKEN ${promise}`);
      }
      process.exitCode = broken.length === 0 ? (process.exitCode ?? 0) : 1;
    } finally {
      await sleep(100);
      await rm(folder, { recursive: true, force: true });
    }
  }
}

await main();
