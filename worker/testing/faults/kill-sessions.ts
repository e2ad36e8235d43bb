/** Kills within the end of a session of the demo: rows, indices, standing, scan, publishing and outcomes follow one another. */
import * as v from "valibot";
import { HealthBody } from "../../protocol/rest/health.ts";
import { askOwner } from "../stage/ask-owner.ts";
import type { RealWorker } from "../stage/real-worker.ts";
import { waitUntil } from "../stage/wait-until.ts";
import type { KilledWorker, KillPlace, Operation } from "./killed-worker.ts";

const PAST_MS = 120_000;

const advance: Operation = (worker) =>
  askOwner(worker, "POST", "/api/admin/demo", JSON.stringify({ advance: "session" })).then(
    () => "advanced",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

async function isReady({ url }: RealWorker): Promise<boolean> {
  const health = v.safeParse(HealthBody, await (await fetch(`${url}/api/health`)).json());
  return health.success && health.output.feed !== null && health.output.feed.state !== "preparing";
}

export class SessionKills {
  readonly #killed: KilledWorker;

  constructor(killed: KilledWorker) {
    this.#killed = killed;
  }

  /** Waits for the demo's past and ends one session undisturbed. */
  async begin(): Promise<string> {
    await waitUntil(async () => isReady(this.#killed.worker), "the demo's past is in the book", PAST_MS);
    return `a session's end: ${await this.measure()}`;
  }

  async kill(n: number, random: () => number): Promise<KillPlace> {
    return this.#killed.kill(advance, random, n % 2 === 0 ? "await" : "random");
  }

  async measure(): Promise<string> {
    return this.#killed.measure(advance);
  }
}
