/** What the stocks of the active exchange are called, by ticker and to be searched: loaded once for all parts of the page. */
import { type Accessor, createComputed, createMemo, createRoot, on, untrack } from "solid-js";
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
  /** Asks for names where they are missing, or older than an hour; what is here stays until others come. */
  freshen(): void;
}

/** A master changes once a day; a page stays open for weeks. */
const FRESH_MS = 3_600_000;

/** Its module loads with the first search. */
async function makeSearch(body: NamesBody): Promise<NameSearch> {
  const { makeNameSearch } = await import("./name-search.ts");
  return makeNameSearch(body);
}

/** Loads at once, and again for another exchange. */
function createListedNames(exchange: ActiveExchange): ListedNames {
  const remote = createRemote(async (abort) => fetchJson("/api/kr/names", NamesBody, abort));
  exchange.onSwitch(() => void remote.reload());
  const value = createMemo(() => {
    const [body, active] = [remote.value(), exchange.active()];
    return active === null || body?.exchange === active ? body : null;
  });
  let loadedAt = -Infinity;
  createComputed(
    on(remote.value, (body) => {
      if (body !== null) {
        loadedAt = performance.now();
        // Of another exchange than the active one: the stores that decide load again.
        exchange.accepts(body.exchange);
      }
    }),
  );
  const byTicker: Accessor<ReadonlyMap<string, ListedName>> = createMemo(
    () => new Map(value()?.names.map((listed) => [listed.ticker, listed])),
  );
  let searched: { readonly body: NamesBody; readonly search: Promise<NameSearch> } | null = null;
  return {
    ...remote,
    value,
    freshen: () => {
      const isFresh = untrack(value) !== null && performance.now() - loadedAt < FRESH_MS;
      if (!isFresh && !untrack(remote.busy)) {
        void remote.reload();
      }
    },
    of: (ticker) => {
      const listed = byTicker().get(ticker);
      return listed === undefined ? null : { ...NO_LATIN_NAME, ...listed };
    },
    search: () => {
      const body = value();
      if (body === null) {
        return null;
      }
      if (searched?.body !== body) {
        const search = makeSearch(body);
        searched = { body, search };
        // A module that could not be fetched is fetched again by the next call.
        search.catch(() => {
          searched = searched?.search === search ? null : searched;
        });
      }
      return searched?.search ?? null;
    },
  };
}

const made = new WeakMap<ActiveExchange, ListedNames>();

/** One for the page. */
export function listedNamesOf(exchange: ActiveExchange): ListedNames {
  const names = made.get(exchange) ?? createRoot(() => createListedNames(exchange));
  made.set(exchange, names);
  return names;
}
