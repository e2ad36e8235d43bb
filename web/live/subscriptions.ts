/**
 * What is wanted against what the server has acknowledged: counts references, builds what is to be sent, and judges every
 * message by the place of its topic. No clock and no socket: `at` is milliseconds on the client's clock.
 */
import { MAX_TOPICS_A_MESSAGE } from "../../worker/protocol/messages/client-message.ts";
import type { PositionText, Subscribe, Unsubscribe } from "../../worker/protocol/messages/client-message.ts";
import type { ErrorMessage, Subscribed } from "../../worker/protocol/messages/session-message.ts";
import * as stream from "./stream-place.ts";
import {
  ANSWER_MS,
  dueAt,
  HELD,
  isCurrent,
  isPending,
  type Judgement,
  judgeUpdate,
  lostPlace,
  NEEDED,
  newEntry,
  settle,
  type TopicEntry,
} from "./topic-entry.ts";
import type { Update } from "./update.ts";

/** A topic without a reference is kept for a moment: scrolling away and back costs nothing. */
const RELEASE_MS = 5_000;

/** What the answers after a loss brought. */
export interface Recovered {
  /** Missed messages that the answers since the last loss brought. */
  readonly messages: number;
  readonly reset: boolean;
}

/** The wants of a page and the state of each; it decides what is sent and what is delivered. */
export interface Subscriptions {
  /** Adds a reference. The last known value of a topic of latest values, for a listener that comes late; else `null`. */
  want(topic: string): Update | null;
  release(topic: string, at: number): void;
  /** Forgets where a stream stands: the server will be asked for the whole. */
  renew(topic: string): void;
  /** What to send now on an open socket. Calling it counts as having sent it. */
  flush(at: number): readonly (Subscribe | Unsubscribe)[];
  /** When `flush` may have more to send than now; `null`: not before another event. */
  nextFlushAt(): number | null;
  /** The socket is gone and with it everything acknowledged; positions stay. */
  lost(): void;
  judge(update: Update): Judgement;
  onSubscribed(message: Subscribed): Judgement;
  onReset(message: PositionText & { readonly topic: string }, at: number): Judgement;
  onError(message: ErrorMessage, at: number): void;
  /** Whether what was applied of `topic` is the server's state, as far as its messages show. */
  isCurrent(topic: string): boolean;
  /** What was recovered since the last loss; `null` until every wanted topic has its answer and every stream its snapshot. */
  settled(): Recovered | null;
  /** Topics with a reference. */
  readonly size: number;
}

/** The id of no `subscribe`, for a snapshot that the server announced by itself. */
const UNASKED = -1;

/** Errors after which the same `subscribe` may succeed a little later. */
const PASSING: ReadonlySet<string> = new Set(["unavailable", "rate", "cancelled"]);

/** Empty: no topic is wanted. */
export function makeSubscriptions(): Subscriptions {
  return new SubscriptionBook();
}

class SubscriptionBook implements Subscriptions {
  readonly #entries = new Map<string, TopicEntry>();
  #lastId = 0;
  #recovered: Recovered = { messages: 0, reset: false };

  get size(): number {
    return [...this.#entries.values()].filter(({ references }) => references > 0).length;
  }

  want(topic: string): Update | null {
    const entry = this.#entries.get(topic);
    if (entry === undefined) {
      this.#entries.set(topic, newEntry(topic));
      return null;
    }
    entry.references += 1;
    entry.releasedAt = null;
    if (entry.place.kind === "latest") {
      return entry.place.last;
    }
    // The book keeps no stream: a new listener's state comes from the server, for all listeners alike.
    this.renew(topic);
    return null;
  }

  release(topic: string, at: number): void {
    const entry = this.#entries.get(topic);
    if (entry === undefined || entry.references === 0) {
      return;
    }
    entry.references -= 1;
    if (entry.references === 0) {
      entry.releasedAt = at;
    }
  }

  renew(topic: string): void {
    const entry = this.#entries.get(topic);
    if (entry?.place.kind !== "stream" || entry.place.at.position === null) {
      return;
    }
    entry.place = { kind: "stream", at: stream.askWhole(entry.place.at) };
    entry.ask = NEEDED;
  }

  flush(at: number): readonly (Subscribe | Unsubscribe)[] {
    const gone = this.#dropReleased(at);
    const due = [...this.#entries]
      .filter(([, entry]) => (dueAt(entry) ?? Infinity) <= at)
      .map(([topic]) => topic);
    return [
      ...chunks(gone).map((topics) => ({ type: "unsubscribe" as const, topics })),
      ...chunks(due).map((topics) => this.#subscribe(topics, at)),
    ];
  }

  nextFlushAt(): number | null {
    let next = Infinity;
    for (const entry of this.#entries.values()) {
      const goneAt = entry.releasedAt === null ? Infinity : entry.releasedAt + RELEASE_MS;
      next = Math.min(next, goneAt, dueAt(entry) ?? Infinity);
    }
    return next === Infinity ? null : next;
  }

  lost(): void {
    this.#recovered = { messages: 0, reset: false };
    for (const [topic, entry] of this.#entries) {
      if (entry.references === 0) {
        this.#entries.delete(topic);
        continue;
      }
      // A refusal ends with its socket: a deploy may know the topic that was unknown.
      entry.ask = NEEDED;
      entry.place = lostPlace(entry.place);
    }
  }

  judge(update: Update): Judgement {
    const entry = this.#entries.get(update.topic);
    return entry === undefined ? "drop" : judgeUpdate(entry, update);
  }

  onSubscribed(message: Subscribed): Judgement {
    const entry = this.#entries.get(message.topic);
    const isMine = entry?.ask.state === "asked" && (message.id === undefined || message.id === entry.ask.id);
    if (entry === undefined || !isMine) {
      return "drop";
    }
    const { epoch, seq, recovered } = message;
    if (entry.place.kind === "latest" || epoch === null) {
      entry.ask = HELD;
      return "drop";
    }
    const before = entry.place.at.position;
    const judgement = settle(entry, stream.onSubscribed(entry.place.at, { epoch, seq }, recovered));
    this.#count(before, { epoch, seq }, recovered);
    return judgement;
  }

  onReset(message: PositionText & { readonly topic: string }, at: number): Judgement {
    const entry = this.#entries.get(message.topic);
    if (entry?.place.kind !== "stream") {
      return "drop";
    }
    this.#recovered = { ...this.#recovered, reset: true };
    const { place, ask } = entry;
    if (ask.state === "asked" && place.at.due.what === "answer") {
      return settle(entry, stream.onResetBeforeAnswer(place.at, message));
    }
    if (ask.state === "held") {
      entry.ask = { state: "asked", id: UNASKED, at };
    }
    return settle(entry, stream.onReset(place.at, message));
  }

  onError(message: ErrorMessage, at: number): void {
    const entry = this.#entries.get(message.topic ?? "");
    if (entry?.ask.state !== "asked" || (message.id !== undefined && message.id !== entry.ask.id)) {
      return;
    }
    entry.ask = PASSING.has(message.code)
      ? { state: "needed", notBefore: at + ANSWER_MS }
      : { state: "refused", code: message.code };
  }

  isCurrent(topic: string): boolean {
    const entry = this.#entries.get(topic);
    return entry !== undefined && isCurrent(entry);
  }

  settled(): Recovered | null {
    return [...this.#entries.values()].some(isPending) ? null : this.#recovered;
  }

  #subscribe(topics: readonly string[], at: number): Subscribe {
    this.#lastId += 1;
    const id = this.#lastId;
    const since: Record<string, PositionText> = {};
    for (const topic of topics) {
      const entry = this.#entries.get(topic);
      if (entry !== undefined) {
        entry.ask = { state: "asked", id, at };
        if (entry.place.kind === "stream") {
          const place = stream.awaitAnswer(entry.place.at);
          const position = stream.sinceOf(place);
          entry.place = { kind: "stream", at: place };
          if (position !== null) {
            since[topic] = position;
          }
        }
      }
    }
    return { type: "subscribe", topics, id, ack: true, ...(Object.keys(since).length > 0 && { since }) };
  }

  #dropReleased(at: number): readonly string[] {
    const gone: string[] = [];
    for (const [topic, { releasedAt, ask }] of this.#entries) {
      if (releasedAt !== null && at >= releasedAt + RELEASE_MS) {
        this.#entries.delete(topic);
        if (ask.state === "held" || ask.state === "asked") {
          gone.push(topic);
        }
      }
    }
    return gone;
  }

  #count(before: PositionText | null, now: PositionText, isRecovered: boolean): void {
    const { messages, reset } = this.#recovered;
    if (before !== null) {
      const missed = isRecovered ? Math.max(0, now.seq - before.seq) : 0;
      this.#recovered = { messages: messages + missed, reset: reset || !isRecovered };
    }
  }
}

function chunks(topics: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(topics.length / MAX_TOPICS_A_MESSAGE);
  return Array.from({ length: count }, (_, i) =>
    topics.slice(i * MAX_TOPICS_A_MESSAGE, (i + 1) * MAX_TOPICS_A_MESSAGE),
  );
}
