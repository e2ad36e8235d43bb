/** Kills within scans of KRX: a session a scan is imported, and the scan is killed until one came through. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text as textOfStream } from "node:stream/consumers";
import { sendBars, sendIndices, sendMasters, switchExchange } from "../../cli/import/send-files.ts";
import { makeOwnerClient, type OwnerClient } from "../../cli/terminal/owner-client.ts";
import { openDataFile } from "../../cli/files/data-file.ts";
import type { ImportFiles } from "./kill-subject.ts";
import type { KilledWorker, KillPlace, Operation } from "./killed-worker.ts";

const EXCHANGE = "KRX";
/** Sessions that the book holds before the first kill, as a share of the file's. */
const PAST = 0.75;

export const scanKrx: Operation = async ({ url, ownerToken }) =>
  fetch(`${url}/api/kr/scan?exchange=${EXCHANGE}`, {
    method: "POST",
    headers: { authorization: `Bearer ${ownerToken}` },
  }).then(
    async (response) => {
      await response.text();
      return String(response.status);
    },
    () => "cut off",
  );

export class ScanKills {
  readonly #killed: KilledWorker;
  readonly #folder: string;
  /** The lines of each session that is not imported yet, oldest first. */
  #sessions: (readonly [day: string, lines: readonly string[]])[] = [];
  #header = "";

  constructor(killed: KilledWorker, folder: string) {
    this.#killed = killed;
    this.#folder = folder;
  }

  /** Imports the past and scans it undisturbed. */
  async begin({ bars, instruments, indices }: ImportFiles): Promise<string> {
    const text = await textOfStream((await openDataFile(bars)).bytes);
    const [header = "", ...lines] = text.trimEnd().split("\n");
    const column = header.split(",").indexOf("date");
    const byDay = Map.groupBy(lines, (line) => line.split(",")[column] ?? "");
    const days = Array.from(byDay).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const past = Math.floor(days.length * PAST);
    this.#header = header;
    this.#sessions = days.slice(past);
    if (instruments !== null) {
      await sendMasters(this.#client, EXCHANGE, [instruments]);
    }
    if (indices !== null) {
      await sendIndices(this.#client, EXCHANGE, [indices]);
    }
    await this.#send(
      "past",
      days.slice(0, past).flatMap(([, rows]) => rows),
    );
    await switchExchange(this.#client, EXCHANGE);
    return `${past} sessions stand, ${this.#sessions.length} follow; a scan: ${await this.#killed.measure(scanKrx)}`;
  }

  /** A session comes before every other kill, while there are some: the next scan of the same one must change nothing. */
  async kill(n: number, random: () => number): Promise<KillPlace> {
    if (n % 2 === 1) {
      await this.#next();
    }
    // Odd and even kills are of one session; pairs of them take turns.
    return this.#killed.kill(scanKrx, random, n % 4 < 2 ? "await" : "random");
  }

  /** The scan of every tenth session is not disturbed, so that the awaits stay those of a scan that finds something. */
  async measure(): Promise<string> {
    await this.#next();
    return this.#killed.measure(scanKrx);
  }

  async #next(): Promise<void> {
    const [day, rows] = this.#sessions.shift() ?? [];
    if (day !== undefined && rows !== undefined) {
      await this.#send(day, rows);
    }
  }

  async #send(name: string, rows: readonly string[]): Promise<void> {
    const file = join(this.#folder, `${name}.csv`);
    await writeFile(file, `${[this.#header, ...rows].join("\n")}\n`);
    await sendBars(this.#client, EXCHANGE, [file], () => undefined);
  }

  get #client(): OwnerClient {
    const { url, ownerToken } = this.#killed.worker;
    return makeOwnerClient({ url: new URL(url), token: ownerToken });
  }
}
