/** Publishes numbered messages to a stream one after another, each again until it is acknowledged, as the outbox does. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Update } from "../../../web/live/update.ts";

export const STREAM = "signal:vcp";

/** A server that is being killed does not answer; the next attempt is soon. */
const AGAIN_MS = 20;
const ANSWER_MS = 2_000;
const ID = /^p-(\d+)$/;

/** The number that the publisher gave to a message; `null`: it is not one of its messages. */
export function ordinalOf(update: Update): number | null {
  const id = update.type === "signal_update" ? update.data.run_id : null;
  const digits = id === null ? undefined : ID.exec(id)?.[1];
  return digits === undefined ? null : Number(digits);
}

function bodyOf(ordinal: number): string {
  const data = {
    signal_type: "VCP",
    signals: [],
    removed: [],
    count: 0,
    run_id: `p-${ordinal}`,
    timestamp: "2026-11-23T10:00:00.000+09:00",
  };
  return JSON.stringify({ type: "signal_update", topic: STREAM, data });
}

export class WirePublisher {
  readonly #url: string;
  readonly #pauseMs: number;
  #isStopped = false;
  #running: Promise<void> = Promise.resolve();
  acknowledged = 0;
  /** Attempts without an answer: the message may have got its place all the same. */
  unanswered = 0;

  /** `pauseMs` between an acknowledgement and the next message. */
  constructor(url: string, pauseMs: number) {
    this.#url = url;
    this.#pauseMs = pauseMs;
  }

  begin(): void {
    this.#running = this.#run();
  }

  /** Resolves when the last message is acknowledged. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async publishOne(): Promise<void> {
    const ordinal = this.acknowledged + 1;
    while (!(await this.#attempt(ordinal))) {
      this.unanswered += 1;
      await sleep(AGAIN_MS);
    }
    this.acknowledged = ordinal;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      await this.publishOne();
      await sleep(this.#pauseMs);
    }
  }

  async #attempt(ordinal: number): Promise<boolean> {
    try {
      const at = `${this.#url}/publish?topic=${STREAM}&id=p-${ordinal}`;
      const signal = AbortSignal.timeout(ANSWER_MS);
      const response = await fetch(at, { method: "POST", body: bodyOf(ordinal), signal });
      await response.text();
      return response.ok;
    } catch {
      return false;
    }
  }
}
