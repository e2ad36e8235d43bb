/** The {@link Settings} on D1: one row a setting; a setting without a row has its default. */
import * as v from "valibot";
import type { ExchangeSwitch, Settings } from "../../app/ports/settings.ts";
import { FIRST_EXCHANGE } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { attempt } from "./store-error.ts";
import { check, exchange as exchangeName } from "./stored-value.ts";

/** Two rows, so that a version without generations reads and writes its own. */
const ACTIVE_EXCHANGE = "active_exchange";
const GENERATION = "exchange_generation";

const READ = `select key, value from setting where key in ('${ACTIVE_EXCHANGE}', '${GENERATION}')`;

/** One statement: no reader sees the exchange of one switch with the generation of another. */
const RECORD = `insert into setting (key, value) values ('${ACTIVE_EXCHANGE}', ?), ('${GENERATION}', '1')
  on conflict (key) do update set value = case setting.key
    when '${GENERATION}' then cast(cast(setting.value as integer) + 1 as text) else excluded.value end
  returning key, value`;

/** Nothing where there is a row of any version; the SELECT is read before the first row is written. */
const RECORD_FIRST = `insert into setting (key, value)
  select column1, column2 from (values ('${ACTIVE_EXCHANGE}', ?), ('${GENERATION}', '1'))
  where not exists (select 1 from setting where key in ('${ACTIVE_EXCHANGE}', '${GENERATION}'))
  returning key, value`;

interface Row {
  readonly key: string;
  readonly value: string;
}

const GENERATION_TEXT = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));

/** Keeps nothing: whoever may be a moment behind keeps it there, as a gateway does. */
export class D1Settings implements Settings {
  readonly #d1: D1Database;

  constructor(d1: D1Database) {
    this.#d1 = d1;
  }

  async activeExchange(): Promise<Exchange> {
    const { exchange } = await this.lastSwitch();
    return exchange;
  }

  lastSwitch(): Promise<ExchangeSwitch> {
    return attempt("read the active exchange", async () =>
      switchOf((await this.#d1.prepare(READ).all<Row>()).results),
    );
  }

  setActiveExchange(exchange: Exchange): Promise<ExchangeSwitch> {
    return attempt("set the active exchange", async () =>
      switchOf((await this.#d1.prepare(RECORD).bind(exchange).all<Row>()).results),
    );
  }

  chooseFirst(exchange: Exchange): Promise<ExchangeSwitch | null> {
    return attempt("choose the first exchange", async () => {
      const { results } = await this.#d1.prepare(RECORD_FIRST).bind(exchange).all<Row>();
      return results.length === 0 ? null : switchOf(results);
    });
  }
}

function switchOf(rows: readonly Row[]): ExchangeSwitch {
  const valueOf = (key: string): string | undefined => rows.find((row) => row.key === key)?.value;
  const [name, generation] = [valueOf(ACTIVE_EXCHANGE), valueOf(GENERATION)];
  return {
    exchange: name === undefined ? FIRST_EXCHANGE : check(exchangeName, name, "the active exchange"),
    generation:
      generation === undefined ? 0 : check(GENERATION_TEXT, generation, "the number of the last switch"),
  };
}
