/** What the stocks of the active exchange are called, by ticker, for lists that hold more than signals. */
import { type Accessor, createMemo } from "solid-js";
import { type LatinName, NO_LATIN_NAME } from "../../../worker/protocol/latin-name.ts";
import { type ListedName, NamesBody } from "../../../worker/protocol/rest/names.ts";
import type { ActiveExchange } from "../exchange.ts";
import { fetchJson } from "../fetch-json.ts";
import { createRemote, type Remote } from "../remote.ts";
import type { NameSearch } from "./name-search.ts";

export interface ListedNames extends Remote<NamesBody> {
  /** Reactive; `null` while the names are not here, and for a ticker that they do not have. */
  of(ticker: string): (ListedName & LatinName) | null;
  /** Searchable, made at the first call for the names that are here; `null` before they are. */
  search(): Promise<NameSearch> | null;
}

/** Its module loads with the first search. */
async function make(body: NamesBody): Promise<NameSearch> {
  const { makeNameSearch } = await import("./name-search.ts");
  return makeNameSearch(body);
}

/** Loaded with the page that shows them, and again for another exchange. */
export function createListedNames(exchange: ActiveExchange): ListedNames {
  const remote = createRemote(async (abort) => fetchJson("/api/kr/names", NamesBody, abort));
  exchange.onSwitch(() => void remote.reload());
  const value = createMemo(() => {
    const body = remote.value();
    return body !== null && exchange.accepts(body.exchange) ? body : null;
  });
  const byTicker: Accessor<ReadonlyMap<string, ListedName>> = createMemo(
    () => new Map(value()?.names.map((listed) => [listed.ticker, listed])),
  );
  let made: { readonly body: NamesBody; readonly search: Promise<NameSearch> } | null = null;
  return {
    ...remote,
    value,
    of: (ticker) => {
      const listed = byTicker().get(ticker);
      return listed === undefined ? null : { ...NO_LATIN_NAME, ...listed };
    },
    search: () => {
      const body = value();
      if (body !== null && made?.body !== body) {
        const search = make(body);
        made = { body, search };
        // A module that could not be fetched is fetched again by the next call.
        search.catch(() => {
          made = null;
        });
      }
      return made?.search ?? null;
    },
  };
}
