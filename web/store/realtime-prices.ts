/** The prices of the tickers on the page: what REST knows first, then every tick, one signal a symbol. */
import { type Accessor, createComputed, createRoot, on, onCleanup } from "solid-js";
import { PricesBody } from "../../worker/protocol/rest/quote.ts";
import type { ActiveExchange } from "./exchange.ts";
import { fetchJson } from "./fetch-json.ts";
import { type LivePrice, makeNewestPrices, priceOfQuote, priceOfTick } from "./live-price.ts";
import type { LiveConnection } from "./live-socket.ts";
import { createLoading, type Loading } from "./remote.ts";
import { createKeyedSignals } from "./signals/keyed-signals.ts";

/** Tickers that one request may name. */
const PER_REQUEST = 100;

/** Prices of every ticker that is shown somewhere on the page. */
export interface RealtimePrices extends Loading {
  /** Reactive for this symbol alone; `null` while unknown. */
  price(ticker: string): LivePrice | null;
}

/** @throws RequestError */
export async function fetchQuotes(
  tickers: readonly string[],
  abort: AbortSignal,
): Promise<readonly PricesBody[]> {
  const pages = Array.from({ length: Math.ceil(tickers.length / PER_REQUEST) }, (_, i) =>
    tickers.slice(i * PER_REQUEST, (i + 1) * PER_REQUEST),
  );
  return Promise.all(
    pages.map((page) => fetchJson(`/api/kr/realtime-prices?tickers=${page.join(",")}`, PricesBody, abort)),
  );
}

/** Follows `tickers`: one that is gone is given up, a new one subscribed. */
export function createRealtimePrices(
  live: LiveConnection,
  exchange: ActiveExchange,
  tickers: Accessor<readonly string[]>,
): RealtimePrices {
  const prices = createKeyedSignals<LivePrice>(live.timers);
  const newest = makeNewestPrices();
  /** Without a socket no tick comes, so a poll asks for all tickers. */
  let isPolled = false;
  const loading = createLoading(
    async (abort) =>
      fetchQuotes(
        tickers().filter((ticker) => isPolled || !newest.hasTicked(ticker)),
        abort,
      ),
    (bodies) => {
      for (const body of bodies.filter((one) => exchange.accepts(one.exchange))) {
        for (const price of Object.values(body.prices).map(priceOfQuote)) {
          if (newest.admit(price)) {
            prices.put(price.ticker, price);
          }
        }
      }
    },
  );

  createFollowing(tickers, (ticker) => {
    live.listen(`price:${ticker}`, {
      message: (update) => {
        if (update.type === "price_update") {
          const price = priceOfTick(update);
          newest.tick(price);
          prices.put(ticker, price);
        }
      },
    });
    onCleanup(() => {
      newest.forget(ticker);
    });
  });
  createComputed(on(tickers, () => void loading.reload(), { defer: true }));
  live.poll({
    failure: loading.failure,
    reload: async () => {
      isPolled = true;
      const answer = loading.reload();
      isPolled = false;
      return answer;
    },
  });
  exchange.onSwitch(() => {
    prices.clear();
    newest.clear();
    void loading.reload();
  });
  return { price: (ticker) => prices.read(ticker), ...loading };
}

/** Runs `start` for each key that comes, in a root of its own that ends when the key goes or the owner does. */
function createFollowing(keys: Accessor<readonly string[]>, start: (key: string) => void): void {
  const ends = new Map<string, () => void>();
  function follow(wanted: ReadonlySet<string>): void {
    for (const [key, end] of ends) {
      if (!wanted.has(key)) {
        ends.delete(key);
        end();
      }
    }
    for (const key of wanted) {
      if (!ends.has(key)) {
        // A root of its own: the next run of the computation must not end a key that stays.
        createRoot((end) => {
          ends.set(key, end);
          start(key);
        });
      }
    }
  }
  createComputed(() => {
    follow(new Set(keys()));
  });
  onCleanup(() => {
    follow(new Set());
  });
}
