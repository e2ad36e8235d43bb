/**
 * A Durable Object as the simulated platform keeps it: born at the first event, put to sleep when nothing is on its way,
 * killed at any moment. Storage, alarm and sockets belong to it; memory belongs to one life.
 */
import { assert } from "../../../core/assert.ts";
import { PING_TEXT, PONG_TEXT } from "../../../protocol/messages/client-message.ts";
import { Life } from "../life.ts";
import { NetworkError } from "./network-error.ts";
import type { ObjectStorage } from "./object-storage.ts";
import type { Platform } from "./platform.ts";
import { ServerEnd, type LineObject } from "./socket-line.ts";
import { standForSocket, standForState } from "./stand-in.ts";

/** What the platform calls on an object with sockets. */
export interface SocketObject {
  webSocketMessage(socket: WebSocket, data: string): void;
  webSocketClose(socket: WebSocket, code: number): void;
  alarm(): void | Promise<void>;
}

/** The code by which the platform reports the end of a connection without a close. */
const LOST = 1006;

/** An alarm whose run broke off rings again after this time. */
const ALARM_RETRY_MS = 2_000;

export class SimulatedObject<T extends SocketObject> implements LineObject {
  readonly name: string;
  readonly storage: ObjectStorage;
  readonly sockets = new Set<ServerEnd>();
  readonly #platform: Platform;
  readonly #make: (ctx: DurableObjectState) => T;
  #living: { readonly life: Life; readonly instance: T } | null = null;

  constructor(
    name: string,
    storage: ObjectStorage,
    platform: Platform,
    make: (ctx: DurableObjectState) => T,
  ) {
    this.name = name;
    this.storage = storage;
    this.#platform = platform;
    this.#make = make;
  }

  /** Runs an event of this object, which is born for the event where it does not live. */
  enter<R>(act: (instance: T) => R): R {
    const { life, instance } = this.#alive();
    return this.#platform.as(life, () => act(instance));
  }

  /** Runs an event that has an answer; where the object dies meanwhile, the caller gets a failure. */
  async answer<R>(act: (instance: T) => R | Promise<R>): Promise<R> {
    const { life, instance } = this.#alive();
    return new Promise<R>((resolve, reject) => {
      const fail = (): void => {
        reject(new NetworkError(`${this.name} died`));
      };
      life.callers.add(fail);
      const done = (finish: () => void): void => {
        if (life.callers.delete(fail)) {
          finish();
        }
      };
      const run = async (): Promise<R> => this.#platform.as(life, () => act(instance));
      run().then(
        (value) => {
          done(() => {
            resolve(value);
          });
        },
        (error: unknown) => {
          this.#platform.fault(error);
          done(() => {
            reject(error instanceof Error ? error : new Error(String(error)));
          });
        },
      );
    });
  }

  /** Forgets everything that is not stored, if nothing is on its way. */
  hibernate(): void {
    if (this.#living !== null && this.#living.life.pending === 0 && this.#living.life.callers.size === 0) {
      this.#platform.log(() => `${this.name} sleeps`);
      this.#living.life.isAlive = false;
      this.#living = null;
    }
  }

  /** Kill, deploy, out of memory: the object's sockets end, and so does everything it had begun. */
  crash(): void {
    this.#platform.log(() => `${this.name} dies`);
    const dead = this.#living;
    this.#living = null;
    for (const socket of this.sockets) {
      socket.line.serverDied();
    }
    this.sockets.clear();
    if (dead) {
      dead.life.isAlive = false;
      this.#platform.isStirred = true;
      for (const fail of dead.life.callers) {
        fail();
      }
    }
  }

  /** Rings the alarm that was set for `at`, unless it was moved. A run that breaks off is tried again. */
  async ring(at: number): Promise<void> {
    if (this.storage.alarmAt !== at) {
      return;
    }
    this.storage.alarmAt = null;
    try {
      await this.answer((instance) => instance.alarm());
    } catch {
      void this.storage.setAlarm(this.#platform.timeline.now + ALARM_RETRY_MS);
    }
  }

  received(end: ServerEnd, text: string): void {
    if (!this.sockets.has(end)) {
      return;
    }
    if (text === PING_TEXT) {
      end.pingedAt = this.#platform.timeline.now;
      end.send(PONG_TEXT);
    } else {
      this.#guarded((instance) => {
        instance.webSocketMessage(standForSocket(end), text);
      });
    }
  }

  lost(end: ServerEnd): void {
    if (this.sockets.delete(end)) {
      this.#guarded((instance) => {
        instance.webSocketClose(standForSocket(end), LOST);
      });
    }
  }

  #guarded(act: (instance: T) => void): void {
    try {
      this.enter(act);
    } catch (error) {
      this.#platform.fault(error);
      this.crash();
    }
  }

  #alive(): { readonly life: Life; readonly instance: T } {
    if (this.#living === null) {
      const life = new Life(this);
      const instance = this.#platform.as(life, () => this.#make(standForState(this.#context(life))));
      this.#living = { life, instance };
    }
    return this.#living;
  }

  #context(life: Life): object {
    return {
      id: { name: this.name },
      storage: this.storage,
      acceptWebSocket: (socket: unknown) => {
        assert(socket instanceof ServerEnd, "An end of this world");
        socket.line.object = this;
        this.sockets.add(socket);
      },
      getWebSockets: () => [...this.sockets],
      setWebSocketAutoResponse: () => undefined,
      getWebSocketAutoResponseTimestamp: (socket: ServerEnd) =>
        socket.pingedAt === null ? null : new Date(socket.pingedAt),
      waitUntil: (work: Promise<unknown>) => {
        life.pending += 1;
        const done = (): void => {
          life.pending -= 1;
        };
        work.then(done, (error: unknown) => {
          done();
          this.#platform.fault(error);
        });
      },
    };
  }
}
