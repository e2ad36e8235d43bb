/**
 * The active exchange as this object last learnt it. It is kept through sleep and death, so that sockets that all come back at
 * once cost the store one question together. The store is asked at each birth of the object, after each switch (WS6), and now
 * and then all the same.
 */
import * as v from "valibot";
import { type ExchangeSwitch, isSameSwitch, type Settings } from "../../app/ports/settings.ts";
import { assert } from "../../core/assert.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { within } from "../../platform/within.ts";
import { ExchangeName } from "../../protocol/vocabulary.ts";

/** An exchange that was learnt longer ago is asked for again... */
const OLD_MS = 600_000;
/** ...this long after somebody noticed its age, when the rush of sockets is over. */
const LATER_MS = 30_000;
/** A store that is silent for longer is out of reach. */
const PATIENCE_MS = 2_000;

const TABLES = [
  `CREATE TABLE IF NOT EXISTS known_switch (
     one INTEGER PRIMARY KEY, exchange TEXT NOT NULL, generation INTEGER NOT NULL, at INTEGER NOT NULL)`,
  "CREATE TABLE IF NOT EXISTS renewal_due (one INTEGER PRIMARY KEY, id TEXT NOT NULL)",
];

/** The table of a version that knew no generations. */
const OLD_TABLE = "known_exchange";
const HAS_OLD = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";
const TAKE_OVER = `INSERT OR IGNORE INTO known_switch SELECT 1, name, 0, at FROM ${OLD_TABLE}`;

const Known = v.object({ exchange: ExchangeName, generation: v.number(), at: v.number() });
type Known = v.InferOutput<typeof Known>;

const Due = v.object({ id: v.string() });

/** What is needed of {@link SqlStorage}. */
interface Sql {
  exec(query: string, ...values: (string | number)[]): { toArray(): readonly unknown[] };
}

/** Where the exchange is read, and the clock of its age. */
export interface ActiveExchangeDeps {
  readonly settings: Pick<Settings, "lastSwitch">;
  now(): number;
}

/** Kept, because a gateway asks for it with every socket and D1 may be out of reach. */
export class ActiveExchangeCache {
  readonly #sql: Sql;
  readonly #deps: ActiveExchangeDeps;
  /** The last question to the store; `null` when all are answered. One is asked after the other, so that no answer comes after a later one. */
  #asking: Promise<void> | null = null;
  #againAt: number | null = null;
  /** `undefined`: not read from storage in this life. */
  #kept: Known | null | undefined = undefined;
  /** As {@link #kept}. */
  #due: string | null | undefined = undefined;

  constructor(sql: Sql, deps: ActiveExchangeDeps) {
    for (const table of TABLES) {
      sql.exec(table);
    }
    if (sql.exec(HAS_OLD, OLD_TABLE).toArray().length > 0) {
      sql.exec(TAKE_OVER);
      sql.exec(`DROP TABLE ${OLD_TABLE}`);
    }
    this.#sql = sql;
    this.#deps = deps;
  }

  /** A storm of sockets asks once; an answer that is on its way is waited for. Rejects when nothing is known and the store cannot be asked. */
  async current(): Promise<Exchange> {
    if (this.#known() === null) {
      await (this.#asking ?? this.follow());
    } else {
      // Whoever asked has the failure; what is kept is as good as it was.
      await this.#asking?.catch(() => undefined);
    }
    const known = this.#known();
    assert(known !== null, "The store has answered");
    return known.exchange;
  }

  /** The switch that is known; `null`: none. */
  applied(): ExchangeSwitch | null {
    const known = this.#known();
    return known && { exchange: known.exchange, generation: known.generation };
  }

  /** Names the latest switch for which the values are not renewed yet, also by an earlier life; else `null`. */
  get renewalDue(): string | null {
    if (this.#due === undefined) {
      const due = v.safeParse(Due, this.#sql.exec("SELECT id FROM renewal_due").toArray()[0]);
      this.#due = due.success ? due.output.id : null;
    }
    return this.#due;
  }

  /** A renewal that began for this switch has succeeded; one that came meanwhile is still due. */
  renewed(due: string): void {
    if (this.renewalDue === due) {
      this.#due = null;
      this.#sql.exec("DELETE FROM renewal_due");
    }
  }

  /** Asks the store; another switch than was known makes a renewal due. Rejects when the store is out of reach. */
  async follow(): Promise<void> {
    const ask = async (): Promise<void> => this.#ask();
    const asking = this.#asking === null ? ask() : this.#asking.then(ask, ask);
    this.#asking = asking;
    try {
      await asking;
    } finally {
      if (this.#asking === asking) {
        this.#asking = null;
      }
    }
  }

  /** When {@link ActiveExchangeCache.isDue} will hold, in milliseconds since the epoch; `null`: not for now. */
  get againAt(): number | null {
    if (this.#isOld()) {
      this.#againAt ??= this.#deps.now() + LATER_MS;
    }
    return this.#againAt;
  }

  /** Whether it is time to ask the store again. An object that slept since does not know when it was to ask: it asks now. */
  isDue(): boolean {
    return this.#isOld() && this.#deps.now() >= (this.#againAt ?? 0);
  }

  #isOld(): boolean {
    const known = this.#known();
    return known !== null && this.#deps.now() - known.at >= OLD_MS;
  }

  async #ask(): Promise<void> {
    this.#againAt = null;
    const recorded = await within(PATIENCE_MS, "D1", this.#deps.settings.lastSwitch());
    const before = this.#known();
    if (before !== null && !isSameSwitch(before, recorded)) {
      // In the turn that stores the switch: a process that dies before the renewal leaves both.
      this.#due = crypto.randomUUID();
      this.#sql.exec("INSERT OR REPLACE INTO renewal_due VALUES (1, ?)", this.#due);
    }
    const { exchange, generation } = recorded;
    this.#kept = { exchange, generation, at: this.#deps.now() };
    this.#sql.exec(
      "INSERT OR REPLACE INTO known_switch VALUES (1, ?, ?, ?)",
      exchange,
      generation,
      this.#kept.at,
    );
  }

  #known(): Known | null {
    if (this.#kept === undefined) {
      const [row] = this.#sql.exec("SELECT exchange, generation, at FROM known_switch").toArray();
      const known = v.safeParse(Known, row);
      this.#kept = known.success ? known.output : null;
    }
    return this.#kept;
  }
}
