/** The folder of `npm run collect` on the owner's machine: one run at a time has it, and nobody else may read it. */
import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { CommandError } from "../terminal/command-error.ts";
import { type Holder, takeLockFile, thisProcess } from "../terminal/lock-file.ts";
import { makeFolder } from "../terminal/make-folder.ts";
import { FileUpstreamStore } from "./file-upstream-store.ts";

const Run = v.object({ pid: v.number(), began: v.string(), since: v.string() });
type Run = v.InferOutput<typeof Run> & Holder;

export interface CollectState {
  readonly store: FileUpstreamStore;
  release(): void;
}

const LOCK = "collect.lock";
const STORE = "upstream.json";
const OWN_FILES = /^(?:collect\.lock|upstream\.json)/;

/** Another run has it. */
class Busy extends Error {
  override readonly name = "Busy";
}

/** What stands under a name of the command's own and is no file would be waited for without end, as a pipe is. */
function refuseNoFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) {
    throw new CommandError(`${path} is no file. Remove it, or name another folder: --state DIR`);
  }
}

function prepare(folder: string): void {
  makeFolder(folder, 0o700);
  // One that holds anything else is somebody's home or the machine's /tmp.
  if (readdirSync(folder).every((name) => OWN_FILES.test(name))) {
    chmodSync(folder, 0o700);
  }
  refuseNoFile(join(folder, LOCK));
  refuseNoFile(join(folder, STORE));
}

async function take(folder: string): Promise<CollectState> {
  const since = new Date().toISOString();
  const lock = await takeLockFile<Run>(
    join(folder, LOCK),
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
      store: new FileUpstreamStore(join(folder, STORE)),
      release: () => {
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** `busy`: a sentence that names the run which has it. Throws a {@link CommandError} for a folder that cannot be. */
export async function takeCollectState(folder: string): Promise<CollectState | { readonly busy: string }> {
  try {
    prepare(folder);
    return await take(folder);
  } catch (error) {
    if (error instanceof Busy) {
      return { busy: error.message };
    }
    // Whatever the machine refuses: no right, no space, no folder.
    if (error instanceof Error && "code" in error && typeof error.code === "string") {
      throw new CommandError(
        `The vendors' calls cannot be kept in ${folder}: ${error.message}. Name a folder that can be written: --state DIR`,
      );
    }
    throw error;
  }
}
