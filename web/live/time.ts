/** What a live socket takes of time, apart from its other ports: the watch for a sleep and the server's time need it too. */

/** The one source of time of a socket. */
export interface Clock {
  /**
   * Milliseconds since any moment, never set and never back: what deadlines and ages count in. Some platforms stop it while
   * the machine sleeps.
   */
  now(): number;
  /** Milliseconds since the epoch by the machine's own clock, which can be set at any time: shown, and never counted in. */
  wall(): number;
}

/** One-shot timers; the socket arms one at a time. */
export interface Timers {
  /** Runs once after `ms`; returns how to cancel. */
  after(ms: number, run: () => void): () => void;
}
