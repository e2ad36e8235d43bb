/**
 * The active exchange as this object last learnt it. It is kept through sleep and death, so that sockets that all come back at
 * once cost the store nothing. A switch informs every gateway (WS6); the store is asked again now and then all the same,
 * because a switch may have broken half-way.
 */
import * as v from "valibot";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { Settings } from "../../app/ports/settings.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { ExchangeName } from "../../protocol/vocabulary.ts";

/** An exchange that was learnt longer ago is asked for again... */
const OLD_MS = 600_000;
/** ...this long after somebody noticed its age, when the rush of sockets is over. */
const LATER_MS = 30_000;

const TABLES = [
  "CREATE TABLE IF NOT EXISTS known_exchange (one INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS renewal_due (one INTEGER PRIMARY KEY, id TEXT NOT NULL)",
];

const Known = v.object({ name: ExchangeName, at: v.number() });
type Known = v.InferOutput<typeof Known>;

const Due = v.object({ id: v.string() });

/** What is needed of {@link SqlStorage}. */
interface Sql {
  exec(query: string, ...values: (string | number)[]): { toArray(): readonly unknown[] };
}

/** Where the exchange is read, and the clock of its age. */
export interface ActiveExchangeDeps {
  readonly settings: Pick<Settings, "activeExchange">;
  readonly log: Log;
  now(): number;
}

/** Kept, because a gateway asks for it with every socket and D1 may be out of reach. */
export class ActiveExchangeCache {
  readonly #sql: Sql;
  readonly #deps: ActiveExchangeDeps;
  #asking: Promise<Exchange> | null = null;
  #againAt: number | null = null;
  /** Switches of which this life was informed. */
  #switches = 0;
  /** `undefined`: not read from storage in this life. */
  #kept: Known | null | undefined = undefined;
  /** As {@link #kept}. */
  #due: string | null | undefined = undefined;

  constructor(sql: Sql, deps: ActiveExchangeDeps) {
    for (const table of TABLES) {
      sql.exec(table);
    }
    this.#sql = sql;
    this.#deps = deps;
  }

  /** Rejects when nothing is known and the store cannot be asked. */
  async current(): Promise<Exchange> {
    return this.#known()?.name ?? this.#ask();
  }

  /** From a switch, which is newer than an answer of the store that is on its way. */
  learn(name: Exchange): void {
    this.#switches += 1;
    this.#keep(name);
  }

  /** Names the latest change of the exchange for which the values are not renewed yet, also by an earlier life; else `null`. */
  get renewalDue(): string | null {
    if (this.#due === undefined) {
      const due = v.safeParse(Due, this.#sql.exec("SELECT id FROM renewal_due").toArray()[0]);
      this.#due = due.success ? due.output.id : null;
    }
    return this.#due;
  }

  /** A renewal that began for this change has succeeded; a change that came meanwhile is still due. */
  renewed(due: string): void {
    if (this.renewalDue === due) {
      this.#due = null;
      this.#sql.exec("DELETE FROM renewal_due");
    }
  }

  #keep(name: Exchange): void {
    const before = this.#known();
    if (before !== null && before.name !== name) {
      // In the turn that stores the exchange: a process that dies before the renewal leaves both.
      this.#due = crypto.randomUUID();
      this.#sql.exec("INSERT OR REPLACE INTO renewal_due VALUES (1, ?)", this.#due);
    }
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
    // An object that slept since does not know when it was to ask: it asks now.
    if (before === null || !this.#isOld() || this.#deps.now() < (this.#againAt ?? 0)) {
      return null;
    }
    this.#againAt = null;
    const switches = this.#switches;
    const after = await this.#ask().catch((error: unknown) => {
      logFailure(this.#deps.log, "active_exchange_not_asked", error);
      return before;
    });
    // A switch that came meanwhile begins everything anew by itself.
    return after === before || switches !== this.#switches ? null : after;
  }

  #isOld(): boolean {
    const known = this.#known();
    return known !== null && this.#deps.now() - known.at >= OLD_MS;
  }

  /** A storm of sockets asks once. A failure reaches those who wait for it, and the next one asks anew. */
  #ask(): Promise<Exchange> {
    this.#asking ??= this.#askOnce().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** A switch that informed this object while the store was asked counts more than the store's answer. */
  async #askOnce(): Promise<Exchange> {
    const switches = this.#switches;
    const name = await this.#deps.settings.activeExchange();
    const switched = switches === this.#switches ? null : this.#known();
    if (switched !== null) {
      return switched.name;
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
