/** Kills within `npm run backup`: of the command, of all that it started, or of the Worker. What it leaves is whole, or refused by its name. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Backup, readBackup } from "../../cli/backup/read-backup.ts";
import { CommandError } from "../../cli/terminal/command-error.ts";
import { killWithin, type OwnerScript, runScript } from "./killed-command.ts";
import type { KilledWorker, KillPlace } from "./killed-worker.ts";

const EXCHANGE = "KRX";

export class BackupKills {
  readonly #killed: KilledWorker;
  readonly #folder: string;
  #whole = "";
  #lengthMs = 0;

  constructor(killed: KilledWorker, folder: string) {
    this.#killed = killed;
    this.#folder = folder;
  }

  /** Makes an undisturbed backup, with which every later one is compared. */
  async begin(): Promise<string> {
    const folder = join(this.#folder, "whole");
    this.#lengthMs = await runScript(this.#killed, this.#script(folder));
    this.#whole = contentsOf(await readBackup(folder, EXCHANGE, false));
    return `a backup takes ${Math.round(this.#lengthMs)} ms`;
  }

  async kill(n: number, random: () => number): Promise<KillPlace & { readonly left: string }> {
    const folder = join(this.#folder, `backup-${n}`);
    const place = await killWithin(this.#killed, this.#script(folder), n, random() * this.#lengthMs);
    const left = existsSync(folder) ? await this.#judge(folder) : "nothing";
    return { ...place, left };
  }

  /** A folder without its manifest may be taken with `--force`: then too it is whole or refused. */
  async #judge(folder: string): Promise<string> {
    const found: string[] = [];
    for (const isForced of [false, true]) {
      try {
        const backup = await readBackup(folder, EXCHANGE, isForced);
        const isWhole = contentsOf(backup) === this.#whole;
        found.push(isWhole ? "whole" : "another");
        if (!isWhole) {
          this.#killed.broken.push(`${folder} passes for whole and is not (forced: ${isForced})`);
        }
      } catch (error) {
        const isNamed = error instanceof CommandError && error.message.includes(folder);
        found.push(error instanceof Error ? error.message.replaceAll(`${folder}/`, "").slice(0, 60) : "");
        if (!isNamed) {
          this.#killed.broken.push(`${folder} is refused without its name: ${String(error)}`);
        }
      }
    }
    return found.join(" | ");
  }

  #script(folder: string): OwnerScript {
    const { url } = this.#killed.worker;
    return { script: "backup.ts", args: [folder, "--to", url, "--state", this.#killed.stateDir] };
  }
}

/** But for the owner's log, which each backup lengthens and no restore takes back. */
function contentsOf({ contents }: Backup): string {
  const { tables, bars, indices } = contents;
  return JSON.stringify({ tables, bars, indices });
}
