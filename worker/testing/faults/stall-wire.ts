/**
 * `npm run stall:wire`: 50 real clients in a process of their own are stopped (SIGSTOP) beside 950 that read. The server's
 * memory must stand still once their windows are full, the others must not notice, the stopped are closed with 4101 and
 * come back without loss. Runs with and without the stop take turns; stops by itself.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { parseArgs } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { MeasuredCrowd } from "../load/measured-crowd.ts";
import { machineLine, residentMiB } from "../load/process-figures.ts";
import { median, quantile, slope } from "../load/quantile.ts";
import { priceTopics } from "../load/rate.ts";
import { WireServer } from "../load/wire-server.ts";
import { waitUntil } from "../stage/wait-until.ts";
import { STREAM, WirePublisher } from "./wire-publisher.ts";

const { values } = parseArgs({
  options: {
    sockets: { type: "string", default: "1000" },
    stalled: { type: "string", default: "50" },
    topics: { type: "string", default: "50" },
    seconds: { type: "string", default: "45" },
    pairs: { type: "string", default: "5" },
    /** Seconds before anyone is stopped: a young heap grows by itself, and hides what the stopped cost. */
    warm: { type: "string", default: "5" },
  },
});

const HZ = 4;
const PATIENCE_MS = 120_000;
const HOLDER = new URL("stalled-holder.ts", import.meta.url).pathname;
/** 256 KiB at about 64 KB a second are full by then, and the kernel's own buffers too. */
const WINDOW_S = 12;

const State = v.object({
  open: v.number(),
  least: v.number(),
  broken: v.array(v.string()),
  closes: v.record(v.string(), v.number()),
});
type State = v.InferOutput<typeof State>;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The process with the clients that will be stopped, and the last state of them that it printed. */
class Holder {
  readonly #child: ChildProcess;
  state: State = { open: 0, least: 0, broken: [], closes: {} };

  constructor(url: string) {
    this.#child = spawn(process.execPath, [HOLDER, url, values.stalled, values.topics], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const line = text.trimEnd().split("\n").at(-1) ?? "";
      if (line.startsWith("{") && line.endsWith("}")) {
        this.state = v.parse(State, JSON.parse(line));
      }
    });
  }

  stop(): void {
    this.#child.kill("SIGSTOP");
  }

  go(): void {
    this.#child.kill("SIGCONT");
  }

  end(): void {
    this.#child.kill("SIGKILL");
  }
}

interface Figures {
  readonly p99: number;
  /** MiB a minute once the windows are full. */
  readonly growth: number;
  /** The state of the stopped clients once they had everything again. */
  readonly state: State;
}

/** Moves prices, with a message of the stream each second, and measures the readers. */
async function measure(
  server: WireServer,
  publisher: WirePublisher,
  crowd: MeasuredCrowd,
): Promise<Pick<Figures, "p99" | "growth">> {
  const memory: [number, number][] = [];
  const { latencies } = await crowd.measure({
    hz: HZ,
    ticks: Number(values.seconds) * HZ,
    move: async (tick) => {
      await server.post(`/tick?tick=${tick}`);
      if (tick % HZ === 0) {
        await publisher.publishOne();
      }
    },
    watch: (second) => {
      memory.push([second, residentMiB(server.pid)]);
    },
  });
  const late = memory.filter(([second]) => second >= WINDOW_S);
  return { p99: quantile(latencies, 0.99), growth: slope(late) * 60 };
}

async function oneRun(isStopping: boolean): Promise<Figures> {
  const server = await WireServer.start();
  const publisher = new WirePublisher(server.url, 0);
  const path = "/ws?gateways=1";
  await publisher.publishOne();
  const holder = new Holder(`ws://127.0.0.1:${server.port}${path}`);
  const crowd = new MeasuredCrowd(server, {
    path,
    size: Number(values.sockets) - Number(values.stalled),
    topics: [...priceTopics(Number(values.topics)), STREAM],
  });
  const isThere = (): boolean =>
    holder.state.open === Number(values.stalled) && holder.state.least === publisher.acknowledged;
  try {
    await crowd.gather();
    await waitUntil(async () => isThere(), "the clients to be stopped are open", PATIENCE_MS);
    await crowd.measure({ hz: HZ, ticks: Number(values.warm) * HZ });
    if (isStopping) {
      holder.stop();
    }
    const figures = await measure(server, publisher, crowd);
    holder.go();
    await waitUntil(async () => isThere(), "the stopped have come back", PATIENCE_MS);
    return { ...figures, state: holder.state };
  } finally {
    holder.go();
    holder.end();
    crowd.leave();
    await server.end();
    await sleep(500);
  }
}

function printRun(name: string, { p99, growth, state }: Figures): void {
  const closes = Object.entries(state.closes).map(([code, count]) => `${count} x ${code}`);
  print(
    `${name}: others' p99 ${p99.toFixed(0)} ms, RSS ${growth.toFixed(1)} MiB/min after ${WINDOW_S} s, closed ${closes.join(", ") || "none"}, ${state.broken.length} broken promises`,
  );
}

async function main(): Promise<void> {
  print(`${values.stalled} stopped of ${values.sockets}, ${values.topics} prices at ${HZ} Hz`);
  print(machineLine());
  const [calm, stopped]: [Figures[], Figures[]] = [[], []];
  for (let pair = 0; pair < Number(values.pairs); pair++) {
    calm.push(await oneRun(false));
    calm.slice(-1).forEach((figures) => printRun("all read", figures));
    stopped.push(await oneRun(true));
    stopped.slice(-1).forEach((figures) => printRun("stopped ", figures));
  }
  const [without, with50] = [calm, stopped].map((runs) => median(runs.map(({ p99 }) => p99)));
  const limit = Math.max((without ?? Number.NaN) * 1.25, (without ?? Number.NaN) + 10);
  const isKept = (with50 ?? Number.NaN) <= limit;
  print(
    `median p99 of the others: ${without?.toFixed(0)} ms without, ${with50?.toFixed(0)} ms with (limit ${limit.toFixed(0)}: ${isKept ? "kept" : "MISSED"})`,
  );
  const slow = stopped.every(({ state }) => (state.closes["4101"] ?? 0) >= Number(values.stalled));
  const broken = [...calm, ...stopped].flatMap(({ state }) => state.broken);
  print(
    `${slow ? "every stopped client was closed with 4101" : "NOT every stopped client was closed with 4101"}, ${broken.length} broken promises ${broken.join("; ")}`,
  );
  print(machineLine());
  process.exitCode = slow && broken.length === 0 ? 0 : 1;
}

await main();
