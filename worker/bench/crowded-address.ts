/** What one address with many sockets of many topics does to the others: readers' p99, and how long the server's health takes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { cpuSeconds } from "../testing/load/process-figures.ts";
import type { WireServer } from "../testing/load/wire-server.ts";

const ATTACKER = new URL("many-sockets.ts", import.meta.url).pathname;
const SOCKETS = 200;
const ROUNDS = 10;
const PROBE_MS = 50;
const HEALTH_MS = 200;

interface Crowding {
  readonly kind: "listed" | "invented";
  /** Where the sockets go; with `from` of one address. */
  readonly path: string;
}

/** From one address, which is bounded, and from none, as pages of our own come. */
const CROWDINGS: readonly (readonly [string, Crowding])[] = [
  ["of one address, invented prices", { kind: "invented", path: "/ws?gateways=1&from=198.51.100.2" }],
  ["of one address, listed prices", { kind: "listed", path: "/ws?gateways=1&from=198.51.100.3" }],
  ["of pages, invented prices", { kind: "invented", path: "/ws?gateways=1" }],
];
/** The same sockets and frames at an object that does nothing, in the same process: what the platform itself takes. */
const BARE: Crowding = { kind: "invented", path: "/ws?target=bare&answers" };

interface Crowded {
  /** Of the rounds, with the sockets that were taken in and answered. */
  readonly rounds: readonly string[];
  /** The longest wait for the server's health, milliseconds. */
  readonly health: number;
  /** Of the server, a round, the readers' share included, milliseconds. */
  readonly cpu: number;
}

/** What readers waited: from the moment when a tick was handed to the server, and from its flush alone, milliseconds. */
export interface Read {
  readonly p99: number;
  readonly fromFlush: number;
}

export function textOf({ p99, fromFlush }: Read): string {
  return `${p99.toFixed(0)} ms (${fromFlush.toFixed(0)} from the flush)`;
}

/**
 * Each attack beside the readers, and before it the same attack on an object that does nothing. Goal: the readers' p99 within
 * 25 % or 15 ms of what it was without an attack, health below 200 ms.
 */
export async function printCrowding(
  server: WireServer,
  read: (seconds: number) => Promise<Read>,
  seconds: number,
): Promise<void> {
  console.log("200 sockets with 512 topics each, joined and closed at once, ten times, beside readers");
  for (const [what, crowding] of CROWDINGS) {
    const before = await read(seconds);
    const [besideBare, bare] = await Promise.all([read(seconds), crowdAddress(server, BARE)]);
    const [beside, ours] = await Promise.all([read(seconds), crowdAddress(server, crowding)]);
    const limit = Math.max(before.p99 * 1.25, before.p99 + 15);
    const isKept = beside.p99 <= limit && ours.health < HEALTH_MS;
    console.log(`  ${what}: others' p99 ${textOf(before)} before${isKept ? "" : ", MISSED"}`);
    console.log(`    beside an object that does nothing: ${lineOf(besideBare, bare)}`);
    console.log(`    beside a gateway: ${lineOf(beside, ours)}`);
  }
}

function lineOf(read: Read, { health, cpu, rounds }: Crowded): string {
  return `p99 ${textOf(read)}, health at most ${health.toFixed(0)} ms, CPU ${cpu.toFixed(0)} ms a round; taken in, answered, ms: ${rounds.join(" | ")}`;
}

/** A process of its own plays the address, so that the readers of this one go on reading. */
async function crowdAddress(server: WireServer, { kind, path }: Crowding): Promise<Crowded> {
  const rounds: string[] = [];
  const args = [ATTACKER, String(server.port), path, String(SOCKETS), String(ROUNDS), kind];
  const used = cpuSeconds(server.pid);
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
  return { rounds, health, cpu: ((cpuSeconds(server.pid) - used) * 1_000) / ROUNDS };
}
