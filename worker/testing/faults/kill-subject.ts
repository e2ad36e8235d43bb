/** The Worker that the kill harness ends and starts again, and what must hold of it after every death. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { type RealWorker, startWorker } from "../stage/real-worker.ts";

const IMPORT = new URL("../../cli/import/import.ts", import.meta.url).pathname;

export interface ImportFiles {
  readonly bars: string;
  readonly instruments: string | null;
  readonly indices: string | null;
}

const Health = v.object({ book: v.object({ rows: v.number(), sessions: v.number(), tickers: v.number() }) });
const Runs = v.object({
  runs: v.array(
    v.object({ id: v.string(), status: v.string(), reason: v.nullable(v.string()), saved: v.number() }),
  ),
});
const Signals = v.object({
  signals: v.array(
    v.object({
      id: v.string(),
      score: v.number(),
      footprint: v.string(),
      state: v.string(),
      run_id: v.string(),
    }),
  ),
});

export class KillSubject {
  readonly broken: string[] = [];
  readonly #files: ImportFiles;
  readonly #folder: string;
  readonly #port: number;
  #worker: RealWorker | null = null;
  #state = "";
  #expected = { rows: 0, signals: "" };
  /** Rows after each whole chunk of the reference import: the only numbers a killed import may leave. */
  readonly #whole = new Set<number>([0]);

  constructor(files: ImportFiles, folder: string, port: number) {
    this.#files = files;
    this.#folder = folder;
    this.#port = port;
  }

  /** Imports and scans undisturbed. */
  async reference(): Promise<string> {
    await this.begin();
    const importing = this.#import();
    while (importing.child.exitCode === null) {
      this.#whole.add(await this.#rows());
      await sleep(15);
    }
    await importing.end;
    await this.#scan();
    this.#expected = { rows: await this.#rows(), signals: await this.#signals() };
    this.#whole.add(this.#expected.rows);
    return `${this.#expected.rows} rows, whole chunks end at ${[...this.#whole].join(", ")}; ${this.#expected.signals}`;
  }

  /** A Worker on empty storage. */
  async begin(): Promise<void> {
    await this.end();
    this.#state = await mkdtemp(join(this.#folder, "state-"));
    await this.#start();
  }

  async end(): Promise<void> {
    await this.#worker?.stop();
    this.#worker = null;
  }

  async importUntilKilled(afterMs: number): Promise<string> {
    const importing = this.#import();
    await Promise.race([sleep(afterMs), importing.end]);
    const through = importing.child.exitCode === 0;
    await this.#dieAndRise();
    importing.child.kill("SIGKILL");
    await importing.end;
    const rows = await this.#rows();
    this.#hold(this.#whole.has(rows), `${rows} rows are not a whole number of chunks`);
    await this.#holdRuns();
    return `${through ? "through" : "killed"} after ${Math.round(afterMs)} ms, ${rows} rows stand`;
  }

  /** The import sent again is complete, sent once more changes nothing, and the scan finds what the reference found. */
  async finishAndCompare(): Promise<void> {
    for (const time of ["first", "second"]) {
      const { end } = this.#import();
      this.#hold((await end) === 0, `the ${time} repeated import failed`);
      const rows = await this.#rows();
      this.#hold(rows === this.#expected.rows, `${rows} rows after the ${time} repeated import`);
    }
    const status = await this.#scan();
    this.#hold(status === 200, `a scan after the kills was answered ${status}`);
    const signals = await this.#signals();
    this.#hold(signals === this.#expected.signals, `other signals than the reference: ${signals}`);
    await this.#holdRuns();
  }

  /** No run is left running, none saved half, and a run that was cut off has a reason. */
  async #holdRuns(): Promise<void> {
    await (await fetch(`${this.#url}/api/kr/scan/status?exchange=KRX`)).text();
    const { runs } = v.parse(Runs, await this.#json("/api/kr/runs?exchange=KRX&limit=100"));
    const { signals } = v.parse(Signals, await this.#json("/api/kr/signals?exchange=KRX&limit=100"));
    for (const run of runs) {
      this.#hold(run.status !== "running", `run ${run.id} is still running`);
      this.#hold(
        run.status === "done" || run.reason !== null,
        `run ${run.id} is ${run.status} without a reason`,
      );
      const written = signals.filter((signal) => signal.run_id === run.id).length;
      this.#hold(
        run.status === "done" || written === 0,
        `run ${run.id} is ${run.status} and wrote ${written} signals`,
      );
    }
  }

  #hold(promise: boolean, otherwise: string): void {
    if (!promise) {
      this.broken.push(otherwise);
    }
  }

  #import(): { readonly child: ReturnType<typeof spawn>; readonly end: Promise<number | null> } {
    const { bars, instruments, indices } = this.#files;
    const more = [
      ...(instruments ? ["--instruments", instruments] : []),
      ...(indices ? ["--indices", indices] : []),
    ];
    const child = spawn(process.execPath, [IMPORT, bars, ...more, "--to", this.#url], {
      stdio: "ignore",
      env: { ...process.env, OWNER_TOKEN: this.#running.ownerToken },
    });
    return { child, end: once(child, "exit").then(() => child.exitCode) };
  }

  async #scan(): Promise<number> {
    const response = await this.#post("/api/kr/scan");
    await response.text();
    return response.status;
  }

  #post(path: string): Promise<Response> {
    return fetch(`${this.#url}${path}?exchange=KRX`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.#running.ownerToken}` },
    });
  }

  async #dieAndRise(): Promise<void> {
    await this.#running.kill();
    await this.#start();
  }

  async #start(): Promise<void> {
    this.#worker = await startWorker({ stateDir: this.#state, port: this.#port });
  }

  async #rows(): Promise<number> {
    return v.parse(Health, await this.#json("/api/health?exchange=KRX")).book.rows;
  }

  async #signals(): Promise<string> {
    const { signals } = v.parse(Signals, await this.#json("/api/kr/signals?exchange=KRX&limit=100"));
    return signals
      .map(({ id, score, footprint, state }) => `${id} ${footprint} ${score} ${state}`)
      .join("; ");
  }

  async #json(path: string): Promise<unknown> {
    const response = await fetch(`${this.#url}${path}`);
    return response.json();
  }

  get #url(): string {
    return this.#running.url;
  }

  get #running(): RealWorker {
    if (this.#worker === null) {
      throw new Error("The Worker is not running");
    }
    return this.#worker;
  }
}
