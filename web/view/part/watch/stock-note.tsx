/** The reader's own note on a stock: saved while it is written, and shown wherever the stock is. */
import { createEffect, createSignal, type JSX, on, onCleanup, onMount, Show, untrack } from "solid-js";
import { type Notes, notesOf, tidyNote } from "../../../store/watch/notes.ts";
import { useApp } from "../../app-context.tsx";
import { useWatchTexts } from "../../labels/watch-texts.ts";

/** After the last key. */
const PAUSE_MS = 400;

interface NoteDraft {
  readonly text: () => string;
  readonly failure: () => "long" | "full" | null;
  type(text: string): void;
  /** The field is left: from here on it shows what is stored. */
  leave(): void;
}

/** What is being written about one stock. With its owner it ends, and is saved then. */
function createNoteDraft(notes: Notes, ticker: string): NoteDraft {
  /** `null`: as stored. It outlives a save, because what is stored is tidied and would move the cursor. */
  const [draft, setDraft] = createSignal<string | null>(null);
  const [failure, setFailure] = createSignal<"long" | "full" | null>(null);
  let isDirty = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function save(): void {
    clearTimeout(timer);
    if (isDirty) {
      const answer = notes.write(ticker, draft() ?? "");
      isDirty = answer !== "kept";
      setFailure(answer === "kept" ? null : answer);
    }
  }
  createEffect(
    on(
      () => notes.textOf(ticker),
      (stored) => {
        if (!isDirty && tidyNote(draft() ?? "") !== stored) {
          setDraft(null);
        }
      },
      { defer: true },
    ),
  );
  onMount(() => {
    addEventListener("pagehide", save);
  });
  onCleanup(() => {
    removeEventListener("pagehide", save);
    save();
  });
  return {
    text: () => draft() ?? notes.textOf(ticker),
    failure,
    type: (text) => {
      setDraft(text);
      isDirty = true;
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE_MS);
    },
    leave: () => {
      save();
      if (!isDirty) {
        setDraft(null);
      }
    },
  };
}

function NoteField(props: { ticker: string; name: string }): JSX.Element {
  const { device, format } = useApp();
  const texts = useWatchTexts();
  const notes = notesOf(device);
  // The field is made anew for another ticker.
  const draft = createNoteDraft(
    notes,
    untrack(() => props.ticker),
  );
  return (
    <div class="stock-note">
      <label class="view-link">
        <span class="small-note">
          <b>{texts().note}</b> <span class="muted">{texts().noteHint}</span>
        </span>
        <textarea
          rows="2"
          aria-label={texts().noteOf(props.name)}
          value={draft.text()}
          onInput={(event) => {
            draft.type(event.currentTarget.value);
          }}
          onBlur={() => {
            draft.leave();
          }}
        />
      </label>
      <Show when={draft.failure()}>
        {(reason) => (
          <p class="notice warn" role="alert">
            {reason() === "long"
              ? texts().noteLong(format().integer(Array.from(tidyNote(draft.text())).length))
              : texts().noteFull}
          </p>
        )}
      </Show>
      <Show when={!notes.isKept()}>
        <p class="notice warn">{texts().notKept}</p>
      </Show>
    </div>
  );
}

/** `name`: as the page shows it. */
export function StockNote(props: { ticker: string; name: string }): JSX.Element {
  return (
    <Show when={props.ticker} keyed>
      {(ticker) => <NoteField ticker={ticker} name={props.name} />}
    </Show>
  );
}
