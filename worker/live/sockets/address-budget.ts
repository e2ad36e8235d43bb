/**
 * How much of what one address sends is read (WS13e). Its sockets share a number of topics, and whoever has them all needs to
 * name them no more than now and then: without a bound 256 sockets could ask for a hundred thousand in a second.
 */

/** UTF-16 units of frames that may come at once: twice what names all 4,096 topics of an address. */
const BURST = 131_072;
/** Units that may come besides, a second. */
const A_SECOND = 32_768;
/** Of more addresses the one that was silent for the longest time is forgotten, and has everything again. */
const MAX_ADDRESSES = 1_024;

interface Left {
  readonly units: number;
  readonly at: number;
}

export class AddressBudget {
  /** By address, the one of the latest frame last. Outlives the sockets, which could close and come back. */
  readonly #left = new Map<string, Left>();

  /** `at` in milliseconds. `false`: so much is not left, and nothing is taken. */
  take(address: string, units: number, at: number): boolean {
    const before = this.#left.get(address);
    const refilled =
      before === undefined ? BURST : before.units + (Math.max(0, at - before.at) / 1_000) * A_SECOND;
    const left = Math.min(BURST, refilled) - units;
    if (left < 0) {
      return false;
    }
    this.#left.delete(address);
    this.#left.set(address, { units: left, at });
    const [oldest] = this.#left.keys();
    if (this.#left.size > MAX_ADDRESSES && oldest !== undefined) {
      this.#left.delete(oldest);
    }
    return true;
  }
}
