/** Finds a share by name or code, and goes to its page. */
import { useNavigate } from "@solidjs/router";
import { createSignal, For, type JSX, onCleanup, Show } from "solid-js";
import type { StocksBody } from "../../../../worker/protocol/rest/stock.ts";
import { findStocks } from "../../../store/stock.ts";
import { useApp } from "../../app-context.tsx";

/** Pause in the typing before a request. */
const WAIT_MS = 200;

interface Search {
  readonly found: () => StocksBody["stocks"] | null;
  ask(query: string): void;
  close(): void;
}

function createSearch(): Search {
  const [found, setFound] = createSignal<StocksBody["stocks"] | null>(null);
  let timer = 0;
  let abort: AbortController | null = null;
  function close(): void {
    clearTimeout(timer);
    abort?.abort();
    setFound(null);
  }
  onCleanup(close);
  return {
    found,
    close,
    ask: (query) => {
      clearTimeout(timer);
      abort?.abort();
      if (query.trim() === "") {
        setFound(null);
        return;
      }
      const mine = new AbortController();
      abort = mine;
      timer = window.setTimeout(() => {
        findStocks(query.trim(), mine.signal).then(
          ({ stocks }) => setFound(stocks),
          // A search that fails finds nothing: the panels of the page show the server's failure.
          () => mine.signal.aborted || setFound([]),
        );
      }, WAIT_MS);
    },
  };
}

function Found(props: { stocks: StocksBody["stocks"]; onGo: () => void }): JSX.Element {
  const { text } = useApp();
  return (
    <ul class="search-found">
      <For each={props.stocks} fallback={<li class="muted">{text().searchNone}</li>}>
        {(stock) => (
          <li>
            <a
              href={`/s/${encodeURIComponent(stock.ticker)}`}
              onClick={() => {
                props.onGo();
              }}
            >
              <b>{stock.name}</b>{" "}
              <span class="muted number">
                {stock.ticker} {stock.market}
              </span>
            </a>
          </li>
        )}
      </For>
    </ul>
  );
}

export function StockSearch(): JSX.Element {
  const { text } = useApp();
  const navigate = useNavigate();
  const search = createSearch();
  return (
    <search class="stock-search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const ticker = search.found()?.[0]?.ticker;
          if (ticker !== undefined) {
            search.close();
            navigate(`/s/${encodeURIComponent(ticker)}`);
          }
        }}
      >
        <input
          type="search"
          aria-label={text().searchLabel}
          placeholder={text().searchHint}
          aria-keyshortcuts="/"
          autocomplete="off"
          onInput={(event) => {
            search.ask(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              search.close();
            }
          }}
        />
      </form>
      <Show when={search.found()}>
        {(stocks) => (
          <Found
            stocks={stocks()}
            onGo={() => {
              search.close();
            }}
          />
        )}
      </Show>
    </search>
  );
}
