/**
 * Calls between objects: each with a delay of its own, so that calls overtake each other; and lost, answered in vain, made
 * twice, very slow, or the end of one of the two, as chance has it.
 */
import type { Life } from "../life.ts";
import { NetworkError } from "./network-error.ts";
import type { Platform } from "./platform.ts";

/** Probabilities for each single call. */
export interface CallFaults {
  /** Never carried out; the caller gets a failure. */
  readonly lost: number;
  /** Carried out, and the caller gets a failure all the same. */
  readonly answerLost: number;
  /** Carried out, and the answer never reaches an object that called. */
  readonly silent: number;
  readonly double: number;
  /** Takes up to {@link SLOW_MS} to arrive. */
  readonly slow: number;
  /** Its answer takes up to {@link SLOW_ANSWER_MS}: the caller still takes it for one. */
  readonly slowAnswer: number;
  /** One of the two objects dies when the call has been carried out, before its answer arrives. */
  readonly deadly: number;
}

export const NO_CALL_FAULTS: CallFaults = {
  lost: 0,
  answerLost: 0,
  silent: 0,
  double: 0,
  slow: 0,
  slowAnswer: 0,
  deadly: 0,
};

const DELAY_MS = 40;
const SLOW_MS = 20_000;
/** Shorter than an object waits for another. */
const SLOW_ANSWER_MS = 6_000;

/** What a call needs of its target. */
interface Target<T> {
  readonly name: string;
  crash(): void;
  answer<R>(act: (instance: T) => R | Promise<R>): Promise<R>;
}

export class Network {
  faults: CallFaults = NO_CALL_FAULTS;
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  call<T, R>(
    what: string,
    target: Target<T>,
    act: (instance: T) => R | Promise<R>,
    mayDouble = true,
  ): Promise<R> {
    const caller = this.#platform.current;
    if (caller) {
      caller.pending += 1;
    }
    return new Promise<R>((resolve, reject) => {
      const name = `${caller?.object.name ?? "outside"} -> ${target.name}.${what}`;
      const fail = (): void => {
        this.#platform.log(() => `${name} failed`);
        reject(new NetworkError("The call failed"));
      };
      if (this.#chance(this.faults.lost)) {
        this.#reply(caller, fail);
        return;
      }
      const isSilent = caller !== null && this.#chance(this.faults.silent);
      const isAnswerLost = this.#chance(this.faults.answerLost);
      const way = this.#delay(this.faults.slow, SLOW_MS);
      if (mayDouble && this.#chance(this.faults.double)) {
        this.#platform.timeline.after(way + this.#random() * 3_000, () => {
          this.#platform.log(() => `${name} again`);
          target.answer(act).catch(() => undefined);
        });
      }
      this.#platform.timeline.after(way, () => {
        this.#platform.log(() => name);
        target.answer(act).then(
          (value) => {
            if (isSilent) {
              return;
            }
            const pass = (): void => {
              this.#platform.log(() => `${name} answered`);
              resolve(value);
            };
            this.#reply(caller, isAnswerLost ? fail : pass);
          },
          () => {
            this.#reply(caller, fail);
          },
        );
        if (this.#chance(this.faults.deadly)) {
          const victim = this.#random() < 0.5 ? target : (caller?.object ?? target);
          this.#platform.timeline.after(0, () => {
            victim.crash();
          });
        }
      });
    });
  }

  /** An upgrade is never made twice: nobody would hold the second socket. */
  callOnce<T, R>(what: string, target: Target<T>, act: (instance: T) => R | Promise<R>): Promise<R> {
    return this.call(what, target, act, false);
  }

  #reply(caller: Life | null, finish: () => void): void {
    this.#platform.timeline.after(this.#delay(this.faults.slowAnswer, SLOW_ANSWER_MS), () => {
      this.#platform.isStirred = true;
      if (caller === null) {
        finish();
      } else if (caller.isAlive) {
        caller.pending -= 1;
        this.#platform.as(caller, finish);
      }
    });
  }

  #delay(slow: number, slowMs: number): number {
    return this.#random() * (this.#chance(slow) ? slowMs : DELAY_MS);
  }

  #random(): number {
    return this.#platform.random();
  }

  #chance(probability: number): boolean {
    return probability > 0 && this.#platform.random() < probability;
  }
}
