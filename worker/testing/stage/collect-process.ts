/** `npm run collect` as a process of its own, so that it can be killed. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../cli/terminal/project-root.ts";

const NODE = join(projectRoot, "node_modules", ".bin", "node");
const SCRIPT = join(projectRoot, "worker", "cli", "collect", "collect.ts");

export interface CollectRun {
  /** `null`: it was killed. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunningCollect {
  readonly ended: Promise<CollectRun>;
  kill(): void;
}

/** `env`: the owner's token, and the keys and addresses of the vendors. */
export function startCollect(args: readonly string[], env: Readonly<Record<string, string>>): RunningCollect {
  const child = spawn(NODE, [SCRIPT, ...args], {
    env: { ...process.env, ...env },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (part: Buffer) => {
    out += part.toString();
  });
  child.stderr.on("data", (part: Buffer) => {
    err += part.toString();
  });
  return {
    ended: new Promise((resolve) => {
      child.once("close", (code) => {
        resolve({ code, out, err });
      });
    }),
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}
