/** Kills within `npm run restore`, which puts two states of one exchange back by turns: each is there whole or not begun, and the same command goes on. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text as textOfStream } from "node:stream/consumers";
import { backupFiles } from "../../cli/backup/read-backup.ts";
import { barsDigest } from "../../cli/backup/compare-bars.ts";
import { sendBars } from "../../cli/import/send-files.ts";
import { openDataFile } from "../../cli/files/data-file.ts";
import { makeOwnerClient, type OwnerClient } from "../../cli/terminal/owner-client.ts";
import { scanKrx } from "./kill-scans.ts";
import { killWithin, type OwnerScript, runScript } from "./killed-command.ts";
import type { KilledWorker, KillPlace } from "./killed-worker.ts";
import { readRecords } from "./stored-records.ts";

const EXCHANGE = "KRX";
/** Lines of the file whose volumes are corrected between the two states. */
const CORRECTED = 2_000;

interface State {
  readonly folder: string;
  readonly rows: string;
  readonly bars: string;
  readonly epochs: string;
}

export class RestoreKills {
  readonly #killed: KilledWorker;
  readonly #folder: string;
  #states: readonly State[] = [];
  /** The state that stands whole, and the one that is being put back. */
  #from = 1;
  #lengthMs = 0;

  constructor(killed: KilledWorker, folder: string) {
    this.#killed = killed;
    this.#folder = folder;
  }

  /** Backs up two states that differ in rows and in bars. */
  async begin(): Promise<string> {
    const first = await this.#backup("first");
    const bars = backupFiles(first.folder, EXCHANGE).bars;
    const lines = (await textOfStream((await openDataFile(bars)).bytes)).split("\n");
    const column = (lines[0] ?? "").split(",").indexOf("volume");
    const file = join(this.#folder, "corrected.csv");
    const corrected = lines.slice(1, CORRECTED).map((line) => {
      const fields = line.split(",");
      return fields.with(column, String(Number(fields[column]) + 1)).join(",");
    });
    await writeFile(file, `${[lines[0], ...corrected].join("\n")}\n`);
    await sendBars(this.#client, EXCHANGE, [file], () => undefined);
    await scanKrx(this.#killed.worker);
    this.#states = [first, await this.#backup("second")];
    this.#lengthMs = await this.#finish();
    return `a restore takes ${Math.round(this.#lengthMs)} ms`;
  }

  /** Every other kill is followed by the same command, undisturbed. */
  async kill(n: number, random: () => number): Promise<KillPlace & { readonly left: string }> {
    const place = await killWithin(this.#killed, this.#script(), n, random() * this.#lengthMs);
    const left = await this.#judge(place.at);
    if (n % 2 === 1) {
      await this.#finish();
    }
    return { ...place, left };
  }

  /** The rows are those of one state, the bars those of both or one, and no stream begins anew before rows and bars are there. */
  async #judge(at: string): Promise<string> {
    const [from, to] = [this.#states[this.#from], this.#states[1 - this.#from]];
    const { rows, epochs } = this.#stored();
    const bars = await barsDigest(this.#client, EXCHANGE);
    const rowsOf = rows === from?.rows ? "old" : rows === to?.rows ? "new" : "neither";
    const barsOf = bars === from?.bars ? "old" : bars === to?.bars ? "new" : "in between";
    const isAnew = epochs !== this.#epochs;
    if (rowsOf === "neither") {
      this.#killed.broken.push(`killed ${at}: the rows are of neither state`);
    }
    if (barsOf !== "old" && rowsOf !== "new") {
      this.#killed.broken.push(`killed ${at}: bars were sent (${barsOf}) before the rows (${rowsOf})`);
    }
    if (isAnew && (rowsOf !== "new" || barsOf !== "new")) {
      this.#killed.broken.push(`killed ${at}: streams began anew with ${rowsOf} rows and ${barsOf} bars`);
    }
    return `rows ${rowsOf}, bars ${barsOf}${isAnew ? ", streams anew" : ""}`;
  }

  #epochs = "";

  /** The same command to its end: then the other state is to be put back. */
  async #finish(): Promise<number> {
    const length = await runScript(this.#killed, this.#script());
    const to = this.#states[1 - this.#from];
    const { rows, epochs } = this.#stored();
    if (rows !== to?.rows || (await barsDigest(this.#client, EXCHANGE)) !== to.bars) {
      this.#killed.broken.push(
        `a restore that came to its end left another state than that of ${to?.folder}`,
      );
    }
    if (epochs === this.#epochs) {
      this.#killed.broken.push("a restore that came to its end began no stream anew");
    }
    this.#epochs = epochs;
    this.#from = 1 - this.#from;
    return length;
  }

  async #backup(name: string): Promise<State> {
    const folder = join(this.#folder, name);
    const args = [folder, "--to", this.#killed.worker.url, "--state", this.#killed.stateDir];
    await runScript(this.#killed, { script: "backup.ts", args });
    const stored = this.#stored();
    this.#epochs = stored.epochs;
    return { folder, ...stored, bars: await barsDigest(this.#client, EXCHANGE) };
  }

  #stored(): Pick<State, "rows" | "epochs"> {
    const { runs, events, signals, outcomes, gates, epochs } = readRecords(this.#killed.stateDir, EXCHANGE);
    return { rows: JSON.stringify({ runs, events, signals, outcomes, gates }), epochs: epochs.join(" ") };
  }

  #script(): OwnerScript {
    const { folder } = this.#states[1 - this.#from] ?? { folder: "" };
    const args = [folder, "--to", this.#killed.worker.url, "--state", this.#killed.stateDir, "--yes"];
    return { script: "restore.ts", args };
  }

  get #client(): OwnerClient {
    const { url, ownerToken } = this.#killed.worker;
    return makeOwnerClient({ url: new URL(url), token: ownerToken });
  }
}
