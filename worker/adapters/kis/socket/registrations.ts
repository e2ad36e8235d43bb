/** KS3: what is registered at the vendor, what is under way, and what is to be sent next: never more at once than it grants. */
import type { LiveKey } from "../../../app/ports/live-upstream.ts";

/** A registration to be made, or to be given back. */
export interface Change {
  readonly key: LiveKey;
  readonly type: "add" | "remove";
}

/** So many are sent before the first is answered. */
const AT_ONCE = 8;

/** Codes of answers: already registered, nothing to remove, and one more than is granted. */
const ALREADY = "OPSP0002";
const NOT_FOUND = "OPSP0003";
const TOO_MANY = "OPSP0008";

/** Of one connection. A slot counts as taken from the message that asks for it until the answer that gives it back. */
export class Registrations {
  #most: number;
  #wanted: readonly LiveKey[] = [];
  readonly #taken = new Set<LiveKey>();
  readonly #underWay = new Map<LiveKey, Change["type"]>();
  /** The vendor knows no such key: asking again in this connection is of no use. */
  readonly #refused = new Set<LiveKey>();
  /** The vendor does not take them back: nor is that of use again. */
  readonly #stuck = new Set<LiveKey>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Replaces the list; what stands first is registered first. */
  want(keys: readonly LiveKey[]): void {
    this.#wanted = [...new Set(keys)];
  }

  /** What the vendor has taken, in the order of the list. */
  followed(): readonly LiveKey[] {
    return this.#wanted.filter((key) => this.#taken.has(key) && this.#underWay.get(key) !== "remove");
  }

  /** Also before the answer that takes it, which a first record can overtake. */
  isWanted(key: LiveKey): boolean {
    return this.#wanted.includes(key);
  }

  /** The key under way that fits; `null` when none does. */
  keyOf(isOne: (key: LiveKey) => boolean): LiveKey | null {
    return Array.from(this.#underWay.keys()).find((key) => isOne(key)) ?? null;
  }

  /** The messages to be sent now. Each counts as sent. */
  next(): readonly Change[] {
    const goal = this.#wanted.filter((key) => !this.#refused.has(key)).slice(0, this.#most);
    const changes: Change[] = [];
    const send = (key: LiveKey, type: Change["type"]): void => {
      this.#underWay.set(key, type);
      changes.push({ key, type });
    };
    for (const key of this.#taken) {
      const isDue = !goal.includes(key) && !this.#underWay.has(key) && !this.#stuck.has(key);
      if (isDue && this.#underWay.size < AT_ONCE) {
        send(key, "remove");
      }
    }
    for (const key of goal) {
      const isFree = this.#slots() < this.#most && this.#underWay.size < AT_ONCE;
      if (isFree && !this.#taken.has(key) && !this.#underWay.has(key)) {
        send(key, "add");
      }
    }
    return changes;
  }

  /** Taken, and asked for. */
  #slots(): number {
    return this.#taken.size + Array.from(this.#underWay.values()).filter((type) => type === "add").length;
  }

  /** `false` for an answer to nothing that was sent. */
  answered(key: LiveKey, code: string, isServed: boolean): boolean {
    const type = this.#underWay.get(key);
    if (type === undefined) {
      return false;
    }
    this.#underWay.delete(key);
    if (type === "remove") {
      // What the vendor does not have is given back too; any other refusal leaves the slot taken.
      if (isServed || code === NOT_FOUND) {
        this.#taken.delete(key);
      } else {
        this.#stuck.add(key);
      }
    } else if (isServed || code === ALREADY) {
      this.#taken.add(key);
    } else if (code === TOO_MANY) {
      // The vendor counts otherwise: another program of this key, or its own products, take the rest.
      this.#most = this.#taken.size;
    } else {
      this.#refused.add(key);
    }
    return true;
  }
}
