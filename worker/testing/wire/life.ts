/**
 * One life of a simulated object, from a birth to its sleep or its death. What it had begun ends with it: no timer fires
 * for it and no answer reaches it.
 */

export class Life {
  isAlive = true;
  /** Timers set and answers awaited: an object with any of them does not hibernate. */
  pending = 0;
  /** Calls that came in and are not answered; a death tells each caller. */
  readonly callers = new Set<() => void>();
  readonly object: { readonly name: string; crash(): void };

  constructor(object: Life["object"]) {
    this.object = object;
  }
}
