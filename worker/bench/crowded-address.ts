/** What one address with many sockets of many topics does to the others: readers' p99, and how long the server's health takes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { WireServer } from "../testing/load/wire-server.ts";

const ATTACKER = new URL("many-sockets.ts", import.meta.url).pathname;
const SOCKETS = 200;
const ROUNDS = 10;
const PROBE_MS = 50;

export interface Crowding {
  readonly kind: "listed" | "invented";
  /** Where the sockets go; with `from` of one address. */
  readonly path: string;
}

export interface Crowded {
  /** Of the rounds, with the sockets that were taken in and answered. */
  readonly rounds: readonly string[];
  /** The longest wait for the server's health, milliseconds. */
  readonly health: number;
}

/** A process of its own plays the address, so that the readers of this one go on reading. */
export async function crowdAddress(server: WireServer, { kind, path }: Crowding): Promise<Crowded> {
  const rounds: string[] = [];
  const args = [ATTACKER, String(server.port), path, String(SOCKETS), String(ROUNDS), kind];
  const attacker = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  attacker.stdout.setEncoding("utf8").on("data", (text: string) => rounds.push(...text.trim().split("\n")));
  const ended = once(attacker, "exit");
  let health = 0;
  while (attacker.exitCode === null) {
    const from = performance.now();
    await server.ask("/health");
    health = Math.max(health, performance.now() - from);
    await sleep(PROBE_MS);
  }
  await ended;
  return { rounds, health };
}
