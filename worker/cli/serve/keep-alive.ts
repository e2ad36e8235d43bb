/** Watches a Worker that runs, and starts it again when it is dead: a dev server whose runtime was killed listens and answers nobody. */
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError, reasonOf } from "../terminal/command-error.ts";

export interface Watched {
  /** Resolves when the process ended by itself, with its exit code or signal. */
  readonly ended: Promise<number | string>;
  stop(): Promise<void>;
}

export interface KeepAlive<W extends Watched> {
  /** Starts another one; resolves when it answers, fails with the reason. `null`: the end was asked for. */
  start(): Promise<W | null>;
  /** Asks once, for at most `timeoutMs`; an answer of any status is one. */
  answers(worker: W, timeoutMs: number): Promise<boolean>;
  /** What must be there before it is worth a try. */
  ready(): Promise<void>;
  isOver(): boolean;
  print(line: string): void;
  readonly times?: Partial<typeof TIMES>;
}

/** Milliseconds. */
const TIMES = {
  /** Without an answer for as long it is dead. */
  silence: 10_000,
  /** The longest wait for one answer; the next question follows at once. */
  ask: 4_000,
  /** Between two questions that were answered, or refused at once. */
  step: 2_000,
  /** Before the second try; it doubles. */
  pause: 1_000,
  /** After as much health the tries are counted anew. */
  health: 60_000,
};
const TRIES = 3;

/** Resolves when the end was asked for. Throws a {@link CommandError} with the reason after three tries in a row. */
export async function keepAlive<W extends Watched>(first: W, deps: KeepAlive<W>): Promise<void> {
  const times = { ...TIMES, ...deps.times };
  let worker = first;
  let tries = 0;
  for (;;) {
    const seen = await watch(worker, deps, times);
    if (seen === null) {
      return;
    }
    let reason: string = seen.reason;
    tries = seen.wasHealthy ? 0 : tries;
    let next: W | null = null;
    while (next === null) {
      await worker.stop();
      await deps.ready();
      if (deps.isOver()) {
        return;
      }
      tries += 1;
      if (tries > TRIES) {
        throw new CommandError(`${reason}. It was started again ${TRIES} times in a row; this ends it.`);
      }
      deps.print(`${reason}: starting it again (try ${tries} of ${TRIES}).`);
      await sleep(tries === 1 ? 0 : times.pause * 2 ** (tries - 2));
      try {
        next = await deps.start();
        if (next === null) {
          return;
        }
      } catch (error) {
        reason = reasonOf(error);
      }
    }
    worker = next;
    deps.print("The Worker answers again.");
  }
}

interface Death {
  readonly reason: string;
  readonly wasHealthy: boolean;
}

/** `null`: the end was asked for. */
async function watch<W extends Watched>(
  worker: W,
  deps: KeepAlive<W>,
  times: typeof TIMES,
): Promise<Death | null> {
  const end: { how: number | string | null } = { how: null };
  const ended = worker.ended.then((how) => {
    end.how = how;
  });
  let silence = 0;
  let health = 0;
  while (!deps.isOver()) {
    const asked = performance.now();
    const timeout = Math.min(times.ask, times.silence - silence);
    const hasAnswered = end.how === null && (await deps.answers(worker, timeout));
    const waited = performance.now() - asked;
    if (hasAnswered || waited < timeout / 2) {
      await Promise.race([sleep(times.step), ended]);
    }
    if (deps.isOver()) {
      return null;
    }
    if (end.how !== null) {
      return { reason: `The Worker ended by itself (${end.how})`, wasHealthy: health >= times.health };
    }
    // Of a machine that slept in between no more is counted than the question itself may take.
    const passed = Math.min(performance.now() - asked, times.ask + times.step);
    silence = hasAnswered ? 0 : silence + passed;
    health += hasAnswered ? passed : 0;
    if (silence >= times.silence) {
      const reason = `The Worker has not answered for ${Math.round(silence / 1_000)} s`;
      return { reason, wasHealthy: health >= times.health };
    }
  }
  return null;
}
