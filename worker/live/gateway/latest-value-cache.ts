/**
 * A gateway's latest values: the feed's last message of each wanted topic, and the calls, one at a time, that advertise to
 * the feed what is wanted. Lost with the object and learnt again.
 */
import { type Fragment, seqOf } from "../../app/ports/live.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { HubRequest } from "../sockets/hub-deps.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { CallPace } from "./call-pace.ts";
import type { Answer, Resolution } from "../session/session-event.ts";
import { within } from "../../platform/within.ts";
import { UnknownEpochValues } from "./unknown-epoch-values.ts";

/** What the cache asks of its gateway. */
export interface LatestValueDeps {
  readonly log: Log;
  now(): number;
  /** Advertises to the feed of the active exchange what is wanted; `at` grows with each call. Resolves with the current values. */
  want(topics: readonly string[], at: number): Promise<readonly Fragment[]>;
  resolve(session: string, event: Resolution): void;
  /** {@link LatestValueCache.retry} is to be called at `at`, or a little later. */
  watch(at: number): void;
  /** Newer values for every socket that listens. */
  pass(fragments: readonly Fragment[]): void;
  isWanted(topic: string): boolean;
  run(work: Promise<void>): void;
  /** Every latest value that somebody here listens to. */
  wanted(): readonly string[];
}

/** A feed that is silent for longer is out of reach. */
const PATIENCE_MS = 10_000;

/** After a call that failed. */
const RETRY_MS = 2_000;

/** After this time a new listener has everything advertised again: a feed that was born meanwhile does not know this gateway. */
const ADVERTISED_MS = 60_000;

/** The newest value of every topic that a socket here wants, so that a new socket need not wait for the next one. */
export class LatestValueCache {
  readonly #deps: LatestValueDeps;
  readonly #pace = new CallPace(() => this.#deps.now());
  readonly #values = new Map<string, Fragment>();
  /** The epoch of the feed's last answer, and of every value; `null` before the first answer. */
  #epoch: string | null = null;
  /** Values of another epoch, until the feed has been asked. */
  readonly #unknownEpoch = new UnknownEpochValues();
  /** Grows with every renewal: an answer to an earlier call is of the other market. */
  #generation = 0;
  /** What the feed knows to be wanted here. */
  #advertised = new Set<string>();
  /** What the call on its way advertises; `null`: no call is on its way. */
  #advertising: ReadonlySet<string> | null = null;
  #advertisedAt = 0;
  #sentAt = 0;
  /** Answered with the call on its way. */
  #asked: readonly HubRequest[] = [];
  /** Answered with the next call. */
  #waiting: HubRequest[] = [];
  #isStale = false;
  #isCalling = false;
  /** Why the last call failed; `null`: it did not. */
  #failure: unknown = null;
  /** The first call of the latest renewal. */
  #renewal: Promise<void> = Promise.resolve();

  constructor(deps: LatestValueDeps) {
    this.#deps = deps;
  }

  /**
   * Returns what is newer than what is known, because deliveries may arrive in another order (WS5). A delivery in another
   * epoch is of a feed that was born anew, or a late one of a feed that is gone: it waits until the feed has been asked.
   */
  take(fragments: readonly Fragment[]): readonly Fragment[] {
    const unknown = fragments.filter(
      ({ topic, epoch }) => epoch !== this.#epoch && this.#deps.isWanted(topic),
    );
    unknown.forEach((fragment) => {
      this.#unknownEpoch.add(fragment);
    });
    if (unknown.length > 0 && !this.#isCalling) {
      this.#isStale = true;
      this.#call();
    }
    return this.#keep(fragments.filter(({ epoch }) => epoch === this.#epoch));
  }

  /** Answers at once for topics that the feed sends already, and after one call for the others. */
  ask(asks: readonly HubRequest[]): void {
    if (this.#deps.now() - this.#advertisedAt > ADVERTISED_MS) {
      this.#advertised = new Set();
    }
    // The call on its way may leave out what an earlier one advertised, and nothing here is of a feed that was born anew.
    const isAdvertised = ({ topic }: HubRequest): boolean =>
      this.#unknownEpoch.isEmpty &&
      this.#advertised.has(topic) &&
      (this.#advertising === null || this.#advertising.has(topic));
    this.#answer(asks.filter(isAdvertised));
    const unknown = asks.filter((ask) => !isAdvertised(ask));
    unknown.forEach((ask) => this.#waiting.push(ask));
    if (unknown.length > 0) {
      this.#call();
    }
  }

  /** To be called after a failure or a sleep: the feed may not know what is wanted. */
  retry(): void {
    if (this.#advertised.size === 0 && this.#deps.wanted().length > 0) {
      this.#isStale = true;
      this.#call();
    }
  }

  /** Nobody here listens to these topics any more. */
  leave(topics: readonly string[]): void {
    for (const topic of topics) {
      this.#values.delete(topic);
      this.#advertised.delete(topic);
    }
    this.#isStale = true;
    this.#call();
  }

  /**
   * The market behind the feed is another one: every value is void. Resolves with the values of the new market; rejects when
   * its feed could not be asked, because it would deliver nothing either. One that another overtakes ends as that one does.
   */
  async renew(): Promise<ReadonlyMap<string, Fragment>> {
    if (this.#epoch !== null) {
      this.#unknownEpoch.leave(this.#epoch);
      this.#epoch = null;
    }
    this.#generation += 1;
    this.#values.clear();
    this.#advertised = new Set();
    this.#isStale = true;
    this.#failure = null;
    // The answer to the call on its way is of the market that was left; what it was to answer goes to the new one.
    this.#waiting = [...this.#takeAsked(), ...this.#waiting];
    let first = this.#startCalls(this.#callOnce());
    this.#renewal = first;
    await first;
    while (first !== this.#renewal) {
      first = this.#renewal;
      await first;
    }
    if (this.#failure !== null) {
      throw new NeighbourError("The feed could not be asked", {
        neighbour: "MarketFeed",
        retryable: true,
        cause: this.#failure,
      });
    }
    return this.#values;
  }

  #call(): void {
    if (!this.#isCalling) {
      void this.#startCalls(this.#callInTurn());
    }
  }

  /** Resolves when the first call is answered; the calls that it makes necessary go on in the background. */
  #startCalls(first: Promise<void>): Promise<void> {
    this.#isCalling = true;
    this.#deps.run(this.#callUntilSettled(first, this.#generation));
    return first;
  }

  /** One call after the other. A renewal starts calls of its own, and those of before end with the one on its way. */
  async #callUntilSettled(first: Promise<void>, generation: number): Promise<void> {
    try {
      await first;
      while (generation === this.#generation && (this.#isStale || this.#waiting.length > 0)) {
        await this.#callInTurn();
      }
    } finally {
      if (generation === this.#generation) {
        this.#isCalling = false;
      }
    }
  }

  /** Makes the call when it is its turn (WS16a), unless a renewal made one meanwhile. */
  async #callInTurn(): Promise<void> {
    const generation = this.#generation;
    const turn = this.#pace.turn();
    if (turn !== null) {
      await turn;
    }
    if (generation === this.#generation) {
      await this.#callOnce();
    }
  }

  async #callOnce(): Promise<void> {
    this.#asked = this.#waiting;
    this.#waiting = [];
    this.#isStale = false;
    const wanted = this.#deps.wanted();
    this.#advertising = new Set(wanted);
    const generation = this.#generation;
    this.#unknownEpoch.markAsked();
    const at = Math.max(this.#deps.now(), this.#sentAt + 1);
    this.#sentAt = at;
    let current: readonly Fragment[];
    try {
      current = await within(PATIENCE_MS, "MarketFeed", this.#deps.want(wanted, at));
    } catch (error) {
      logFailure(this.#deps.log, "feed_not_asked", error, { topics: wanted.length });
      if (generation === this.#generation) {
        this.#fail(error);
      }
      return;
    }
    if (generation === this.#generation) {
      this.#advertising = null;
      this.#advertised = new Set(wanted);
      this.#advertisedAt = at;
      this.#failure = null;
      this.#deps.pass(this.#learn(current));
      this.#answer(this.#takeAsked());
    }
  }

  #fail(error: unknown): void {
    this.#advertising = null;
    this.#failure = error;
    this.#advertised = new Set();
    this.#deps.watch(this.#deps.now() + RETRY_MS);
    for (const [session, own] of Map.groupBy(this.#takeAsked(), (ask) => ask.session)) {
      const failed = own.map(({ ask }) => ask);
      this.#deps.resolve(session, { kind: "failed", at: this.#deps.now(), asks: failed });
    }
  }

  #takeAsked(): readonly HubRequest[] {
    const asked = this.#asked;
    this.#asked = [];
    return asked;
  }

  /** A feed that answers in another epoch than the known one was born anew: no earlier value counts. */
  #learn(current: readonly Fragment[]): readonly Fragment[] {
    const { epoch, fragments, isSettled } = this.#unknownEpoch.settle(current[0]?.epoch ?? null, this.#epoch);
    this.#isStale ||= !isSettled;
    if (epoch !== this.#epoch) {
      this.#values.clear();
      this.#epoch = epoch;
    }
    return this.#keep([...current, ...fragments].filter((fragment) => fragment.epoch === epoch));
  }

  #keep(fragments: readonly Fragment[]): readonly Fragment[] {
    return fragments.filter((fragment) => {
      const { topic, seq } = fragment;
      const isChanged = this.#deps.isWanted(topic) && (this.#values.get(topic)?.seq ?? 0) < seq;
      if (isChanged) {
        this.#values.set(topic, fragment);
      }
      return isChanged;
    });
  }

  #answer(asks: readonly HubRequest[]): void {
    for (const [session, own] of Map.groupBy(asks, (ask) => ask.session)) {
      const answers = own.map((ask) => this.#answerTo(ask));
      this.#deps.resolve(session, { kind: "answered", at: this.#deps.now(), answers });
    }
  }

  #answerTo({ ask, topic }: HubRequest): Answer {
    const value = this.#values.get(topic);
    const fixed = { ask, recovered: false, reset: false };
    return value === undefined
      ? { ...fixed, epoch: null, seq: seqOf(0), fragments: [] }
      : { ...fixed, epoch: value.epoch, seq: value.seq, fragments: [value] };
  }
}
