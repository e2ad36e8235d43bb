/**
 * `npm run storm:wire`: a plain workerd dies under 5,000 real clients and comes back; each returns after its own pause, as
 * after a deploy. Prints when they were back, the busiest second, and what it cost behind the gateways; exit code 1 when a
 * message was lost. Stops by itself.
 */
import { parseArgs } from "node:util";
import * as v from "valibot";
import { machineLine, residentMiB } from "../load/process-figures.ts";
import { quantile } from "../load/quantile.ts";
import { WireServer } from "../load/wire-server.ts";
import { waitUntil } from "../stage/wait-until.ts";
import { WirePublisher } from "./wire-publisher.ts";
import { openLive, WireReader } from "./wire-reader.ts";

const { values } = parseArgs({
  options: {
    clients: { type: "string", default: "5000" },
    gateways: { type: "string", default: "4" },
    messages: { type: "string", default: "50" },
  },
});

/** Clients that are opened together before the storm. */
const AT_ONCE = 200;
const PATIENCE_MS = 180_000;
/** The goals: everyone back, and no second much busier than the others of the first five. */
const BACK_MS = 20_000;
const FIRST_SECONDS = 5;
const BUSIEST = 2;

const Counts = v.object({ subscribes: v.number(), exchangeQuestions: v.number(), gateways: v.number() });
type Counts = v.InferOutput<typeof Counts>;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function verdict(isKept: boolean): string {
  return isKept ? "kept" : "MISSED";
}

async function gather(server: WireServer): Promise<readonly WireReader[]> {
  const from = performance.now();
  const url = `ws://127.0.0.1:${server.port}/ws?gateways=${values.gateways}`;
  const readers: WireReader[] = [];
  const empty = residentMiB(server.pid);
  while (readers.length < Number(values.clients)) {
    const count = Math.min(AT_ONCE, Number(values.clients) - readers.length);
    const group = Array.from({ length: count }, () => new WireReader("client", openLive(url, Math.random)));
    readers.push(...group);
    await waitUntil(async () => group.every(({ last }) => last !== null), "a group began", PATIENCE_MS);
  }
  const [seconds, full] = [(performance.now() - from) / 1_000, residentMiB(server.pid)];
  const each = ((full - empty) * 1_024) / readers.length;
  print(
    `${readers.length} clients in ${seconds.toFixed(1)} s; RSS ${full.toFixed(0)} MiB, ${each.toFixed(0)} KiB a socket`,
  );
  return readers;
}

function printTimes(returns: readonly number[]): void {
  const perSecond: number[] = [];
  for (const ms of returns) {
    const second = Math.max(0, Math.floor(ms / 1_000));
    perSecond[second] = (perSecond[second] ?? 0) + 1;
  }
  const seconds = Array.from(perSecond, (count) => count ?? 0);
  const mean = seconds.slice(0, FIRST_SECONDS).reduce((sum, n) => sum + n, 0) / FIRST_SECONDS;
  const [busiest, last] = [Math.max(...seconds) / mean, Math.max(...returns)];
  print(`back by second since the restart: ${seconds.join(" ")}`);
  print(
    `p50 ${Math.round(quantile(returns, 0.5))} ms, all after ${Math.round(last)} ms (goal ${BACK_MS}: ${verdict(last <= BACK_MS)})`,
  );
  print(
    `busiest second ${busiest.toFixed(2)} x the mean of the first ${FIRST_SECONDS} (goal ${BUSIEST}: ${verdict(busiest <= BUSIEST)})`,
  );
}

function printCosts({ subscribes, exchangeQuestions, gateways }: Counts): void {
  print(
    `${subscribes} subscribe calls for 1 topic x ${gateways} gateways (goal ${gateways}: ${verdict(subscribes <= gateways)})`,
  );
  print(
    `${exchangeQuestions} questions for the active exchange, each one D1 query (goal 0: ${verdict(exchangeQuestions === 0)})`,
  );
}

async function storm(server: WireServer, publisher: WirePublisher): Promise<void> {
  for (let n = 0; n < Number(values.messages); n++) {
    await publisher.publishOne();
  }
  const readers = await gather(server);
  try {
    const downAt = performance.now();
    await server.killAndStart();
    const upAt = performance.now();
    const isBack = ({ currentAt }: WireReader): boolean => (currentAt ?? 0) > downAt;
    await waitUntil(async () => readers.every(isBack), "everyone is back", PATIENCE_MS);
    const counts = v.parse(Counts, await server.ask("/counts"));
    await publisher.publishOne();
    const isThere = ({ last }: WireReader): boolean => last === publisher.acknowledged;
    await waitUntil(async () => readers.every(isThere), "everyone has the next message", PATIENCE_MS);
    print(`down for ${Math.round(upAt - downAt)} ms`);
    printTimes(readers.map(({ currentAt }) => (currentAt ?? Number.NaN) - upAt));
    printCosts(counts);
    const broken = readers.flatMap((reader) => reader.broken);
    print(`${broken.length} broken promises ${broken.slice(0, 5).join("; ")}`);
    process.exitCode = broken.length === 0 ? 0 : 1;
  } finally {
    for (const reader of readers) {
      reader.close();
    }
  }
}

async function main(): Promise<void> {
  print(machineLine());
  const server = await WireServer.start();
  try {
    await storm(server, new WirePublisher(server.url, 0));
    print(machineLine());
  } finally {
    await server.end();
  }
}

await main();
