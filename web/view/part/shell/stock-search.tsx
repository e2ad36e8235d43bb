/** The field that finds a share by its names or its code, and goes to its page. What finds loads when the field is first entered. */
import { useNavigate } from "@solidjs/router";
import { type Accessor, createEffect, createMemo, createSignal, type JSX, onCleanup, Show } from "solid-js";
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

/** What is searched for, and that the list of what is found takes nothing else's place. */
function createSearched(): {
  readonly searched: Accessor<string>;
  readonly isOpen: Accessor<boolean>;
  readonly write: (text: string) => void;
  readonly enter: () => void;
  readonly setRoot: (root: HTMLElement) => void;
} {
  const [root, setRoot] = createSignal<HTMLElement>();
  const [typed, setTyped] = createSignal("");
  /** The focus went elsewhere, and must not go under the list. */
  const [isLeft, setLeft] = createSignal(false);
  const searched = (): string => (isLeft() ? "" : typed());
  const isOpen = createMemo(() => searched().trim() !== "");
  /** The list leaves strips of the controls beneath it, which a finger misses. The main part stays as a landmark. */
  const cover = (isCovered: boolean): void => {
    for (const part of document.querySelectorAll<HTMLElement>("main > *")) {
      part.inert = isCovered && !part.contains(root() ?? null);
    }
  };
  createEffect(() => {
    cover(isOpen());
  });
  createEffect(() => {
    const search = root();
    search?.addEventListener("focusout", ({ relatedTarget }) => {
      setLeft(!(relatedTarget instanceof Node && search.contains(relatedTarget)));
    });
    search?.addEventListener("mousedown", (event) => {
      // Some browsers give a pressed link no focus: the list would be gone before the click.
      if (!(event.target instanceof HTMLInputElement)) {
        event.preventDefault();
      }
    });
  });
  onCleanup(() => {
    cover(false);
  });
  return {
    searched,
    isOpen,
    write: setTyped,
    enter: () => {
      setLeft(false);
    },
    setRoot,
  };
}

interface FieldProps {
  readonly onText: (text: string) => void;
  readonly onEnter: () => void;
  readonly onClose: () => void;
  readonly onGo: () => void;
}

function SearchField(props: FieldProps): JSX.Element {
  const { text } = useApp();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onGo();
      }}
    >
      <input
        type="search"
        aria-label={text().searchLabel}
        placeholder={text().searchHint}
        aria-keyshortcuts="/"
        autocomplete="off"
        onFocus={() => {
          props.onEnter();
        }}
        onInput={(event) => {
          props.onText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            props.onClose();
          }
        }}
      />
    </form>
  );
}

export function StockSearch(): JSX.Element {
  const { text } = useApp();
  const navigate = useNavigate();
  const { searched, isOpen, write, enter: reopen, setRoot } = createSearched();
  const [turn, setTurn] = createSignal(0);
  const [first, setFirst] = createSignal<string | null>(null);
  const { finding, hasFailed, prepare } = createFinding();
  const close = (): void => {
    write("");
  };
  const enter = (): void => {
    reopen();
    setTurn((count) => count + 1);
    void prepare();
  };
  return (
    <search ref={setRoot} class="stock-search">
      <SearchField
        onText={(written) => {
          write(written);
          enter();
        }}
        onEnter={enter}
        onClose={close}
        onGo={() => {
          const ticker = first();
          if (ticker !== null) {
            close();
            navigate(`/s/${encodeURIComponent(ticker)}`);
          }
        }}
      />
      <Show
        when={finding()}
        keyed
        fallback={
          <Show when={isOpen()}>
            <ul class="search-found">
              <li class="muted">{hasFailed() ? text().searchFailed : text().reloading}</li>
            </ul>
          </Show>
        }
      >
        {(Found) => <Found typed={searched()} turn={turn()} onFirst={setFirst} onGo={close} />}
      </Show>
    </search>
  );
}
