/**
 * `npm run load:hostile`: what one address can do to the others. Frames of 31 MiB, ten thousand invented topics, deep JSON and
 * sockets that say nothing, beside readers whose p99 is measured before and during. Stops by itself.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import * as v from "valibot";
import { Arrivals, askFlushes } from "./arrivals.ts";
import { keepBeat, priceTopics } from "./beat.ts";
import { BenchServer } from "./bench-server.ts";
import { Crowd, now } from "./crowd.ts";
import { machineLine, residentMiB } from "./process-figures.ts";
import { quantile } from "./quantile.ts";
import { RawSocket } from "./raw-socket.ts";

const { values } = parseArgs({
  options: {
    readers: { type: "string", default: "500" },
    seconds: { type: "string", default: "20" },
    frames: { type: "string", default: "10" },
  },
});

const HZ = 4;
const ATTACKER = new URL("big-frames.ts", import.meta.url).pathname;
const NAMES = 10_000;
const NAMES_A_MESSAGE = 250;
const MESSAGES_A_SOCKET = 20;
const PATH = "/ws?gateways=1";
const PATIENCE_MS = 60_000;
/** Longest silence that a socket without a subscription is allowed, and the time to look. */
const IDLE_MS = 30_000 + 10_000;

const Counts = v.object({ topics: v.number(), gateways: v.number(), wishes: v.number() });

/** A socket that does as its caller wishes and remembers what it heard. */
class Stranger {
  readonly #socket: RawSocket;
  code: number | null = null;
  readonly heard: string[] = [];

  constructor(port: number, begin: (socket: RawSocket) => void) {
    this.#socket = new RawSocket(port, PATH, {
      open: () => {
        begin(this.#socket);
      },
      frame: (_, head) => {
        this.heard.push(head.toString("latin1"));
      },
      closed: (code) => {
        this.code = code;
      },
    });
  }

  leave(): void {
    this.#socket.destroy();
  }
}

async function until(isThere: () => boolean, ms = PATIENCE_MS): Promise<boolean> {
  const end = now() + ms;
  while (!isThere() && now() < end) {
    await sleep(20);
  }
  return isThere();
}

/** One after another by a process of its own, which must not keep the readers' from reading: RSS after each, and its code. */
async function sendBigFrames(server: BenchServer): Promise<string> {
  const memory: number[] = [residentMiB(server.pid)];
  const codes: string[] = [];
  const attacker = spawn(process.execPath, [ATTACKER, String(server.port), values.frames], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  attacker.stdout.setEncoding("utf8").on("data", (text: string) => {
    codes.push(...text.trim().split("\n"));
    memory.push(residentMiB(server.pid));
  });
  await once(attacker, "exit");
  const rounded = memory.map((mebibytes) => Math.round(mebibytes));
  return `31 MiB frames: closed ${codes.join(" ")}; RSS ${rounded.join(" ")} MiB (goal: 64 more once, none at the tenth)`;
}

function letters(): string {
  return Math.random().toString(36).slice(2);
}

async function inventTopics(server: BenchServer): Promise<string> {
  const before = v.parse(Counts, await server.ask("/counts"));
  const strangers: Stranger[] = [];
  for (let said = 0; said < NAMES; said += NAMES_A_MESSAGE * MESSAGES_A_SOCKET) {
    const names = (): string[] =>
      Array.from({ length: NAMES_A_MESSAGE }, (_, i) => `signal:${letters()}${i}`);
    const begin = (socket: RawSocket): void => {
      for (let n = 0; n < MESSAGES_A_SOCKET; n++) {
        socket.say(JSON.stringify({ type: "subscribe", topics: names() }));
      }
    };
    strangers.push(new Stranger(server.port, begin));
  }
  const isAnswered = await until(() => strangers.every(({ heard }) => heard.length > MESSAGES_A_SOCKET));
  const after = v.parse(Counts, await server.ask("/counts"));
  strangers.forEach((stranger) => stranger.leave());
  return `${NAMES} invented topics: ${after.topics - before.topics} objects born (goal 0), ${after.wishes - before.wishes} calls to the feed, ${isAnswered ? "each message answered" : "NOT all answered"}`;
}

async function sayDeepJson(server: BenchServer): Promise<string> {
  const deep = new Stranger(server.port, (socket) => {
    socket.say("[".repeat(16_000));
    socket.say(`{"a":`.repeat(3_000));
    socket.say('{"type":"ping","still":"here"}');
  });
  const isAlive = await until(() => deep.heard.some((text) => text.includes("pong")));
  deep.leave();
  return `deep JSON: ${deep.heard.filter((text) => text.includes('"error"')).length} errors, ${isAlive ? "the socket lives" : "the socket is DEAD"}`;
}

async function keepSilent(server: BenchServer): Promise<string> {
  const silent = Array.from({ length: 100 }, () => new Stranger(server.port, () => undefined));
  const from = now();
  await until(() => silent.every(({ code }) => code !== null), IDLE_MS);
  const codes = Map.groupBy(silent, ({ code }) => code);
  const told = Array.from(codes, ([code, list]) => `${list.length} x ${code ?? "open"}`);
  silent.forEach((stranger) => stranger.leave());
  return `100 sockets that say nothing: ${told.join(", ")} after ${((now() - from) / 1_000).toFixed(0)} s`;
}

async function main(): Promise<void> {
  const server = await BenchServer.start();
  const arrivals = new Arrivals();
  const crowd = new Crowd({
    port: server.port,
    path: PATH,
    size: Number(values.readers),
    topics: priceTopics(50),
    tick: (_, tick, at) => {
      arrivals.add(tick, at);
    },
  });
  let ticks = 0;
  const read = async (seconds: number): Promise<number> => {
    arrivals.clear();
    await askFlushes(server);
    const move = (tick: number): Promise<void> => server.post(`/tick?tick=${tick}`);
    ticks += await keepBeat({ hz: HZ, ticks: seconds * HZ, first: ticks + 1, move });
    return quantile(arrivals.latencies(await askFlushes(server)), 0.99);
  };
  try {
    console.log(machineLine());
    await crowd.gather();
    await read(5);
    const calm = await read(Number(values.seconds));
    const [beside, bigFrames] = await Promise.all([read(Number(values.seconds)), sendBigFrames(server)]);
    console.log(bigFrames);
    console.log(
      `others' p99: ${calm.toFixed(0)} ms before, ${beside.toFixed(0)} ms beside; ${crowd.open} of ${values.readers} still open`,
    );
    const again = new Stranger(server.port, () => undefined);
    await until(() => again.heard.length > 0 || again.code !== null);
    console.log(
      `the same address afterwards: ${again.heard.length > 0 ? "taken in" : `refused with ${again.code}`}`,
    );
    again.leave();
    console.log(await inventTopics(server));
    console.log(await sayDeepJson(server));
    console.log(await keepSilent(server));
    console.log(machineLine());
  } finally {
    crowd.leave();
    await server.end();
  }
}

await main();
