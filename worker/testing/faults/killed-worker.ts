/** A real Worker on a state folder of its own that is killed within operations, and what its records promise after every death. */
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { type RealWorker, startWorker } from "../stage/real-worker.ts";
import { AwaitGate } from "./await-gate.ts";
import { brokenAt, brokenAtRest, brokenBetween } from "./record-promises.ts";
import { readRecords, type StoredRecords } from "./stored-records.ts";

const ENTRY = "worker/testing/stage/halting-worker.ts";
const REST_MS = 60_000;
const STEP_MS = 100;

/** Resolves with what the caller saw, also when the connection broke; never rejects. */
export type Operation = (worker: RealWorker) => Promise<string>;

/** Where a kill fell. */
export interface KillPlace {
  readonly moment: "random" | "await";
  /** The caller had no answer yet. */
  readonly isInside: boolean;
  /** The call that was held, or the milliseconds since the beginning. */
  readonly at: string;
}

export class KilledWorker {
  readonly broken: string[] = [];
  readonly gate: AwaitGate;
  readonly stateDir: string;
  readonly #exchange: Exchange;
  readonly #port: number;
  #worker: RealWorker | null = null;
  #isMigrated = false;
  #records: StoredRecords | null = null;
  /** Of the last operation that was not disturbed: its awaits and its length. */
  #awaits = 1;
  #lengthMs = 100;

  private constructor(gate: AwaitGate, stateDir: string, exchange: Exchange, port: number) {
    this.gate = gate;
    this.stateDir = stateDir;
    this.#exchange = exchange;
    this.#port = port;
  }

  static async start(folder: string, exchange: Exchange, port: number): Promise<KilledWorker> {
    const stateDir = await mkdtemp(join(folder, "state-"));
    const killed = new KilledWorker(await AwaitGate.open(), stateDir, exchange, port);
    await killed.#start();
    return killed;
  }

  get worker(): RealWorker {
    if (this.#worker === null) {
      throw new Error("The Worker is not running");
    }
    return this.#worker;
  }

  async end(): Promise<void> {
    await this.#worker?.stop();
    this.#worker = null;
    this.gate.close();
  }

  /** Carries the operation out undisturbed, to know its awaits and its length. */
  async measure(operation: Operation): Promise<string> {
    this.gate.takePassed();
    const began = performance.now();
    const seen = await operation(this.worker);
    this.#lengthMs = performance.now() - began;
    this.#awaits = Math.max(1, this.gate.takePassed().length);
    await this.#rest();
    return `${seen} after ${Math.round(this.#lengthMs)} ms and ${this.#awaits} awaits`;
  }

  /** Kills at a random moment, or in a random await, of the operation; looks at the records dead and, started again, at rest. */
  async kill(operation: Operation, random: () => number, moment: KillPlace["moment"]): Promise<KillPlace> {
    const isDone = { value: false };
    this.gate.takePassed();
    const held = moment === "await" ? this.gate.holdAfter(Math.floor(random() * this.#awaits)) : null;
    const began = performance.now();
    const running = operation(this.worker).finally(() => {
      isDone.value = true;
    });
    const reached = await Promise.race([
      held ?? sleep(random() * this.#lengthMs).then(() => ""),
      running.then(() => ""),
    ]);
    const isInside = !isDone.value;
    const after = Math.round(performance.now() - began);
    await this.worker.kill();
    this.gate.release();
    const passed = this.gate.takePassed().length;
    if (held !== null && !isInside) {
      // An operation that does less has fewer awaits: the next one is held within those.
      this.#awaits = Math.max(1, passed);
    }
    await running;
    this.#look(`killed at ${reached === "" ? `${after} ms` : reached}`);
    await this.#start();
    await this.#rest();
    return { moment, isInside, at: reached === "" ? `${after} ms` : reached };
  }

  /** Kills whatever goes on, and starts again. */
  async dieAndRise(): Promise<void> {
    await this.worker.kill();
    await this.#start();
  }

  /** The records now, held against those of before. */
  #look(when: string): StoredRecords {
    const records = readRecords(this.stateDir, this.#exchange);
    const broken = [
      ...brokenAt(records),
      ...(this.#records === null ? [] : brokenBetween(this.#records, records)),
    ];
    this.broken.push(...broken.map((promise) => `${when}: ${promise}`));
    this.#records = records;
    return records;
  }

  /** Waits until the Worker has caught up by itself: nobody asks it for anything. */
  async #rest(): Promise<void> {
    const until = performance.now() + REST_MS;
    let waiting = brokenAtRest(readRecords(this.stateDir, this.#exchange));
    while (waiting.length > 0 && performance.now() < until) {
      await sleep(STEP_MS);
      waiting = brokenAtRest(readRecords(this.stateDir, this.#exchange));
    }
    this.broken.push(...waiting.map((promise) => `not at rest after ${REST_MS} ms: ${promise}`));
    this.#look("at rest");
  }

  async #start(): Promise<void> {
    this.#worker = await startWorker({
      stateDir: this.stateDir,
      port: this.#port,
      entry: ENTRY,
      isMigrated: this.#isMigrated,
      vars: { GATE_URL: this.gate.url, DEMO_SESSION_S: "86400" },
    });
    this.#isMigrated = true;
  }
}
