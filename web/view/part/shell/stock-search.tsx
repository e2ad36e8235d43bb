/** Finds a share by its names or its code, and goes to its page. The names are loaded when the field is first entered. */
import { useNavigate } from "@solidjs/router";
import { createEffect, createMemo, createSignal, For, type JSX, on, onCleanup, Show } from "solid-js";
import type { FoundName, NameSearch } from "../../../store/names/name-search.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";

const MOST = 8;
/** A master changes once a day; a page stays open for weeks. */
const FRESH_MS = 3_600_000;

interface Search {
  /** `null` while nothing is typed, or its names are not here yet. */
  readonly found: () => readonly FoundName[] | null;
  readonly isOpen: () => boolean;
  readonly hasFailed: () => boolean;
  /** The field was entered: its names will be needed. */
  prepare(): void;
  type(text: string): void;
  close(): void;
}

function createSearch(): Search {
  const { exchange } = useMarket();
  const [typed, setTyped] = createSignal("");
  const [names, setNames] = createSignal<NameSearch | null>(null);
  const [hasFailed, setFailed] = createSignal(false);
  let loadedAt = 0;
  let loading: AbortController | null = null;

  async function load(abort: AbortController): Promise<void> {
    setFailed(false);
    try {
      const { loadNameSearch } = await import("../../../store/names/name-search.ts");
      const next = await loadNameSearch(abort.signal);
      if (loading === abort && exchange.accepts(next.exchange)) {
        loadedAt = performance.now();
        setNames(next);
      }
    } catch {
      // The field shows it; the next key asks again.
      setFailed(loading === abort);
    }
    if (loading === abort) {
      loading = null;
    }
  }
  function drop(): void {
    loading?.abort();
    loading = null;
    setNames(null);
  }
  createEffect(on(exchange.active, drop, { defer: true }));
  onCleanup(drop);

  function prepare(): void {
    const isFresh = names() !== null && performance.now() - loadedAt < FRESH_MS;
    if (loading === null && !isFresh) {
      loading = new AbortController();
      void load(loading);
    }
  }
  const found = createMemo(() => (typed().trim() === "" ? null : (names()?.find(typed(), MOST) ?? null)));
  return {
    found,
    isOpen: () => typed().trim() !== "",
    hasFailed,
    prepare,
    type: (text) => {
      prepare();
      setTyped(text);
    },
    close: () => {
      setTyped("");
    },
  };
}

function Found(props: { names: readonly FoundName[]; onGo: () => void }): JSX.Element {
  const { text, locale, naming } = useApp();
  const other = (found: FoundName): string | null => (locale() === "ko" ? found.name_en : found.name);
  return (
    <For each={props.names} fallback={<li class="muted">{text().searchNone}</li>}>
      {(found) => (
        <li>
          <a
            href={`/s/${encodeURIComponent(found.ticker)}`}
            title={naming(found).title}
            onClick={() => {
              props.onGo();
            }}
          >
            <b>{naming(found).name}</b>
            <span class="muted">
              <span class="number">{found.ticker}</span> {found.market}
              <Show when={other(found) !== naming(found).name && other(found)}>
                {(name) => <span lang={locale() === "ko" ? "en" : "ko"}> {name()}</span>}
              </Show>
            </span>
          </a>
        </li>
      )}
    </For>
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
          onFocus={() => {
            search.prepare();
          }}
          onInput={(event) => {
            search.type(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              search.close();
            }
          }}
        />
      </form>
      <Show when={search.isOpen()}>
        <ul class="search-found">
          <Show
            when={search.found()}
            fallback={<li class="muted">{search.hasFailed() ? text().searchFailed : text().reloading}</li>}
          >
            {(names) => (
              <Found
                names={names()}
                onGo={() => {
                  search.close();
                }}
              />
            )}
          </Show>
        </ul>
      </Show>
    </search>
  );
}
