/**
 * Which exchange is active, as this object last heard: kept through its sleep and its death, so that sockets that all come
 * back at once ask the store for nothing. A switch tells every gateway (WS6); the store is asked again now and then all the
 * same, because a switch may have broken half-way.
 */
import * as v from "valibot";
import type { Settings } from "../app/ports/settings.ts";
import type { Exchange } from "../core/instrument.ts";
import { ExchangeName } from "../protocol/vocabulary.ts";

/** What was learnt longer ago is asked again... */
const OLD_MS = 600_000;
/** ...when the rush is over that brought it up. */
const LATER_MS = 30_000;

const TABLE =
  "CREATE TABLE IF NOT EXISTS known_exchange (one INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL)";

const Known = v.object({ name: ExchangeName, at: v.number() });
type Known = v.InferOutput<typeof Known>;

/** What is needed of {@link SqlStorage}. */
interface Sql {
  exec(query: string, ...values: (string | number)[]): { toArray(): readonly unknown[] };
}

export interface ExchangeHouse {
  readonly settings: Pick<Settings, "activeExchange">;
  now(): number;
}

export class KnownExchange {
  readonly #sql: Sql;
  readonly #house: ExchangeHouse;
  #asking: Promise<Exchange> | null = null;
  #againAt: number | null = null;
  /** `undefined`: not looked up in this life. */
  #kept: Known | null | undefined = undefined;

  constructor(sql: Sql, house: ExchangeHouse) {
    sql.exec(TABLE);
    this.#sql = sql;
    this.#house = house;
  }

  /** Rejects when nothing is known and the store cannot be asked. */
  async current(): Promise<Exchange> {
    return this.#known()?.name ?? this.#ask();
  }

  learn(name: Exchange): void {
    const at = this.#house.now();
    this.#againAt = null;
    this.#kept = { name, at };
    this.#sql.exec("INSERT OR REPLACE INTO known_exchange VALUES (1, ?, ?)", name, at);
  }

  /** When {@link KnownExchange.askAgain} is to be called, in milliseconds since the epoch; `null`: there is no need. */
  get againAt(): number | null {
    if (this.#isOld()) {
      this.#againAt ??= this.#house.now() + LATER_MS;
    }
    return this.#againAt;
  }

  /** Another exchange than was known, or `null`; the store is asked when it is time. Never rejects. */
  async askAgain(): Promise<Exchange | null> {
    const before = this.#known()?.name ?? null;
    // An object that slept since has forgotten when: it is time.
    if (before === null || !this.#isOld() || this.#house.now() < (this.#againAt ?? 0)) {
      return null;
    }
    this.#againAt = null;
    const after = await this.#ask().catch(() => before);
    return after === before ? null : after;
  }

  #isOld(): boolean {
    const known = this.#known();
    return known !== null && this.#house.now() - known.at >= OLD_MS;
  }

  /** A storm of sockets asks once; a failure is told to whoever waits for it, and not to the next. */
  #ask(): Promise<Exchange> {
    this.#asking ??= this.#house.settings
      .activeExchange()
      .then((name) => {
        this.learn(name);
        return name;
      })
      .finally(() => {
        this.#asking = null;
      });
    return this.#asking;
  }

  #known(): Known | null {
    if (this.#kept === undefined) {
      const [row] = this.#sql.exec("SELECT name, at FROM known_exchange").toArray();
      const known = v.safeParse(Known, row);
      this.#kept = known.success ? known.output : null;
    }
    return this.#kept;
  }
}
