/**
 * A gateway's calls to Topic objects. Sockets that stand at the same place share a call, and what a Topic sends while its
 * answer is on the way is kept until then, because a delivery can overtake the answer. There is no call to unsubscribe: a
 * late one would cut off who subscribed meanwhile, and a Topic learns from the answer to a delivery that nobody is left.
 */
import { type Log, logFailure } from "../../app/ports/log.ts";
import { within } from "../../platform/within.ts";
import {
  type Fragment,
  type Position,
  RING_SIZE,
  type StreamStart,
  type TopicPort,
} from "../../app/ports/live.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Resolution } from "../session/session-event.ts";
import type { HubRequest } from "../sockets/hub-deps.ts";

/** A Topic whose storage was restored does not know this gateway and sends nothing: it is asked again after this time. */
const KEPT_MS = 30_000;
/** Sockets that were away for different times stand at different places; answers for more places than this are dropped. */
const KEPT_STARTS = 8;

interface Kept {
  readonly topic: string;
  readonly start: StreamStart;
  readonly at: number;
}

/**
 * Recent answers of Topics that are still true, because a Topic sends everything after its answer and nothing has come since.
 * After a restart a thousand sockets return to one place, and the answer to the first serves them all. `key` names a topic and
 * a place in it; `at` in milliseconds since the epoch.
 */
export class StreamStartCache {
  readonly #kept = new Map<string, Kept>();

  find(key: string, at: number): StreamStart | null {
    const kept = this.#kept.get(key);
    return kept !== undefined && at - kept.at < KEPT_MS ? kept.start : null;
  }

  keep(key: string, topic: string, start: StreamStart, at: number): void {
    this.#kept.delete(key);
    this.#kept.set(key, { topic, start, at });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_STARTS && oldest !== undefined) {
      this.#kept.delete(oldest);
    }
  }

  /** To be called when something came of these topics, wanted or not. */
  forget(topics: ReadonlySet<string>): void {
    for (const [key, { topic }] of this.#kept) {
      if (topics.has(topic)) {
        this.#kept.delete(key);
      }
    }
  }
}

/** A Topic that is silent for longer is out of reach: the sockets get an error, and the next one asks anew. */
const PATIENCE_MS = 10_000;

interface StreamSubscriberDeps {
  readonly log: Log;
  readonly gateway: string;
  now(): number;
  resolve(session: string, event: Resolution): void;
  push(session: string, fragments: readonly Fragment[]): void;
  isWanted(topic: string): boolean;
  /** Work that outlives the event it began in. */
  run(work: Promise<void>): void;
  topic(name: string): TopicPort;
  /** What follows is of that exchange. */
  standOn?(exchange: Exchange | undefined): void;
}

/** One call on its way. */
interface Call {
  readonly topic: string;
  readonly asks: HubRequest[];
  readonly overtaking: Fragment[];
  /** Nothing of the topic came meanwhile. */
  isAlone: boolean;
}

/** The gateway's side of the streams: asks a topic once for all sockets that want the same start. */
export class StreamSubscriber {
  readonly #deps: StreamSubscriberDeps;
  readonly #kept = new StreamStartCache();
  readonly #calls = new Map<string, Call>();

  constructor(deps: StreamSubscriberDeps) {
    this.#deps = deps;
  }

  ask(ask: HubRequest): void {
    const key = `${ask.topic} ${ask.since?.epoch ?? ""} ${ask.since?.seq ?? ""}`;
    const kept = this.#kept.find(key, this.#deps.now());
    if (kept !== null) {
      this.#answer(ask, kept);
      return;
    }
    const flying = this.#calls.get(key);
    if (flying) {
      flying.asks.push(ask);
      return;
    }
    const call: Call = { topic: ask.topic, asks: [ask], overtaking: [], isAlone: true };
    this.#calls.set(key, call);
    this.#deps.run(this.#fly(key, call, ask.since));
  }

  /** To be called when something came of these topics, wanted or not: earlier answers no longer reflect where they stand. */
  forget(topics: Iterable<string>): void {
    const changed = new Set(topics);
    this.#kept.forget(changed);
    for (const [key, call] of this.#calls) {
      if (changed.has(call.topic)) {
        call.isAlone = false;
        // The Topic drops a gateway that wanted nothing of a delivery: the next socket needs a call that subscribes again.
        if (!this.#deps.isWanted(call.topic)) {
          this.#calls.delete(key);
        }
      }
    }
  }

  /** Keeps at most a ring of what overtakes an answer; a gap in it is noticed like any other. */
  take(fragments: readonly Fragment[]): void {
    for (const call of this.#calls.values()) {
      call.overtaking.push(...fragments.filter(({ topic }) => topic === call.topic));
      call.overtaking.splice(0, call.overtaking.length - RING_SIZE);
    }
  }

  async #fly(key: string, call: Call, since: Position | null): Promise<void> {
    const { topic, asks, overtaking } = call;
    let start: StreamStart;
    try {
      start = await within(
        PATIENCE_MS,
        "Topic",
        this.#deps.topic(topic).subscribe(this.#deps.gateway, since),
      );
    } catch (error) {
      logFailure(this.#deps.log, "topic_not_asked", error, { topic });
      this.#end(key, call);
      for (const { session, ask } of asks) {
        this.#deps.resolve(session, { kind: "failed", at: this.#deps.now(), asks: [ask] });
      }
      return;
    }
    this.#end(key, call);
    this.#deps.standOn?.(start.exchange);
    if (call.isAlone && overtaking.length === 0) {
      this.#kept.keep(key, topic, start, this.#deps.now());
    }
    for (const ask of asks) {
      this.#answer(ask, start);
      if (overtaking.length > 0) {
        this.#deps.push(ask.session, overtaking);
      }
    }
  }

  #end(key: string, call: Call): void {
    if (this.#calls.get(key) === call) {
      this.#calls.delete(key);
    }
  }

  #answer({ session, ask }: HubRequest, start: StreamStart): void {
    const at = this.#deps.now();
    this.#deps.resolve(session, { kind: "answered", at, answers: [{ ask, ...start }] });
  }
}
