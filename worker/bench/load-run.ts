/** One run of the load: a crowd on one object, prices that all move at a fixed beat, and what it cost. */
import { setTimeout as sleep } from "node:timers/promises";
import { Arrivals, askFlushes } from "./arrivals.ts";
import { keepBeat, priceTopics } from "./beat.ts";
import type { BenchServer } from "./bench-server.ts";
import { Crowd, now } from "./crowd.ts";
import { cpuSeconds, residentMiB } from "./process-figures.ts";
import { quantile } from "./quantile.ts";

/** `gateway` is the product; the others are what it is held against. */
export type Room = "gateway" | "bare" | "party";

export interface LoadPlan {
  readonly room: Room;
  readonly sockets: number;
  readonly topics: number;
  readonly hz: number;
  readonly seconds: number;
  /** The product's objects that share the sockets; one in the comparison. */
  readonly gateways: number;
  /** One frame an update in place of one a tick; only where the room is told what to send. */
  readonly isSplit?: boolean;
  /** Called at each beat with the seconds since the beginning and the resident memory. */
  readonly watch?: (second: number, mebibytes: number) => void;
}

export interface LoadFigures {
  readonly frames: number;
  readonly framesASecond: number;
  /** Frames that a second of the server's CPU writes. */
  readonly framesACpuSecond: number;
  readonly microsAFrame: number;
  /** From the beginning of a flush inside the server to the client, milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Share of the frames that should have come. */
  readonly complete: number;
  /** Share of the beats that the server was ready for. */
  readonly beats: number;
  readonly mebibytes: number;
  readonly connectsASecond: number;
}

/** Ticks before the first that counts: compilers and buffers warm up. */
const WARM_TICKS = 12;
const SETTLE_MS = 10_000;

async function move(server: BenchServer, plan: LoadPlan, tick: number): Promise<void> {
  const { room, topics, isSplit } = plan;
  await (room === "gateway"
    ? server.post(`/tick?tick=${tick}`)
    : server.post(`/broadcast?room=${room}&tick=${tick}&topics=${topics}${isSplit ? "&split" : ""}`));
}

/** Waits until everyone has the last tick: what was to come before it has come, or went into it. */
async function drained(arrivals: Arrivals, last: number, frames: number): Promise<void> {
  const until = now() + SETTLE_MS;
  while (arrivals.countOf(last) < frames && now() < until) {
    await sleep(50);
  }
}

export async function runLoad(server: BenchServer, plan: LoadPlan): Promise<LoadFigures> {
  const arrivals = new Arrivals();
  const isOurs = plan.room === "gateway";
  const crowd = new Crowd({
    port: server.port,
    path: isOurs ? `/ws?gateways=${plan.gateways}` : `/ws?room=${plan.room}`,
    size: plan.sockets,
    topics: isOurs ? priceTopics(plan.topics) : [],
    tick: (_, number, at) => {
      arrivals.add(number, at);
    },
  });
  try {
    const gathering = await crowd.gather();
    const framesATick = plan.sockets * (plan.isSplit ? plan.topics : 1);
    const beat = { hz: plan.hz, move: (tick: number) => move(server, plan, tick) };
    const warm = await keepBeat({ ...beat, ticks: WARM_TICKS, first: 1 });
    await drained(arrivals, warm, framesATick);
    arrivals.clear();
    await askFlushes(server);
    const [cpu, from] = [cpuSeconds(server.pid), now()];
    const sent = await keepBeat({
      ...beat,
      ticks: plan.seconds * plan.hz,
      first: warm + 1,
      watch: (second) => plan.watch?.(second, residentMiB(server.pid)),
    });
    const expected = sent * framesATick;
    await drained(arrivals, warm + sent, framesATick);
    const used = cpuSeconds(server.pid) - cpu;
    const elapsed = (now() - from) / 1_000;
    const latencies = arrivals.latencies(await askFlushes(server));
    return {
      frames: arrivals.count,
      framesASecond: arrivals.count / elapsed,
      framesACpuSecond: arrivals.count / used,
      microsAFrame: (used / arrivals.count) * 1e6,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      complete: arrivals.count / expected,
      beats: sent / (plan.seconds * plan.hz),
      mebibytes: residentMiB(server.pid),
      connectsASecond: plan.sockets / (gathering / 1_000),
    };
  } finally {
    crowd.leave();
  }
}
