/**
 * `npm run kill:wire -- --kills 200 --clients 200`: a plain workerd is ended by SIGKILL at random moments while messages
 * are published; every acknowledged one must reach every real client exactly once, in order. Prints the recovery times;
 * exit code 1 when a promise was broken. Bounded by its kills; ends what it started.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { makeRandom } from "../chance/random.ts";
import { machineLine } from "../load/process-figures.ts";
import { quantile } from "../load/quantile.ts";
import { WireServer } from "../load/wire-server.ts";
import { waitUntil } from "../stage/wait-until.ts";
import { WirePublisher } from "./wire-publisher.ts";
import { openLive, WireReader } from "./wire-reader.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    clients: { type: "string", default: "50" },
    seed: { type: "string", default: "1" },
    /** Between an acknowledgement and the next message, ms. */
    pause: { type: "string", default: "25" },
  },
});

const PATIENCE_MS = 60_000;
/** Full jitter goes up to 20 s; a draw of at most this share of it keeps every pause under 500 ms. */
const SHORT_PAUSES = 500 / 20_000;
/** Half of the kills come at any moment of the first second, in the middle of the return of the clients... */
const EARLY_MS = 1_000;
/** ...and half after some acknowledged messages, however slow the machine is. */
const LATE_MESSAGES = 40;
const LATE_MS = 10_000;
/** So that a kill does not always follow an acknowledgement. */
const MOMENT_MS = 100;
/** Sockets are spread over so many gateway objects. */
const GATEWAYS = 4;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

interface Scene {
  readonly server: WireServer;
  readonly publisher: WirePublisher;
  readonly readers: readonly WireReader[];
}

/** Lets the server live until a random moment. */
async function live({ publisher }: Scene, random: () => number): Promise<void> {
  if (random() < 0.5) {
    await sleep(random() * EARLY_MS);
    return;
  }
  const enough = publisher.acknowledged + Math.ceil(random() * LATE_MESSAGES);
  await waitUntil(async () => publisher.acknowledged >= enough, "messages", LATE_MS).catch(() => {
    // On a slow machine the server is killed before the messages are there.
  });
  await sleep(random() * MOMENT_MS);
}

async function killOften(scene: Scene, random: () => number): Promise<void> {
  const { server, publisher, readers } = scene;
  const kills = Number(values.kills);
  for (let kill = 1; kill <= kills; kill++) {
    await live(scene, random);
    const open = readers.filter(({ isOpen }) => isOpen).length;
    await server.killAndStart();
    if (kill % 20 === 0) {
      print(`kill ${kill}: ${open} clients were open, ${publisher.acknowledged} messages acknowledged`);
    }
  }
}

async function settle({ publisher, readers }: Scene): Promise<void> {
  await publisher.stop();
  const isThere = ({ last }: WireReader): boolean => last === publisher.acknowledged;
  await waitUntil(async () => readers.every(isThere), "every client has the last message", PATIENCE_MS).catch(
    () => {
      const behind = readers.filter((reader) => !isThere(reader));
      print(`BROKEN ${behind.length} clients never got message ${publisher.acknowledged}`);
      process.exitCode = 1;
    },
  );
}

function report({ publisher, readers }: Scene): void {
  const recoveries = readers.flatMap((reader) => reader.recoveries);
  const broken = readers.flatMap((reader) => reader.broken);
  const delivered = readers.reduce((sum, { messages }) => sum + messages, 0);
  print(`${values.kills} kills, ${readers.length} clients, seed ${values.seed}, ${machineLine()}`);
  print(
    `${publisher.acknowledged} messages acknowledged, ${publisher.unanswered} attempts without an answer`,
  );
  print(`${delivered} deliveries, ${broken.length} broken promises`);
  const [half, most, nearly, longest] = [0.5, 0.95, 0.99, 1].map((share) =>
    Math.round(quantile(recoveries, share)),
  );
  print(`${recoveries.length} recoveries: p50 ${half}, p95 ${most}, p99 ${nearly}, longest ${longest} ms`);
  for (const promise of broken.slice(0, 20)) {
    print(`BROKEN ${promise}`);
  }
  if (broken.length > 0) {
    process.exitCode = 1;
  }
}

async function main(): Promise<void> {
  const random = makeRandom(Number(values.seed));
  const server = await WireServer.start();
  const publisher = new WirePublisher(server.url, Number(values.pause));
  // The stream has a message before its first reader joins, so that every reader has a state to begin with.
  await publisher.publishOne();
  const socketUrl = `ws://127.0.0.1:${server.port}/ws?gateways=${GATEWAYS}`;
  const readers = Array.from(
    { length: Number(values.clients) },
    (_, n) =>
      new WireReader(
        `client ${n}`,
        openLive(socketUrl, () => random() * SHORT_PAUSES),
      ),
  );
  const scene: Scene = { server, publisher, readers };
  try {
    await waitUntil(async () => readers.every(({ last }) => last !== null), "all began", PATIENCE_MS);
    publisher.begin();
    await killOften(scene, random);
    await settle(scene);
    report(scene);
  } finally {
    for (const reader of readers) {
      reader.close();
    }
    await publisher.stop();
    await server.end();
  }
}

await main();
