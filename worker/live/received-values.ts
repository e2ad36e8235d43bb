/**
 * A gateway's latest values: what the feed last said of each wanted topic, and the one call at a time that tells the feed
 * what is wanted. Lost with the object and learnt again.
 */
import type { FeedPort, Fragment } from "../app/ports/live.ts";
import type { DoorAsk } from "./door.ts";
import type { Answer, RoomEvent } from "./room-event.ts";

export interface ValueHouse {
  readonly gateway: string;
  readonly feed: FeedPort;
  now(): number;
  tell(session: string, event: RoomEvent): void;
  isWanted(topic: string): boolean;
  run(work: Promise<void>): void;
  /** Every latest value that somebody here listens to. */
  wanted(): readonly string[];
}

/** After this time a new listener has the feed told again: a feed that was born meanwhile has forgotten us. */
const TOLD_MS = 60_000;

export class ReceivedValues {
  readonly #house: ValueHouse;
  readonly #values = new Map<string, Fragment>();
  /** Epochs of a market that is active no more. */
  readonly #over = new Set<string>();
  /** Grows with every renewal: an answer to a question from before it is of the other market. */
  #generation = 0;
  /** What the feed knows that we want. */
  #told: ReadonlySet<string> = new Set();
  #toldAt = 0;
  #waiting: DoorAsk[] = [];
  #isStale = false;
  #isCalling = false;

  constructor(house: ValueHouse) {
    this.#house = house;
  }

  /** Keeps what is newer than what is known, and answers with it: calls of the feed may arrive in another order (WS5). */
  take(fragments: readonly Fragment[]): readonly Fragment[] {
    const news = fragments.filter((fragment) => this.#isNews(fragment));
    for (const fragment of news) {
      this.#values.set(fragment.topic, fragment);
    }
    return news;
  }

  /** Answers at once for topics that the feed sends already, and after one call for the others. */
  ask(asks: readonly DoorAsk[]): void {
    if (this.#house.now() - this.#toldAt > TOLD_MS) {
      this.#told = new Set();
    }
    this.#answer(asks.filter(({ topic }) => this.#told.has(topic)));
    const unknown = asks.filter(({ topic }) => !this.#told.has(topic));
    if (unknown.length > 0) {
      this.#waiting.push(...unknown);
      this.#call();
    }
  }

  leave(topic: string): void {
    this.#values.delete(topic);
    this.#told = new Set(Array.from(this.#told).filter((told) => told !== topic));
    this.#isStale = true;
    this.#call();
  }

  /** The market behind the feed is another one: everything said is void. Resolves with what the new one says. */
  async renew(): Promise<ReadonlyMap<string, Fragment>> {
    for (const { epoch } of this.#values.values()) {
      this.#over.add(epoch);
    }
    this.#generation += 1;
    this.#values.clear();
    this.#told = new Set();
    this.#isStale = true;
    await this.#callUntilSettled();
    return this.#values;
  }

  #call(): void {
    if (!this.#isCalling) {
      this.#isCalling = true;
      this.#house.run(this.#callUntilSettled());
    }
  }

  async #callUntilSettled(): Promise<void> {
    try {
      while (this.#isStale || this.#waiting.length > 0) {
        await this.#callOnce();
      }
    } finally {
      this.#isCalling = false;
    }
  }

  async #callOnce(): Promise<void> {
    const asks = this.#waiting;
    this.#waiting = [];
    this.#isStale = false;
    const wanted = this.#house.wanted();
    const generation = this.#generation;
    try {
      const current = await this.#house.feed.want(this.#house.gateway, wanted);
      if (generation !== this.#generation) {
        this.#waiting.push(...asks);
        return;
      }
      for (const { epoch } of current) {
        // A first value of the new market may have come before the news of the switch.
        this.#over.delete(epoch);
      }
      this.#told = new Set(wanted);
      this.#toldAt = this.#house.now();
      this.take(current);
      this.#answer(asks);
    } catch {
      this.#told = new Set();
      for (const [session, numbers] of bySession(asks)) {
        const failed = numbers.map(({ ask }) => ask);
        this.#house.tell(session, { kind: "failed", at: this.#house.now(), asks: failed });
      }
    }
  }

  /** Also true of an answer that a delivery overtook. Another epoch is a producer born anew. */
  #isNews({ topic, epoch, seq }: Fragment): boolean {
    const known = this.#values.get(topic);
    const isNewer = known === undefined || known.epoch !== epoch || known.seq < seq;
    return isNewer && this.#house.isWanted(topic) && !this.#over.has(epoch);
  }

  #answer(asks: readonly DoorAsk[]): void {
    for (const [session, own] of bySession(asks)) {
      const answers = own.map((ask) => this.#answerTo(ask));
      this.#house.tell(session, { kind: "answered", at: this.#house.now(), answers });
    }
  }

  #answerTo({ ask, topic }: DoorAsk): Answer {
    const value = this.#values.get(topic);
    const fixed = { ask, recovered: false, reset: false };
    return value === undefined
      ? { ...fixed, epoch: null, seq: 0, fragments: [] }
      : { ...fixed, epoch: value.epoch, seq: value.seq, fragments: [value] };
  }
}

function bySession(asks: readonly DoorAsk[]): ReadonlyMap<string, readonly DoorAsk[]> {
  return Map.groupBy(asks, ({ session }) => session);
}
