/** The folder of `npm run collect` on the owner's machine: one run at a time has it, and nobody else may read it. */
import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { CommandError, reasonOf } from "../terminal/command-error.ts";
import { type Holder, takeLockFile, thisProcess } from "../terminal/lock-file.ts";
import { FileUpstreamStore } from "./file-upstream-store.ts";

const Run = v.object({ pid: v.number(), began: v.string(), since: v.string() });
type Run = v.InferOutput<typeof Run> & Holder;

export interface CollectState {
  readonly store: FileUpstreamStore;
  release(): void;
}

const OWN_FILES = /^(?:collect\.lock|upstream\.json)/;

/** Another run has it. */
class Busy extends Error {
  override readonly name = "Busy";
}

/** `busy`: a sentence that names the run which has it. Throws a {@link CommandError} for a folder that cannot be. */
export async function takeCollectState(folder: string): Promise<CollectState | { readonly busy: string }> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // One that holds anything else is somebody's home or the machine's /tmp.
    if (readdirSync(folder).every((name) => OWN_FILES.test(name))) {
      chmodSync(folder, 0o700);
    }
  } catch (error) {
    throw new CommandError(
      `The vendors' calls cannot be kept in ${folder}: ${reasonOf(error)}. Name a folder that can be written: --state DIR`,
    );
  }
  try {
    const since = new Date().toISOString();
    const lock = await takeLockFile<Run>(
      join(folder, "collect.lock"),
      { ...thisProcess(), since },
      {
        parse: (text) => {
          const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Run), text);
          return parsed.success ? parsed.output : null;
        },
        held: ({ pid, since: begun }) =>
          new Busy(`Another run is under way (process ${pid}, since ${begun}): nothing was asked.`),
      },
    );
    try {
      return {
        store: new FileUpstreamStore(join(folder, "upstream.json")),
        release: () => {
          lock.release();
        },
      };
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    if (error instanceof Busy) {
      return { busy: error.message };
    }
    throw error;
  }
}
