/** KW12: what is registered at the vendor and what is to be sent next. Its answers name nothing, so one message is under way at a time. */
import { indexOfKey, type LiveKey } from "../../../app/ports/live-upstream.ts";

/** One message: to register these, or to give them back. */
export interface Change {
  readonly type: "add" | "remove";
  readonly group: GroupName;
  /** Of one group; none for what the vendor states of the whole market. */
  readonly keys: readonly LiveKey[];
}

/**
 * Shares, indices, the state of the market, its volatility interruptions: a group is named when it is added to, and again when it is
 * taken from.
 */
export type GroupName = "1" | "2" | "3" | "4";

/** Of one group, as a client of the vendor measured. */
export const MOST_OF_A_GROUP = 100;

const groupOf = (key: LiveKey): GroupName => (indexOfKey(key) === null ? "1" : "2");

/** Of one connection. */
export class KiwoomRegistrations {
  readonly #most: number;
  #wanted: readonly LiveKey[] = [];
  readonly #taken = new Set<LiveKey>();
  #underWay: Change | null = null;
  /** Halves of what was refused together, each sent again by itself. */
  #halves: (readonly LiveKey[])[] = [];
  /** The vendor refuses it alone: asking again in this connection is of no use. */
  readonly #refused = new Set<LiveKey>();
  /** The vendor does not take it back: nor is that of use again. */
  readonly #stuck = new Set<LiveKey>();
  /** Of the whole market, last, so that no name waits for it. */
  readonly #ofMarket: GroupName[] = ["3", "4"];

  constructor(most: number) {
    this.#most = most;
  }

  /** Replaces the list; what stands first is registered first. */
  want(keys: readonly LiveKey[]): void {
    this.#wanted = [...new Set(keys)];
  }

  /** What the vendor has taken, in the order of the list. */
  followed(): readonly LiveKey[] {
    return this.#wanted.filter((key) => this.#taken.has(key));
  }

  /** Also before the answer that takes it, which a first record can overtake. */
  isWanted(key: LiveKey): boolean {
    return this.#wanted.includes(key);
  }

  /** The message to be sent now, which counts as sent; `null` while one is under way, and where nothing is to be changed. */
  next(): Change | null {
    if (this.#underWay !== null) {
      return null;
    }
    const goal = this.#wanted.filter((key) => !this.#refused.has(key)).slice(0, this.#most);
    const change = this.#removal(goal) ?? this.#addition(goal) ?? this.#market();
    this.#underWay = change;
    return change;
  }

  #removal(goal: readonly LiveKey[]): Change | null {
    const due = Array.from(this.#taken).filter((key) => !goal.includes(key) && !this.#stuck.has(key));
    return changeOf("remove", due);
  }

  #addition(goal: readonly LiveKey[]): Change | null {
    const isDue = (key: LiveKey): boolean => goal.includes(key) && !this.#taken.has(key);
    this.#halves = this.#halves.map((half) => half.filter(isDue)).filter((half) => half.length > 0);
    const half = this.#halves.shift();
    const free = Math.max(0, this.#most - this.#taken.size);
    return changeOf("add", half ?? goal.filter(isDue).slice(0, free));
  }

  #market(): Change | null {
    const [group] = this.#ofMarket;
    return group === undefined || this.#taken.size === 0 ? null : { type: "add", group, keys: [] };
  }

  /** `false` for an answer to nothing that was sent. */
  answered(type: Change["type"], isServed: boolean): boolean {
    const change = this.#underWay;
    if (change?.type !== type) {
      return false;
    }
    this.#underWay = null;
    const { keys, group } = change;
    if (group === this.#ofMarket[0]) {
      // A vendor that refuses the state names no phases; the records carry one of their own.
      this.#ofMarket.shift();
    } else if (isServed) {
      for (const key of keys) {
        this.#taken[type === "add" ? "add" : "delete"](key);
      }
    } else if (type === "remove") {
      this.#refuse(keys, this.#stuck);
    } else if (keys.length === 1) {
      this.#refuse(keys, this.#refused);
    } else {
      const middle = Math.ceil(keys.length / 2);
      this.#halves.unshift(keys.slice(0, middle), keys.slice(middle));
    }
    return true;
  }

  #refuse(keys: readonly LiveKey[], into: Set<LiveKey>): void {
    for (const key of keys) {
      into.add(key);
    }
  }
}

/** Those of one group, the group of the first one. */
function changeOf(type: Change["type"], keys: readonly LiveKey[]): Change | null {
  const [first] = keys;
  if (first === undefined) {
    return null;
  }
  const group = groupOf(first);
  return { type, group, keys: keys.filter((key) => groupOf(key) === group).slice(0, MOST_OF_A_GROUP) };
}
