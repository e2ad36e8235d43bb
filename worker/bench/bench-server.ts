/** A plain workerd in a folder of its own for one run of a wire bench, and the questions that a bench asks it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../cli/serve/local-port.ts";
import { bundleServed, servePlain, type PlainWorkerd } from "./plain-workerd.ts";

export class BenchServer {
  readonly port: number;
  readonly #folder: string;
  #workerd: PlainWorkerd;

  private constructor(folder: string, port: number, workerd: PlainWorkerd) {
    this.#folder = folder;
    this.port = port;
    this.#workerd = workerd;
  }

  static async start(): Promise<BenchServer> {
    const folder = mkdtempSync(join(tmpdir(), "vcp-wire-"));
    const port = await findFreePort();
    await bundleServed(folder);
    return new BenchServer(folder, port, await servePlain(folder, port));
  }

  get pid(): number {
    return this.#workerd.pid;
  }

  /** SIGKILL, and a new life with the same state and port. */
  async killAndStart(): Promise<void> {
    await this.#workerd.end("SIGKILL");
    this.#workerd = await servePlain(this.#folder, this.port);
  }

  async post(path: string, body = ""): Promise<void> {
    const response = await fetch(`${this.#workerd.url}${path}`, { method: "POST", body });
    const answer = await response.text();
    if (!response.ok) {
      throw new Error(`${path} answered ${response.status}: ${answer.slice(0, 300)}`);
    }
  }

  async ask(path: string): Promise<unknown> {
    const response = await fetch(`${this.#workerd.url}${path}`);
    return response.json();
  }

  async end(): Promise<void> {
    await this.#workerd.end("SIGTERM");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
