/**
 * One life of a simulated object, from a birth to its sleep or its death. What a life has begun ends with it: no timer fires
 * for a life that is over, and no answer reaches it.
 */

export class Life {
  isAlive = true;
  /** Timers set and answers awaited: an object with any of them does not hibernate. */
  pending = 0;
  /** The failure of each call that came in and is not answered, for the object's death. */
  readonly callers = new Set<() => void>();
  readonly object: { readonly name: string; crash(): void };

  constructor(object: Life["object"]) {
    this.object = object;
  }
}
