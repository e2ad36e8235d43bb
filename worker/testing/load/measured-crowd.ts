/** A crowd under prices that move at a fixed rate, and how long each frame was on its way: the measurement of every wire bench. */
import { setTimeout as sleep } from "node:timers/promises";
import { Crowd, now } from "./crowd.ts";
import { keepRate } from "./rate.ts";
import type { WireServer } from "./wire-server.ts";

const SETTLE_MS = 10_000;
const SETTLE_STEP_MS = 50;

export interface CrowdPlan {
  readonly path: string;
  readonly size: number;
  /** Subscribed to after the handshake, with acks; none for a server that knows no protocol. */
  readonly topics: readonly string[];
  /** Frames that a tick sends to the whole crowd. When named, a measurement waits until the last tick's have come. */
  readonly framesATick?: number;
}

export interface Measured {
  /** Ticks that the server was ready for. */
  readonly ticks: number;
  readonly frames: number;
  /** From the beginning of a flush inside the server to the client, milliseconds, one a frame. */
  readonly latencies: readonly number[];
  /**
   * From the moment a tick was handed to the server until a reader had it or a later one, milliseconds, one a tick and reader:
   * also of the ticks that a server which stood still sent as one.
   */
  readonly delays: readonly number[];
}

export interface Measurement {
  readonly hz: number;
  readonly ticks: number;
  /** Makes one tick; resolves when the server has it. */
  readonly move?: (tick: number) => Promise<void>;
  /** Each tick is made in its time, whether or not the server has taken the one before. */
  readonly isOpenLoop?: boolean;
  /** Called at each tick with the seconds since the beginning. */
  readonly watch?: (second: number) => void;
}

export class MeasuredCrowd {
  readonly #server: WireServer;
  readonly #plan: CrowdPlan;
  readonly #crowd: Crowd;
  /** Of each frame since the measurement began: its tick, milliseconds since the epoch, and the tick that its reader had before. */
  #arrivals: (readonly [tick: number, at: number, before: number])[] = [];
  #lastTick = 0;

  constructor(server: WireServer, plan: CrowdPlan) {
    this.#server = server;
    this.#plan = plan;
    this.#crowd = new Crowd({
      port: server.port,
      path: plan.path,
      size: plan.size,
      topics: plan.topics,
      tick: (...arrival) => {
        this.#arrivals.push(arrival);
      },
    });
  }

  get open(): number {
    return this.#crowd.open;
  }

  /** Resolves with the milliseconds until every handshake had succeeded or failed. */
  gather(): Promise<number> {
    return this.#crowd.gather();
  }

  /** Moves prices; numbers of ticks are never used twice. */
  async measure({ hz, ticks, move, isOpenLoop = false, watch }: Measurement): Promise<Measured> {
    this.#arrivals = [];
    await this.#server.flushes();
    const handedOver = new Map<number, number>();
    const made = await keepRate({
      hz,
      ticks,
      first: this.#lastTick + 1,
      isOpenLoop,
      move: (tick) => {
        handedOver.set(tick, now());
        return move ? move(tick) : this.#server.post(`/tick?tick=${tick}`);
      },
      ...(watch !== undefined && { watch }),
    });
    this.#lastTick += made;
    await this.#settle();
    const flushes = await this.#server.flushes();
    const latencies = this.#arrivals.flatMap(([tick, at]) => {
      const from = flushes.get(tick);
      return from === undefined ? [] : [at - from];
    });
    return {
      ticks: made,
      frames: this.#arrivals.length,
      latencies,
      delays: delaysOf(this.#arrivals, handedOver),
    };
  }

  leave(): void {
    this.#crowd.leave();
  }

  /** Waits for the frames of the last tick: every earlier frame has arrived by then, or was merged into one of them. */
  async #settle(): Promise<void> {
    const wanted = this.#plan.framesATick ?? 0;
    const until = now() + SETTLE_MS;
    const arrived = (): number => this.#arrivals.filter(([tick]) => tick === this.#lastTick).length;
    while (now() < until && arrived() < wanted) {
      await sleep(SETTLE_STEP_MS);
    }
  }
}

/** Of each reader and tick, how long it took until the reader had that tick's values or later ones, milliseconds. */
export function delaysOf(
  arrivals: readonly (readonly [tick: number, at: number, before: number])[],
  handedOver: ReadonlyMap<number, number>,
): readonly number[] {
  return arrivals.flatMap(([tick, at, before]) =>
    Array.from({ length: Math.max(0, tick - before) }, (_, n) => handedOver.get(tick - n)).flatMap((from) =>
      from === undefined ? [] : [at - from],
    ),
  );
}
