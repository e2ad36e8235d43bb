/** One run of the load: a crowd on one object, prices that all move at a fixed beat, and what it cost. */
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
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
  /** Called once a second with the seconds since the beginning and the resident memory. */
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
  readonly mebibytes: number;
  readonly connectsASecond: number;
}

const Flushes = v.array(v.tuple([v.number(), v.number()]));
/** Ticks before the first that counts: compilers and buffers warm up. */
const WARM_TICKS = 12;
const SETTLE_MS = 10_000;

function topicNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `price:D${String(i).padStart(5, "0")}`);
}

/** Every frame of the run as its tick and when it came. */
class Arrivals {
  readonly #ticks: number[] = [];
  readonly #times: number[] = [];

  add(number: number, at: number): void {
    this.#ticks.push(number);
    this.#times.push(at);
  }

  get count(): number {
    return this.#ticks.length;
  }

  countOf(wanted: number): number {
    return this.#ticks.reduce((count, number) => count + (number === wanted ? 1 : 0), 0);
  }

  clear(): void {
    this.#ticks.length = 0;
    this.#times.length = 0;
  }

  /** Milliseconds from each frame's flush. */
  latencies(flushes: ReadonlyMap<number, number>): readonly number[] {
    return this.#ticks.flatMap((number, i) => {
      const [from, to] = [flushes.get(number), this.#times[i]];
      return from === undefined || to === undefined ? [] : [to - from];
    });
  }
}

async function move(server: BenchServer, plan: LoadPlan, number: number): Promise<void> {
  await (plan.room === "gateway"
    ? server.post(`/tick?tick=${number}`)
    : server.post(`/broadcast?room=${plan.room}&tick=${number}&topics=${plan.topics}`));
}

/** Ticks at the plan's beat; a beat that the server cannot hold is skipped, not queued. */
async function beat(server: BenchServer, plan: LoadPlan, ticks: number, first: number): Promise<number> {
  const gap = 1_000 / plan.hz;
  const from = now();
  let sent = 0;
  for (let n = 0; n < ticks; n++) {
    await sleep(Math.max(0, from + n * gap - now()));
    if (now() < from + (n + 1) * gap) {
      await move(server, plan, first + sent);
      sent += 1;
    }
    if (plan.watch && n % plan.hz === 0) {
      plan.watch(n / plan.hz, residentMiB(server.pid));
    }
  }
  return sent;
}

/** Waits until everyone has the last tick: what was to come before it has come, or went into it. */
async function drained(arrivals: Arrivals, last: number, sockets: number): Promise<void> {
  const until = now() + SETTLE_MS;
  while (arrivals.countOf(last) < sockets && now() < until) {
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
    topics: isOurs ? topicNames(plan.topics) : [],
    tick: (_, number, at) => {
      arrivals.add(number, at);
    },
  });
  try {
    const gathering = await crowd.gather();
    const warm = await beat(server, plan, WARM_TICKS, 1);
    await drained(arrivals, warm, plan.sockets);
    arrivals.clear();
    await server.ask("/flushes");
    const [cpu, from] = [cpuSeconds(server.pid), now()];
    const sent = await beat(server, plan, plan.seconds * plan.hz, warm + 1);
    const expected = sent * plan.sockets;
    await drained(arrivals, warm + sent, plan.sockets);
    const used = cpuSeconds(server.pid) - cpu;
    const elapsed = (now() - from) / 1_000;
    const latencies = arrivals.latencies(new Map(v.parse(Flushes, await server.ask("/flushes"))));
    return {
      frames: arrivals.count,
      framesASecond: arrivals.count / elapsed,
      framesACpuSecond: arrivals.count / used,
      microsAFrame: (used / arrivals.count) * 1e6,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      complete: arrivals.count / expected,
      mebibytes: residentMiB(server.pid),
      connectsASecond: plan.sockets / (gathering / 1_000),
    };
  } finally {
    crowd.leave();
  }
}
