/** Acts of one object that must not overlap, because each stands on what the one before it did. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Begins when every act before it has ended, also where that failed: its failure is of its own caller alone. */
  async take<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(act, act);
    this.#last = mine;
    return mine;
  }
}
