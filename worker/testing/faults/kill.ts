/**
 * `npm run kill`: the Worker's process group is ended by SIGKILL at random moments of an import and of a scan; after
 * each restart nothing may be half done. Prints what it saw; exit code 1 when a promise was broken.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { buildMarket } from "../builders/constructed-market.ts";
import { type ImportFiles, KillSubject } from "./kill-subject.ts";
import { findFreePort } from "../../cli/serve/local-port.ts";
import { makeRandom } from "../chance/random.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    bars: { type: "string" },
    instruments: { type: "string" },
    indices: { type: "string" },
  },
});

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Files of a constructed market of 1,200 shares, about 15 MB, unless real ones were named. */
async function filesIn(folder: string): Promise<ImportFiles> {
  if (values.bars !== undefined) {
    return { bars: values.bars, instruments: values.instruments ?? null, indices: values.indices ?? null };
  }
  const market = buildMarket(undefined, 1_200);
  const paths = ["bars", "instruments", "indices"].map((name) => join(folder, `${name}.csv`));
  const [bars = "", instruments = "", indices = ""] = paths;
  await writeFile(bars, market.bars);
  await writeFile(instruments, market.instruments);
  await writeFile(indices, market.indices);
  return { bars, instruments, indices };
}

/** Kills an import at a random moment until it is through, then asks for the same bars and the same scan as the reference. */
async function killImports(kills: number, random: () => number, subject: KillSubject): Promise<void> {
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
}

async function killScans(kills: number, random: () => number, subject: KillSubject): Promise<void> {
  for (let kill = 1; kill <= kills; kill++) {
    print(`scan kill ${kill}: ${await subject.scanUntilKilled(random() * 300)}`);
  }
  await subject.finishAndCompare();
}

async function main(): Promise<void> {
  const kills = Number(values.kills);
  const folder = await mkdtemp(join(tmpdir(), "vcp-kill-"));
  const random = makeRandom(Number(values.seed));
  const subject = new KillSubject(await filesIn(folder), folder, await findFreePort());
  try {
    print(`reference: ${await subject.reference()}`);
    await killImports(Math.ceil(kills / 2), random, subject);
    await killScans(Math.floor(kills / 2), random, subject);
    print(`${kills} kills, ${subject.broken.length} broken promises`);
  } finally {
    await subject.end();
    await sleep(100);
    await rm(folder, { recursive: true, force: true });
  }
  for (const promise of subject.broken) {
    print(`BROKEN ${promise}`);
  }
  process.exitCode = subject.broken.length === 0 ? 0 : 1;
}

await main();
