/** What the search finds for the text in its field. Loads when the field is first entered, and then the names. */
import {
  type Accessor,
  createEffect,
  createMemo,
  createSignal,
  For,
  type JSX,
  on,
  onCleanup,
  Show,
} from "solid-js";
import type { FoundName, NameSearch } from "../../../store/names/name-search.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";

const MOST = 8;
/** A master changes once a day; a page stays open for weeks. */
const FRESH_MS = 3_600_000;

/** The names once they are here; `prepare` asks for them where they are missing or old. */
function createNames(): {
  readonly names: Accessor<NameSearch | null>;
  readonly hasFailed: Accessor<boolean>;
  readonly prepare: () => void;
} {
  const { exchange } = useMarket();
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
  return {
    names,
    hasFailed,
    prepare: () => {
      const isFresh = names() !== null && performance.now() - loadedAt < FRESH_MS;
      if (loading === null && !isFresh) {
        loading = new AbortController();
        void load(loading);
      }
    },
  };
}

function Found(props: { names: readonly FoundName[]; onGo: () => void }): JSX.Element {
  const { text, locale, naming } = useApp();
  const other = (found: FoundName): string | null => {
    const name = locale() === "ko" ? found.name_en : found.name;
    return name !== null && !naming(found).name.endsWith(name) ? name : null;
  };
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
              <span class="number">{naming(found).code}</span> {found.market}
              <Show when={other(found)}>
                {(name) => <span lang={locale() === "ko" ? "en" : "ko"}> {name()}</span>}
              </Show>
            </span>
          </a>
        </li>
      )}
    </For>
  );
}

interface Props {
  /** What stands in the field. */
  readonly typed: string;
  /** Counts entries of the field and keys in it: each asks for names where they are missing. */
  readonly turn: number;
  /** The ticker of the first that is found; `null` without one. */
  readonly onFirst: (ticker: string | null) => void;
  readonly onGo: () => void;
}

export function SearchFound(props: Props): JSX.Element {
  const { text } = useApp();
  const { names, hasFailed, prepare } = createNames();
  createEffect(on(() => props.turn, prepare));
  const isEmpty = (): boolean => props.typed.trim() === "";
  const found = createMemo(() => (isEmpty() ? null : (names()?.find(props.typed, MOST) ?? null)));
  createEffect(() => {
    props.onFirst(found()?.[0]?.ticker ?? null);
  });
  return (
    <Show when={!isEmpty()}>
      <ul class="search-found">
        <Show
          when={found()}
          fallback={<li class="muted">{hasFailed() ? text().searchFailed : text().reloading}</li>}
        >
          {(known) => (
            <Found
              names={known()}
              onGo={() => {
                props.onGo();
              }}
            />
          )}
        </Show>
      </ul>
    </Show>
  );
}
