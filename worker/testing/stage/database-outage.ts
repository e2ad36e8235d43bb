/** The real D1 of a test, but for the time in which it answers every statement with an error. */
import { env } from "cloudflare:workers";

/** As D1 reports it when its storage is out of reach. */
const TEXT = "D1_ERROR: Network connection lost.";

/** A statement that was prepared in the outage; binding succeeds there, as it asks nobody. */
const LOST: object = new Proxy(
  {},
  { get: (_, key) => (key === "bind" ? () => LOST : () => Promise.reject(new Error(TEXT))) },
);

export class DatabaseOutage {
  isDown = false;
  /** Statements and batches that were refused. */
  refused = 0;

  /** The environment whose database this is. */
  get env(): Env {
    return { ...env, DB: this.#database() };
  }

  #database(): D1Database {
    const refuse = (): boolean => {
      this.refused += this.isDown ? 1 : 0;
      return this.isDown;
    };
    return new Proxy(env.DB, {
      get(database, key) {
        const call: unknown = Reflect.get(database, key);
        if (typeof call !== "function") {
          return call;
        }
        return (...args: readonly unknown[]): unknown => {
          if (refuse()) {
            return key === "prepare" ? LOST : Promise.reject(new Error(TEXT));
          }
          return Reflect.apply(call, database, args);
        };
      },
    });
  }
}
