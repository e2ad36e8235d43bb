/** Finds a stock of the market by its names or its code, and puts it on the list that is shown. */
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { FoundName } from "../../../store/names/name-search.ts";
import { adding } from "../../../store/watch/steps.ts";
import { MAX_ENTRIES } from "../../../store/watch/watch-list.ts";
import { useApp } from "../../app-context.tsx";
import { useWatchTexts } from "../../labels/watch-texts.ts";
import { createAwaited } from "../../watch/create-awaited.ts";
import type { Watch } from "../../watch/create-watch.ts";

const MOST = 6;

function FoundStocks(props: {
  watch: Watch;
  found: readonly FoundName[] | null;
  hasFailed: boolean;
  onAdd: (ticker: string) => void;
}): JSX.Element {
  const { text, naming } = useApp();
  const texts = useWatchTexts();
  const isOn = (ticker: string): boolean => props.watch.tickers().includes(ticker);
  return (
    <ul class="search-found">
      <Show
        when={props.found}
        fallback={<li class="muted">{props.hasFailed ? text().searchFailed : text().reloading}</li>}
      >
        {(names) => (
          <For each={names()} fallback={<li class="muted">{text().searchNone}</li>}>
            {(listed) => (
              <li>
                <button
                  type="button"
                  class="quiet"
                  disabled={isOn(listed.ticker)}
                  onClick={() => {
                    props.onAdd(listed.ticker);
                  }}
                >
                  {naming(listed).name} <span class="muted">{naming(listed).code}</span>{" "}
                  <Show when={isOn(listed.ticker)}>
                    <span class="muted">{texts().isOn}</span>
                  </Show>
                </button>
              </li>
            )}
          </For>
        )}
      </Show>
    </ul>
  );
}

/** Puts a stock on the list that is shown; whether it could. */
function addTo(watch: Watch, ticker: string, text: string): boolean {
  const list = watch.list();
  const isFull = watch.tickers().length >= MAX_ENTRIES;
  if (list === null || isFull || watch.tickers().includes(ticker)) {
    return false;
  }
  const entry = { ticker, added: new Date().toISOString() };
  watch.take(adding(list.id, [entry]), text);
  return true;
}

export function AddStock(props: { watch: Watch }): JSX.Element {
  const { naming } = useApp();
  const texts = useWatchTexts();
  const [typed, setTyped] = createSignal("");
  const search = createAwaited(() => (typed() === "" ? null : props.watch.names.search()));
  const found = createMemo(() => (typed() === "" ? null : (search.value()?.find(typed(), MOST) ?? null)));
  const hasFailed = (): boolean => search.hasFailed() || props.watch.names.failure() !== null;
  const isFull = (): boolean => props.watch.tickers().length >= MAX_ENTRIES;
  function add(ticker: string | undefined): void {
    const text = ticker === undefined ? "" : texts().added(naming(props.watch.company(ticker)).name);
    if (ticker !== undefined && addTo(props.watch, ticker, text)) {
      setTyped("");
    }
  }
  return (
    <form
      class="watch-add view-link"
      onSubmit={(event) => {
        event.preventDefault();
        add(found()?.[0]?.ticker);
      }}
    >
      <input
        type="search"
        aria-label={texts().add}
        placeholder={`${texts().add}: ${texts().addHint}`}
        autocomplete="off"
        value={typed()}
        disabled={isFull()}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            setTyped("");
          }
        }}
      />
      <Show when={isFull()}>
        <p class="notice warn">{texts().full}</p>
      </Show>
      <Show when={typed().trim() !== ""}>
        <FoundStocks watch={props.watch} found={found()} hasFailed={hasFailed()} onAdd={add} />
      </Show>
    </form>
  );
}
