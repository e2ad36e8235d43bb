/** A name and a button: for a new list or saved view, and for another name of one that is there. */
import { createSignal, type JSX, onMount, Show } from "solid-js";
import type { NameFailure } from "../../../store/device/saved-views.ts";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly button: string;
  readonly maxLength: number;
  readonly failures: Record<NameFailure, string>;
  /** `null` when the name has been taken over. */
  readonly onName: (name: string) => NameFailure | null;
  /** It stands in the place of what was pressed, or was asked for by that. */
  readonly takesFocus?: boolean;
  readonly cancel?: { readonly text: string; readonly onCancel: () => void };
}

export function NameForm(props: Props): JSX.Element {
  const [failure, setFailure] = createSignal<NameFailure | null>(null);
  const [input, setInput] = createSignal<HTMLInputElement>();
  onMount(() => {
    if (props.takesFocus === true) {
      input()?.focus();
    }
  });
  return (
    <form
      class="view-form"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const field = form.elements.namedItem("name");
        const answer = field instanceof HTMLInputElement ? props.onName(field.value) : "nameless";
        setFailure(answer);
        if (answer === null) {
          form.reset();
        }
      }}
    >
      <label>
        <span class="visually-hidden">{props.label}</span>
        <input
          ref={setInput}
          name="name"
          value={props.value}
          placeholder={props.label}
          maxlength={props.maxLength}
          autocomplete="off"
        />
      </label>
      <button type="submit" class="action">
        {props.button}
      </button>
      <Show when={props.cancel}>
        {(cancel) => (
          <button
            type="button"
            class="action"
            onClick={() => {
              cancel().onCancel();
            }}
          >
            {cancel().text}
          </button>
        )}
      </Show>
      <Show when={failure()}>
        {(reason) => (
          <p class="notice warn" role="alert">
            {props.failures[reason()]}
          </p>
        )}
      </Show>
    </form>
  );
}
