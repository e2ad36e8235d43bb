/** What a receiver of alerts has taken, by the key of the message: an attempt that came twice is seen, and so is one that never came. */
export class Received<T> {
  readonly #byKey = new Map<string, T[]>();

  add(key: string, message: T): void {
    this.#byKey.set(key, [...this.of(key), message]);
  }

  /** In the order in which they came; more than one where an attempt was repeated. */
  of(key: string): readonly T[] {
    return this.#byKey.get(key) ?? [];
  }

  keys(): readonly string[] {
    return [...this.#byKey.keys()];
  }
}
