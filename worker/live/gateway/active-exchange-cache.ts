/**
 * Which exchange is active, as this object last heard: kept through its sleep and its death, so that sockets that all come
 * back at once ask the store for nothing. A switch tells every gateway (WS6); the store is asked again now and then all the
 * same, because a switch may have broken half-way.
 */
import * as v from "valibot";
import { logFailure } from "../../app/log-failure.ts";
import type { Log } from "../../app/ports/log.ts";
import type { Settings } from "../../app/ports/settings.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { ExchangeName } from "../../protocol/vocabulary.ts";

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

export interface ActiveExchangeDeps {
  readonly settings: Pick<Settings, "activeExchange">;
  readonly log: Log;
  now(): number;
}

export class ActiveExchangeCache {
  readonly #sql: Sql;
  readonly #deps: ActiveExchangeDeps;
  #asking: Promise<Exchange> | null = null;
  #againAt: number | null = null;
  /** Told in this life. */
  #switches = 0;
  /** `undefined`: not looked up in this life. */
  #kept: Known | null | undefined = undefined;

  constructor(sql: Sql, deps: ActiveExchangeDeps) {
    sql.exec(TABLE);
    this.#sql = sql;
    this.#deps = deps;
  }

  /** Rejects when nothing is known and the store cannot be asked. */
  async current(): Promise<Exchange> {
    return this.#known()?.name ?? this.#ask();
  }

  /** From a switch: newer than whatever the store is just answering. */
  learn(name: Exchange): void {
    this.#switches += 1;
    this.#keep(name);
  }

  #keep(name: Exchange): void {
    const at = this.#deps.now();
    this.#againAt = null;
    this.#kept = { name, at };
    this.#sql.exec("INSERT OR REPLACE INTO known_exchange VALUES (1, ?, ?)", name, at);
  }

  /** When {@link ActiveExchangeCache.askAgain} is to be called, in milliseconds since the epoch; `null`: there is no need. */
  get againAt(): number | null {
    if (this.#isOld()) {
      this.#againAt ??= this.#deps.now() + LATER_MS;
    }
    return this.#againAt;
  }

  /** Another exchange than was known, or `null`; the store is asked when it is time. Never rejects. */
  async askAgain(): Promise<Exchange | null> {
    const before = this.#known()?.name ?? null;
    // An object that slept since has forgotten when: it is time.
    if (before === null || !this.#isOld() || this.#deps.now() < (this.#againAt ?? 0)) {
      return null;
    }
    this.#againAt = null;
    const switches = this.#switches;
    const after = await this.#ask().catch((error: unknown) => {
      logFailure(this.#deps.log, "active_exchange_not_asked", error);
      return before;
    });
    // A switch that came meanwhile has begun everything anew by itself.
    return after === before || switches !== this.#switches ? null : after;
  }

  #isOld(): boolean {
    const known = this.#known();
    return known !== null && this.#deps.now() - known.at >= OLD_MS;
  }

  /** A storm of sockets asks once; a failure is told to whoever waits for it, and not to the next. */
  #ask(): Promise<Exchange> {
    this.#asking ??= this.#askOnce().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** The store's answer may be of the moment before a switch that has told us already. */
  async #askOnce(): Promise<Exchange> {
    const switches = this.#switches;
    const name = await this.#deps.settings.activeExchange();
    const told = switches === this.#switches ? null : this.#known();
    if (told !== null) {
      return told.name;
    }
    this.#keep(name);
    return name;
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
