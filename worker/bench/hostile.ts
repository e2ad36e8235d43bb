/**
 * `npm run load:hostile`: what strangers can do to the others. Frames of 31 MiB, ten thousand invented topics, deep JSON and
 * sockets that say nothing, beside readers whose p99 is measured before and during. Stops by itself.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import * as v from "valibot";
import { Arrivals, askFlushes } from "./arrivals.ts";
import { keepBeat, priceTopics } from "./beat.ts";
import { BenchServer } from "./bench-server.ts";
import { Crowd, now } from "./crowd.ts";
import { frameMemory, sendBigFrames, type SentFrames } from "./frame-memory.ts";
import { machineLine } from "./process-figures.ts";
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
const NAMES = 10_000;
const NAMES_A_MESSAGE = 250;
const MESSAGES_A_SOCKET = 20;
const PATH = "/ws?gateways=1";
/** Each frame from another address; and all from one. */
const MANY = `${PATH}&from=192.0.2.*`;
const ONE = `${PATH}&from=198.51.100.1`;
const BARE = "/ws?room=bare";
const PATIENCE_MS = 60_000;
/** Longest silence that a socket without a subscription is allowed, and the time to look. */
const IDLE_MS = 30_000 + 10_000;

const Counts = v.object({ topics: v.number(), gateways: v.number(), wants: v.number() });

/** A socket that does as its caller wants and remembers what it heard. */
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

function memoryLine(what: string, { ends, memory }: SentFrames): string {
  const codes = Array.from(Map.groupBy(ends, String), ([end, list]) => `${list.length} x ${end}`);
  const rounded = memory.map((mebibytes) => Math.round(mebibytes));
  const grown = (n: number): number => (rounded[n] ?? NaN) - (rounded[0] ?? NaN);
  return `${what}: ${codes.join(", ")}; RSS +${grown(1)} MiB after one, +${grown(rounded.length - 1)} after ${ends.length} (${rounded.join(" ")})`;
}

/** What a frame costs in a room that does nothing is the platform's; the rest is ours. */
async function tellMemory(frames: number): Promise<void> {
  console.log("31 MiB frames, each kind at a server of its own (goal: 64 MiB once, none at the tenth)");
  console.log(memoryLine("  into a room that does nothing", await frameMemory(BARE, frames)));
  console.log(memoryLine("  into a gateway, each from another address", await frameMemory(MANY, frames)));
  console.log(memoryLine("  into a gateway, all from one address", await frameMemory(ONE, frames)));
}

/** What an address can do by itself, and then what many can. */
async function attack(
  server: BenchServer,
  frames: number,
): Promise<{ readonly one: SentFrames; readonly many: SentFrames }> {
  const one = await sendBigFrames(server, ONE, frames);
  return { one, many: await sendBigFrames(server, MANY, frames) };
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
  return `${NAMES} invented topics: ${after.topics - before.topics} objects born (goal 0), ${after.wants - before.wants} calls to the feed, ${isAnswered ? "each message answered" : "NOT all answered"}`;
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
    await tellMemory(Number(values.frames));
    await crowd.gather();
    await read(5);
    const calm = await read(Number(values.seconds));
    const [beside, sent] = await Promise.all([
      read(Number(values.seconds)),
      attack(server, Number(values.frames)),
    ]);
    console.log("31 MiB frames beside readers");
    console.log(memoryLine("  all from one address", sent.one));
    console.log(memoryLine("  then each from another", sent.many));
    console.log(
      `others' p99: ${calm.toFixed(0)} ms before, ${beside.toFixed(0)} ms beside; ${crowd.open} of ${values.readers} still open`,
    );
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
