/** The {@link Settings} on D1: one row a setting; a setting without a row has its default. */
import { eq } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import type { Settings } from "../../app/ports/settings.ts";
import { FIRST_EXCHANGE } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { settingTable } from "./schema.ts";
import { attempt } from "./store-error.ts";
import { check, exchange as exchangeName } from "./stored-value.ts";

const ACTIVE_EXCHANGE = "active_exchange";

/** Keeps nothing: whoever may be a moment behind keeps it there, as a gateway does. */
export class D1Settings implements Settings {
  readonly #db: DrizzleD1Database;

  constructor(d1: D1Database) {
    this.#db = drizzle(d1);
  }

  activeExchange(): Promise<Exchange> {
    return attempt("read the active exchange", async () => {
      const [row] = await this.#db.select().from(settingTable).where(eq(settingTable.key, ACTIVE_EXCHANGE));
      return row ? check(exchangeName, row.value, "the active exchange") : FIRST_EXCHANGE;
    });
  }

  setActiveExchange(exchange: Exchange): Promise<void> {
    return attempt("set the active exchange", async () => {
      await this.#db
        .insert(settingTable)
        .values({ key: ACTIVE_EXCHANGE, value: exchange })
        .onConflictDoUpdate({ target: settingTable.key, set: { value: exchange } });
    });
  }
}
