/** Chance that can be asked again: every draw of the demo market follows from the seed, a share and a session. */

/** Spreads three whole numbers over 32 bits; neighbours in any of them land far apart. */
export function mix(seed: number, a: number, b: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15) ^ a, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 13) ^ b, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 14)) >>> 0;
}

/** A stream of draws (mulberry32) that is pointed at one occasion after another; nothing is allocated. */
export class Chance {
  #state = 0;

  /** Begins the stream of one occasion, such as share `a` on session `b`. */
  aim(seed: number, a: number, b: number): this {
    this.#state = mix(seed, a, b);
    return this;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.uniform());
  }

  /** Standard normal by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Student's t with four degrees of freedom, scaled to variance 1: daily returns have its kurtosis. */
  fat(): number {
    const square = -2 * Math.log((1 - this.uniform()) * (1 - this.uniform()));
    return (this.normal() * Math.SQRT2) / Math.sqrt(square);
  }
}
