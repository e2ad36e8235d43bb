/** One open page: the shipped client with a reader for every topic that it wants. */
import type { LiveSocket } from "../../../../web/live/ports.ts";
import { makeLiveSocket } from "../../../../web/live/socket.ts";
import { LatestReader } from "../latest-reader.ts";
import type { SimulatedSocket } from "./simulated-socket.ts";
import { StreamReader } from "../stream-reader.ts";
import type { World } from "./world.ts";

export class SimulatedPage {
  readonly name: string;
  live: LiveSocket;
  readonly streams = new Map<string, StreamReader>();
  readonly values = new Map<string, LatestReader>();
  readonly #world: World;
  readonly #sockets: SimulatedSocket[] = [];
  /** How far the machine's own clock is ahead of the world's, in milliseconds. */
  #ahead = 0;

  constructor(name: string, world: World) {
    this.name = name;
    this.#world = world;
    this.live = this.#open();
  }

  /** The newest socket; it may have ended. */
  get socket(): SimulatedSocket | null {
    return this.#sockets.at(-1) ?? null;
  }

  listenToStream(topic: string): void {
    const reader = new StreamReader(topic, this.#world.oracle, (problem) => this.#report(problem));
    this.streams.set(topic, reader);
    reader.subscription = this.live.subscribe(topic, reader.listener);
  }

  listenToValue(topic: string): void {
    const reader = new LatestReader(
      topic,
      () => this.socket,
      (problem) => this.#report(problem),
    );
    this.values.set(topic, reader);
    reader.subscription = this.live.subscribe(topic, reader.listener);
  }

  /** Sets the machine's own clock forward by `ms`, or back by a negative number. */
  setClock(ms: number): void {
    this.#ahead += ms;
  }

  leave(topic: string): void {
    (this.streams.get(topic) ?? this.values.get(topic))?.subscription?.release();
    this.streams.delete(topic);
    this.values.delete(topic);
  }

  /** Everything in memory is gone, and the same topics are subscribed to from the beginning. */
  reload(): void {
    const [streams, values] = [[...this.streams.keys()], [...this.values.keys()]];
    this.live.close();
    this.streams.clear();
    this.values.clear();
    this.live = this.#open();
    streams.forEach((topic) => {
      this.listenToStream(topic);
    });
    values.forEach((topic) => {
      this.listenToValue(topic);
    });
  }

  #open(): LiveSocket {
    const { platform } = this.#world;
    const { timeline, random } = platform;
    return makeLiveSocket({
      url: "ws://radar.example/ws",
      clock: { now: () => timeline.now, wall: () => timeline.now + this.#ahead },
      timers: { after: (ms, run) => timeline.after(ms, run) },
      random,
      WebSocket: this.#world.socketClass((socket) => this.#sockets.push(socket)),
    });
  }

  #report(problem: string): void {
    this.#world.report(`${this.name}: ${problem}`);
  }
}
