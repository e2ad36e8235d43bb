/** What an owner keeps of a real Worker: its commands as a person types them, and the lists to compare before and after. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { makeOwnerClient } from "../../cli/terminal/owner-client.ts";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { barPages } from "../../cli/backup/save-bars.ts";
import type { RealWorker } from "./real-worker.ts";

/** Resolves with stdout; fails with stderr when the command does. */
export function runOwnerCommand(
  { ownerToken }: RealWorker,
  script: "backup.ts" | "restore.ts",
  args: readonly string[],
): Promise<string> {
  const env = { ...process.env, OWNER_TOKEN: ownerToken };
  const path = join(projectRoot, "worker/cli/backup", script);
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [path, ...args], { env }, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
      } else {
        reject(new Error(`${script} ended with ${String(error.code)}:\n${stdout}${stderr}`));
      }
    });
  });
}

/** The list of KRX without the time of the answer. */
export async function signalsOf(url: string): Promise<unknown> {
  const response = await fetch(`${url}/api/kr/signals?exchange=KRX&limit=100`);
  return JSON.parse(await response.text(), (key, value: unknown) => (key === "generated_at" ? null : value));
}

/** All bars of KRX as a backup writes them. */
export async function barsOf({ url, ownerToken }: RealWorker): Promise<string> {
  let text = "";
  const client = makeOwnerClient({ url: new URL(url), token: ownerToken });
  for await (const page of barPages(client, "KRX", () => {}, true)) {
    text += page;
  }
  return text;
}
