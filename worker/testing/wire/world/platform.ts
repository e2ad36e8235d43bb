/**
 * The platform under the simulated objects: virtual time, seeded chance, and which object's life is running. `install` puts
 * timers, socket pairs and ids of this world in the place of the real ones, for as long as a run lasts.
 */
import type { Log } from "../../../app/ports/log.ts";
import { assert } from "../../../core/assert.ts";
import type { Life } from "../life.ts";
import { NetworkError } from "./network-error.ts";
import { SocketLine } from "./socket-line.ts";
import { Timeline } from "./timeline.ts";

const START = Date.UTC(2025, 5, 16);

/** As much of a response as the objects use: the real one refuses status 101. */
export class SimulatedResponse {
  readonly status: number;
  readonly webSocket: { readonly line: SocketLine } | null;

  constructor(_body: null, init: { status: number; webSocket?: { readonly line: SocketLine } }) {
    this.status = init.status;
    this.webSocket = init.webSocket ?? null;
  }
}

/** Stands for the platform's automatic response: in this world the line answers pings by itself. */
class AutoResponse {
  readonly isGiven = true;
}

export class Platform {
  readonly timeline = new Timeline(START);
  readonly random: () => number;
  /** Faults of ours that no caller saw: broken invariants inside the objects. */
  readonly faults: string[] = [];
  /** Whose event runs now; `null`: nobody's, or the world outside of the objects. */
  current: Life | null = null;
  /** Promises may have moved since the last `settle`. */
  isStirred = false;
  /** Sees each new socket, with the name of the object that takes it in. */
  onLine: (line: SocketLine, object: string) => void = () => undefined;
  /** Prints what happens, where a replay asked for it. */
  trace: ((line: string) => void) | null = null;
  #ids = 0;

  constructor(random: () => number) {
    this.random = random;
  }

  /** Runs an event of one life. An event belongs to one life only, so that the promises that follow from it are its own. */
  as<T>(life: Life, act: () => T): T {
    assert(this.current === null || this.current === life, "An event belongs to one life");
    this.current = life;
    this.isStirred = true;
    return act();
  }

  log(text: () => string): void {
    this.trace?.(`${((this.timeline.now - START) / 1_000).toFixed(3)} ${text()}`);
  }

  /** A line of level `error` is a failure that its object did not expect: a fault of ours. */
  readonly objectLog: Log = {
    write: (level, event, fields = {}) => {
      this.log(() => `${level} ${event} ${JSON.stringify(fields)}`);
      if (level === "error") {
        this.faults.push(`${event} ${JSON.stringify(fields)}`);
      }
    },
  };

  fault(error: unknown): void {
    if (!isOfNetwork(error)) {
      this.faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }

  /** A value, or a failure, that reaches the caller a little later, if the caller still lives. */
  later<T>(ms: number, value: T, isFailing = false): Promise<T> {
    const life = this.current;
    if (life) {
      life.pending += 1;
    }
    return new Promise((resolve, reject) => {
      this.timeline.after(ms, () => {
        this.isStirred = true;
        if (life?.isAlive === false) {
          return;
        }
        if (life) {
          life.pending -= 1;
          this.current = life;
        }
        if (isFailing) {
          reject(new NetworkError("The neighbour failed"));
        } else {
          resolve(value);
        }
      });
    });
  }

  /** Returns how to put the real ones back. */
  install(): () => void {
    const timers = new Map<number, () => void>();
    const newLine = (): SocketLine => this.#newLine();
    class Pair {
      readonly 0: { readonly line: SocketLine };
      readonly 1: SocketLine["server"];

      constructor() {
        const line = newLine();
        this[0] = { line };
        this[1] = line.server;
      }
    }
    const undo = [
      replace(globalThis, "setTimeout", (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
        this.#setTimeout(timers, () => run(...args), ms),
      ),
      replace(globalThis, "clearTimeout", (id: number | undefined) => timers.get(id ?? 0)?.()),
      replace(globalThis, "WebSocketPair", Pair),
      replace(globalThis, "WebSocketRequestResponsePair", AutoResponse),
      replace(globalThis, "Response", SimulatedResponse),
      replace(crypto, "randomUUID", () => {
        this.#ids += 1;
        return `00000000-0000-4000-8000-${String(this.#ids).padStart(12, "0")}`;
      }),
    ];
    return () => {
      undo.forEach((back) => {
        back();
      });
    };
  }

  #newLine(): SocketLine {
    const line = new SocketLine(this.timeline, this.random);
    this.onLine(line, this.current?.object.name ?? "");
    return line;
  }

  #setTimeout(timers: Map<number, () => void>, run: () => void, ms: number): number {
    const life = this.current;
    assert(life !== null, "Only objects set timers");
    this.#ids += 1;
    const id = this.#ids;
    life.pending += 1;
    const end = (): void => {
      if (timers.delete(id)) {
        life.pending -= 1;
      }
    };
    const cancel = this.timeline.after(ms, () => {
      end();
      if (life.isAlive) {
        this.as(life, run);
      }
    });
    timers.set(id, () => {
      cancel();
      end();
    });
    return id;
  }
}

function isOfNetwork(error: unknown): boolean {
  return error instanceof Error && "retryable" in error;
}

function replace(owner: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  return () => {
    if (before === undefined) {
      Reflect.deleteProperty(owner, name);
    } else {
      Object.defineProperty(owner, name, before);
    }
  };
}
