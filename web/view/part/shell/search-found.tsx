/** What the search finds for the text in its field. Loads when the field is first entered, and then the names. */
import { createEffect, createMemo, For, type JSX, on, Show } from "solid-js";
import { listedNamesOf } from "../../../store/names/listed-names.ts";
import type { FoundName } from "../../../store/names/name-search.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";
import { createAwaited } from "../../watch/create-awaited.ts";

const MOST = 8;

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
  const names = listedNamesOf(useMarket().exchange);
  const search = createAwaited(() => names.search());
  const hasFailed = (): boolean => search.hasFailed() || names.failure() !== null;
  createEffect(
    on(
      () => props.turn,
      () => {
        names.freshen();
        if (search.hasFailed()) {
          search.retry();
        }
      },
    ),
  );
  const isEmpty = (): boolean => props.typed.trim() === "";
  const found = createMemo(() => (isEmpty() ? null : (search.value()?.find(props.typed, MOST) ?? null)));
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
