/** What a stream keeps, read in the storage of its Topic: the object itself answers no such question. For tests in workerd. */
import { runInDurableObject } from "cloudflare:test";
import type { Position, StreamStart } from "../../app/ports/live.ts";
import { type SequencedMessage, TopicLog } from "../../live/topic/topic-log.ts";
import type { TopicStub } from "./live-objects.ts";

export class StoredStream {
  readonly #topic: TopicStub;

  constructor(topic: TopicStub) {
    this.#topic = topic;
  }

  /** `null` before the first message and the first subscriber. */
  async position(): Promise<Position | null> {
    return this.#read((log) => log.position());
  }

  /** The messages after `seq`, oldest first; `null` when the ring no longer holds all of them. */
  async since(seq: number): Promise<readonly SequencedMessage[] | null> {
    return this.#read((log) => log.since(seq));
  }

  /** What a new subscriber would get now. */
  async start(): Promise<StreamStart> {
    return this.#read((log) => log.start(null));
  }

  async #read<T>(read: (log: TopicLog) => T): Promise<T> {
    return runInDurableObject(this.#topic, (_, { id, storage }) =>
      read(new TopicLog(storage.sql, id.name ?? "", () => crypto.randomUUID())),
    );
  }
}
