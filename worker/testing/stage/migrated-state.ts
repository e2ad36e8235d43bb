/** One migrated state for a whole run of tests, which each of its Workers begins with a copy of: wrangler takes seconds to make one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MIGRATED_STATE, migrateState } from "./real-worker.ts";

/** Before the files of the run, whose processes inherit the variable. Returns what takes the state away again. */
export async function setup(): Promise<() => void> {
  const stateDir = mkdtempSync(join(tmpdir(), "vcp-migrated-"));
  await migrateState({ stateDir });
  process.env[MIGRATED_STATE] = stateDir;
  return () => {
    rmSync(stateDir, { recursive: true, force: true });
  };
}
