/** The session of a real exchange whose prices a machine of the owner's brings from Kiwoom: driver, socket and machine in one program. */
import { LiveRelay } from "../../cli/collect/session/live-relay.ts";
import type { TickBatch } from "../../app/ports/market-book.ts";
import { tickerOf } from "../../core/nominal.ts";
import { PushedSourceTable } from "../../market/pushed/pushed-source-table.ts";
import type { MachineListener, MachineSocket } from "../../market/pushed/machine-socket.ts";
import { PushedUpstream } from "../../market/pushed/pushed-upstream.ts";
import { RealSession } from "../../market/real/real-session.ts";
import { presentOf } from "../fakes/kis/kis-quotes.ts";
import { type KiwoomStage, type KiwoomStageOptions, stageKiwoom } from "../stage/kiwoom-stage.ts";
import { ObjectStorage } from "../wire/world/object-storage.ts";
import { standForState } from "../wire/world/stand-in.ts";

/** So long a real connection of this machine takes at most to carry what was sent. */
const CARRY_MS = 12;

/** One machine: its end of the socket, and what it sends on. */
export interface Machine extends MachineSocket {
  readonly relay: LiveRelay;
  readonly listener: MachineListener;
  readonly closed: number[];
  /** The machine dies, and its socket breaks. */
  die(): void;
}

export class PushedStage {
  readonly kiwoom: KiwoomStage;
  /** What the book was sent. */
  readonly batches: TickBatch[] = [];
  signals: readonly string[] = [];
  /** Of the next birth; never ends. */
  wait: (ms: number) => Promise<void> = () => new Promise(() => undefined);
  topics: readonly string[] = [];
  readonly #storage = standForState({ storage: new ObjectStorage() }).storage;
  pushed: PushedUpstream;
  driver: RealSession;

  constructor(kiwoom: KiwoomStage) {
    this.kiwoom = kiwoom;
    [this.pushed, this.driver] = this.birth();
  }

  /** As after an eviction: sockets and memory are gone, what was stored stays. */
  birth(): readonly [PushedUpstream, RealSession] {
    const { clock, log } = this.kiwoom;
    this.pushed = new PushedUpstream({
      clock,
      log,
      table: new PushedSourceTable(this.#storage),
      wait: async (ms) => this.wait(ms),
      onAttach: () => undefined,
    });
    this.driver = new RealSession({
      upstream: this.pushed,
      storage: this.#storage,
      ports: {
        clock,
        random: () => 0.5,
        formingEveryMs: 0,
        book: () => ({
          tick: (batch) => {
            this.batches.push(batch);
            return Promise.resolve(this.signals);
          },
          quotes: () => Promise.resolve(null),
          judgeRunning: () => Promise.resolve(null),
          gateBasis: () => Promise.resolve({ indices: {}, last: null }),
          indexCloses: () => Promise.resolve([]),
          summary: () =>
            Promise.resolve({ tickers: 1, rows: 1, sessions: 1, firstDay: null, lastDay: null, openDays: 0 }),
          series: () => Promise.resolve(null),
        }),
      },
      log,
      quoting: this.pushed,
      exchange: () => "KRX",
      topics: () => this.topics,
      onChange: () => undefined,
    });
    return [this.pushed, this.driver];
  }

  /** A machine connects and greets. */
  machine(): Machine {
    const { clock, log, kiwoom } = this.kiwoom;
    const closed: number[] = [];
    const relay = new LiveRelay({
      upstream: this.kiwoom.live(),
      snapshot: kiwoom.snapshot,
      clock,
      log,
      send: (text) => {
        listener.onText(text);
      },
    });
    const socket: MachineSocket = {
      send: (text) => {
        relay.take(text);
      },
      close: (code) => {
        closed.push(code);
        relay.end();
        listener.onEnd();
      },
    };
    const listener = this.pushed.attach(socket);
    relay.greet();
    return {
      ...socket,
      relay,
      listener,
      closed,
      die: () => {
        relay.end();
        listener.onEnd();
      },
    };
  }

  /** What was sent over real connections has arrived, and what a machine gathered has gone on. */
  async carry(machine: Machine): Promise<void> {
    await new Promise((resolve) => {
      setTimeout(resolve, CARRY_MS);
    });
    machine.relay.flush();
  }

  /** Steps until `isDone`, a second of the clock each, in which the index moves; 40 at most. */
  async stepUntil(machine: Machine, isDone: () => boolean): Promise<void> {
    for (let step = 0; step < 40 && !isDone(); step++) {
      const { clock, fake } = this.kiwoom;
      clock.advance(1_000);
      const at = clock.now();
      const prices = { price: 2_510 + (step % 9), base: 2_500, open: 2_500, high: 2_520, low: 2_500 };
      fake.socket.index({ code: "KOSPI", at, volume: Math.floor(at / 1_000), ...prices });
      await this.driver.step();
      await this.carry(machine);
    }
  }

  /** The vendor's socket sends what these shares are at this moment. */
  trade(tickers: readonly string[], change: Readonly<Record<string, unknown>> = {}): number {
    const { exchange, clock, fake } = this.kiwoom;
    const now = clock.now();
    const shares = presentOf(exchange, now, { yesterdayBeforeOpen: false, indicative: true });
    return fake.socket.trade(
      tickers.flatMap((ticker) => {
        const present = shares.get(tickerOf(ticker));
        return present === undefined
          ? []
          : [{ ...present, ticker, at: now, base: present.row.base, ...change }];
      }),
    );
  }

  end(): Promise<void> {
    return this.kiwoom.end();
  }
}

export async function stagePushed(options: KiwoomStageOptions = {}): Promise<PushedStage> {
  return new PushedStage(await stageKiwoom({ at: "2026-09-16T10:00:00", ...options }));
}

export async function withStage(play: (stage: PushedStage) => Promise<void>): Promise<void> {
  const stage = await stagePushed();
  try {
    await play(stage);
  } finally {
    await stage.end();
  }
}
