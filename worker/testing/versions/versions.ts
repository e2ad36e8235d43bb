/**
 * `npm run versions -- --with COMMIT`: a deployment in which the routes and each class of objects run the code of that commit or
 * of this folder, as they do for some time after every deployment, and both on the state of the other. Prints what fails of a
 * tour through everything, and how it is named; exit code 1 when something fails without a name, or fails after the deployment.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type RealWorker, startWorker } from "../stage/real-worker.ts";
import { Tour } from "./version-tour.ts";
import { CLASSES, type Mix, type ObjectClass, type Version, VersionScripts } from "./version-scripts.ts";

const { values } = parseArgs({
  options: {
    with: { type: "string" },
    /** Only the mixes whose name has this text. */
    only: { type: "string", default: "" },
  },
});

/** A version of before the alerts has no such object: the new one stands beside all of its. */
const hasAlerts =
  values.with !== undefined &&
  execFileSync("git", ["show", `${values.with}:wrangler.toml`], { encoding: "utf8" }).includes('"ALERTS"');
const TYPES: readonly ObjectClass[] = Object.values(CLASSES).filter((type) => hasAlerts || type !== "Alerts");

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function all(version: Version): Mix["objects"] {
  return {
    MarketBook: version,
    MarketFeed: version,
    Topic: version,
    Gateway: version,
    Alerts: hasAlerts ? version : "new",
  };
}

const STAGES: Readonly<Record<string, Mix>> = {
  "old routes, new objects": { routes: "old", objects: all("new") },
  "new routes, old objects": { routes: "new", objects: all("old") },
  ...Object.fromEntries(
    TYPES.flatMap((type): readonly (readonly [string, Mix])[] => [
      [`all new but an old ${type}`, { routes: "new", objects: { ...all("new"), [type]: "old" } }],
      [`all old but a new ${type}`, { routes: "old", objects: { ...all("old"), [type]: "new" } }],
    ]),
  ),
};

async function tour(name: string, configs: readonly string[], stateDir: string): Promise<number> {
  const [config = "", ...beside] = configs;
  let worker: RealWorker | null = null;
  try {
    worker = await startWorker({ stateDir, config, beside, vars: { DEMO_SESSION_S: "86400" } });
    const travelled = new Tour(worker);
    await travelled.go();
    const silent = travelled.failures.filter(({ isNamed }) => !isNamed).length;
    print(`${name}: ${travelled.failures.length} failures, ${silent} without a name`);
    for (const { step, what, isNamed } of travelled.failures) {
      print(`  ${isNamed ? "named " : "SILENT"} ${step}: ${what}`);
    }
    return travelled.failures.length;
  } finally {
    await worker?.kill();
  }
}

async function main(): Promise<void> {
  if (values.with === undefined) {
    throw new Error("--with COMMIT names the other version");
  }
  const folder = mkdtempSync(join(tmpdir(), "vcp-versions-"));
  const scripts = new VersionScripts(folder, values.with);
  const wanted = (name: string): boolean => name.includes(values.only);
  let failed = 0;
  try {
    for (const [name, mix] of Object.entries(STAGES).filter(([one]) => wanted(one))) {
      const stateDir = mkdtempSync(join(folder, "state-"));
      failed += await tour(name, scripts.write(mix, name.replaceAll(" ", "-")), stateDir);
    }
    if (wanted("state")) {
      const stateDir = mkdtempSync(join(folder, "state-"));
      for (const version of ["old", "new", "old", "new"] as const) {
        const configs = scripts.write({ routes: version, objects: all(version) }, `state-${version}`);
        failed += await tour(`state of the other, read by the ${version} one`, configs, stateDir);
      }
    }
  } finally {
    scripts.end();
    rmSync(folder, { recursive: true, force: true });
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
