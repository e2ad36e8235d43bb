/** The field that finds a share by its names or its code, and goes to its page. What finds loads when the field is first entered. */
import { useNavigate } from "@solidjs/router";
import { type Accessor, createSignal, type JSX, Show } from "solid-js";
import { useApp } from "../../app-context.tsx";
import type { SearchFound } from "./search-found.tsx";

type Finding = typeof SearchFound;

/** What finds, once it is here. */
function createFinding(): {
  readonly finding: Accessor<Finding | null>;
  readonly hasFailed: Accessor<boolean>;
  readonly prepare: () => Promise<void>;
} {
  const [finding, setFinding] = createSignal<Finding | null>(null);
  const [hasFailed, setFailed] = createSignal(false);
  return {
    finding,
    hasFailed,
    prepare: async () => {
      if (finding() === null) {
        setFailed(false);
        try {
          const loaded = await import("./search-found.tsx");
          setFinding(() => loaded.SearchFound);
        } catch {
          // The field shows it; the next key asks again.
          setFailed(true);
        }
      }
    },
  };
}

export function StockSearch(): JSX.Element {
  const { text } = useApp();
  const navigate = useNavigate();
  const [typed, setTyped] = createSignal("");
  const [turn, setTurn] = createSignal(0);
  const [first, setFirst] = createSignal<string | null>(null);
  const { finding, hasFailed, prepare } = createFinding();
  const close = (): void => {
    setTyped("");
  };
  const enter = (): void => {
    setTurn((count) => count + 1);
    void prepare();
  };
  return (
    <search class="stock-search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const ticker = first();
          if (ticker !== null) {
            close();
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
          onFocus={enter}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            enter();
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              close();
            }
          }}
        />
      </form>
      <Show
        when={finding()}
        keyed
        fallback={
          <Show when={typed().trim() !== ""}>
            <ul class="search-found">
              <li class="muted">{hasFailed() ? text().searchFailed : text().reloading}</li>
            </ul>
          </Show>
        }
      >
        {(Found) => <Found typed={typed()} turn={turn()} onFirst={setFirst} onGo={close} />}
      </Show>
    </search>
  );
}
