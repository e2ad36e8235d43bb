/** One run of the load: a crowd on one object, prices that all move at a fixed rate, and what it cost. */
import { MeasuredCrowd } from "../testing/load/measured-crowd.ts";
import { cpuSeconds, residentMiB } from "../testing/load/process-figures.ts";
import { quantile } from "../testing/load/quantile.ts";
import { priceTopics } from "../testing/load/rate.ts";
import type { WireServer } from "../testing/load/wire-server.ts";

/** `gateway` is the product; the others are compared with it. */
export type Target = "gateway" | "bare" | "party";

export interface LoadPlan {
  readonly target: Target;
  readonly sockets: number;
  readonly topics: number;
  readonly hz: number;
  readonly seconds: number;
  /** The product's objects that share the sockets; one in the comparison. */
  readonly gateways: number;
  /** One frame an update in place of one a tick; only where the caller sets what is sent. */
  readonly isSplit?: boolean;
  /** Called at each tick with the seconds since the beginning and the resident memory. */
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
  /** Share of the ticks that the server was ready for. */
  readonly onPace: number;
  readonly mebibytes: number;
  readonly connectsASecond: number;
}

/** Ticks before the first that counts: compilers and buffers warm up. */
const WARM_TICKS = 12;

async function move(server: WireServer, plan: LoadPlan, tick: number): Promise<void> {
  const { target, topics, isSplit } = plan;
  await (target === "gateway"
    ? server.post(`/tick?tick=${tick}`)
    : server.post(`/broadcast?target=${target}&tick=${tick}&topics=${topics}${isSplit ? "&split" : ""}`));
}

export async function runLoad(server: WireServer, plan: LoadPlan): Promise<LoadFigures> {
  const isOurs = plan.target === "gateway";
  const framesATick = plan.sockets * (plan.isSplit ? plan.topics : 1);
  const crowd = new MeasuredCrowd(server, {
    path: isOurs ? `/ws?gateways=${plan.gateways}` : `/ws?target=${plan.target}`,
    size: plan.sockets,
    topics: isOurs ? priceTopics(plan.topics) : [],
    framesATick,
  });
  try {
    const gathering = await crowd.gather();
    const rate = { hz: plan.hz, move: (tick: number) => move(server, plan, tick) };
    await crowd.measure({ ...rate, ticks: WARM_TICKS });
    const [cpu, from] = [cpuSeconds(server.pid), performance.now()];
    const { ticks, frames, latencies } = await crowd.measure({
      ...rate,
      ticks: plan.seconds * plan.hz,
      watch: (second) => plan.watch?.(second, residentMiB(server.pid)),
    });
    const used = cpuSeconds(server.pid) - cpu;
    const elapsed = (performance.now() - from) / 1_000;
    return {
      frames,
      framesASecond: frames / elapsed,
      framesACpuSecond: frames / used,
      microsAFrame: (used / frames) * 1e6,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      complete: frames / (ticks * framesATick),
      onPace: ticks / (plan.seconds * plan.hz),
      mebibytes: residentMiB(server.pid),
      connectsASecond: plan.sockets / (gathering / 1_000),
    };
  } finally {
    crowd.leave();
  }
}
