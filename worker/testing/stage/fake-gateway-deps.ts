/** A gateway as seen by the classes that ask its neighbours; the neighbours answer when a test lets them. */
import {
  type Fragment,
  type Position,
  seqOf,
  type StreamStart,
  type TopicPort,
} from "../../app/ports/live.ts";
import type { Log } from "../../app/ports/log.ts";
import { assert } from "../../core/assert.ts";
import type { Resolution } from "../../live/session/session-event.ts";

export const STREAM = "signal:vcp";
export const PRICE = "price:D00001";

export function fragment(seq: number, topic = STREAM, epoch = "e"): Fragment {
  return { topic, epoch, seq: seqOf(seq), text: `${seq}` };
}

export function startAt(seq: number): StreamStart {
  return { epoch: "e", seq: seqOf(seq), recovered: false, reset: false, fragments: [fragment(seq)] };
}

/** A neighbour that answers when the test lets it. */
class Held<T> {
  readonly calls: {
    readonly asked: unknown;
    readonly resolve: (value: T) => void;
    readonly reject: (why: Error) => void;
  }[] = [];

  take(asked: unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      this.calls.push({ asked, resolve, reject });
    });
  }

  call(index: number): Held<T>["calls"][number] {
    const call = this.calls[index];
    assert(call, `There was no call ${index}`);
    return call;
  }
}

/** Remembers what each session received. */
export class FakeGatewayDeps {
  readonly gateway = "apac-ne/0";
  readonly lines: unknown[] = [];
  readonly log: Log = { write: (...line) => this.lines.push(line) };
  readonly received: Record<string, unknown[]> = {};
  readonly work: Promise<void>[] = [];
  readonly wantedNow = new Set<string>();
  readonly subscribes = new Held<StreamStart>();
  readonly wants = new Held<readonly Fragment[]>();
  at = 1_000_000;

  now = (): number => this.at;
  isWanted = (topic: string): boolean => this.wantedNow.has(topic);
  wanted = (): readonly string[] => Array.from(this.wantedNow);
  topic = (): TopicPort => ({
    subscribe: (_: string, since: Position | null) => this.subscribes.take(since),
  });
  want = (topics: readonly string[]): Promise<readonly Fragment[]> => this.wants.take(topics);

  run = (work: Promise<void>): void => {
    this.work.push(work);
  };

  resolve = (session: string, event: Resolution): void => {
    const short =
      event.kind === "answered"
        ? event.answers.map(({ ask, seq, fragments }) => [ask, seq, ...fragments.map(({ text }) => text)])
        : event.kind;
    (this.received[session] ??= []).push(short);
  };

  readonly watched: number[] = [];
  watch = (at: number): void => {
    this.watched.push(at);
  };

  readonly passed: (readonly Fragment[])[] = [];
  pass = (fragments: readonly Fragment[]): void => {
    if (fragments.length > 0) {
      this.passed.push(fragments);
    }
  };

  push = (session: string, fragments: readonly Fragment[]): void => {
    (this.received[session] ??= []).push(fragments.map(({ seq }) => seq));
  };

  async settle(): Promise<void> {
    for (let k = 0; k < 20; k++) {
      await Promise.resolve();
    }
  }
}
