/** The server of the wire benches and kills: the wire Worker on a plain workerd, with a state folder of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { findFreePort } from "../../cli/serve/local-port.ts";
import type { ProcessGroup } from "../../cli/serve/process-group.ts";
import { bundle, end, type PlainWorkerd, serve, type Watched } from "./plain-workerd.ts";

const WIRE: PlainWorkerd = {
  source: ["--config", "worker/testing/load/served/wrangler.toml"],
  name: "wire-worker",
  classes: [
    ["TOPIC", "Topic"],
    ["GATEWAY", "Gateway"],
    ["FEED", "BenchFeed"],
    ["BARE", "BareBroadcaster"],
    ["PARTY", "PartyBroadcaster"],
  ],
  probe: "/counts",
};

const Flushes = v.array(v.tuple([v.number(), v.number()]));

export class WireServer {
  readonly port: number;
  readonly url: string;
  readonly #folder: string;
  #group: ProcessGroup;

  private constructor(folder: string, port: number, group: ProcessGroup) {
    this.#folder = folder;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#group = group;
  }

  /** Resolves when it answers. Throws with the output of the bundler or of workerd when it does not. */
  static async start(watched: Watched | null = null): Promise<WireServer> {
    const folder = mkdtempSync(join(tmpdir(), "vcp-wire-"));
    const port = await findFreePort();
    await bundle(folder, WIRE);
    return new WireServer(folder, port, await serve(folder, port, WIRE, watched));
  }

  get pid(): number {
    return this.#group.pid ?? 0;
  }

  /** SIGKILL, which leaves no moment for a last frame, and a new process with the same state and port. */
  async killAndStart(): Promise<void> {
    await end(this.#group, this.port, "SIGKILL");
    this.#group = await serve(this.#folder, this.port, WIRE);
  }

  async post(path: string, body = ""): Promise<void> {
    const response = await fetch(`${this.url}${path}`, { method: "POST", body });
    const answer = await response.text();
    if (!response.ok) {
      throw new Error(`${path} answered ${response.status}: ${answer.slice(0, 300)}`);
    }
  }

  async ask(path: string): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`);
    return response.json();
  }

  /**
   * Since the last question: the tick of each flush, and when it began inside the server, milliseconds since the epoch. Of
   * several timers after a delivery the first is the one that carried it.
   */
  async flushes(): Promise<ReadonlyMap<number, number>> {
    return new Map(v.parse(Flushes, await this.ask("/flushes")).toReversed());
  }

  async end(): Promise<void> {
    await end(this.#group, this.port, "SIGTERM");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
