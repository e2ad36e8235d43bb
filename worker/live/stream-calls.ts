/**
 * A gateway's calls to Topic objects: sockets that stand at the same place share one, and what a Topic sends while its
 * answer is on the way is kept until then, because a delivery can overtake the answer.
 */
import type { Fragment, Position, TopicPort } from "../app/ports/live.ts";
import type { DoorAsk } from "./door.ts";
import type { RoomEvent } from "./room-event.ts";
import { RING_SIZE } from "./topic-log.ts";

export interface StreamHouse {
  readonly gateway: string;
  now(): number;
  tell(session: string, event: RoomEvent): void;
  push(session: string, fragments: readonly Fragment[]): void;
  isWanted(topic: string): boolean;
  /** Work that outlives the event it began in. */
  run(work: Promise<void>): void;
  topic(name: string): TopicPort;
}

/** One call on its way. */
interface Call {
  readonly topic: string;
  readonly asks: DoorAsk[];
  readonly overtaking: Fragment[];
}

export class StreamCalls {
  readonly #house: StreamHouse;
  readonly #calls = new Map<string, Call>();
  /** Goodbyes on their way: a new subscription waits for them, else the Topic might hear them in the wrong order. */
  readonly #leaving = new Map<string, Promise<void>>();

  constructor(house: StreamHouse) {
    this.#house = house;
  }

  ask(ask: DoorAsk): void {
    const key = `${ask.topic} ${ask.since?.epoch ?? ""} ${ask.since?.seq ?? ""}`;
    const flying = this.#calls.get(key);
    if (flying) {
      flying.asks.push(ask);
      return;
    }
    const call: Call = { topic: ask.topic, asks: [ask], overtaking: [] };
    this.#calls.set(key, call);
    this.#house.run(this.#fly(key, call, ask.since));
  }

  /** Keeps at most a ring of what overtakes; a gap in it is noticed like any other. */
  take(fragments: readonly Fragment[]): void {
    for (const call of this.#calls.values()) {
      call.overtaking.push(...fragments.filter(({ topic }) => topic === call.topic));
      call.overtaking.splice(0, call.overtaking.length - RING_SIZE);
    }
  }

  /** Not while a call is on its way: then the Topic learns it from an answer of `false`. */
  leave(topic: string): void {
    if (Array.from(this.#calls.values()).some((call) => call.topic === topic) || this.#leaving.has(topic)) {
      return;
    }
    const bye = this.#bye(topic);
    this.#leaving.set(topic, bye);
    this.#house.run(bye);
  }

  async #bye(topic: string): Promise<void> {
    try {
      await this.#house.topic(topic).unsubscribe(this.#house.gateway);
    } catch {
      // The Topic learns it from the next delivery.
    } finally {
      this.#leaving.delete(topic);
    }
  }

  async #fly(key: string, { topic, asks, overtaking }: Call, since: Position | null): Promise<void> {
    try {
      await this.#leaving.get(topic);
      const start = await this.#house.topic(topic).subscribe(this.#house.gateway, since);
      this.#calls.delete(key);
      const at = this.#house.now();
      for (const { session, ask } of asks) {
        this.#house.tell(session, { kind: "answered", at, answers: [{ ask, ...start }] });
        if (overtaking.length > 0) {
          this.#house.push(session, overtaking);
        }
      }
    } catch {
      this.#calls.delete(key);
      for (const { session, ask } of asks) {
        this.#house.tell(session, { kind: "failed", at: this.#house.now(), asks: [ask] });
      }
    }
  }
}
