/** The name of a list: of a new one, or another one for one that is there. */
import { createSignal, type JSX, Show } from "solid-js";
import { MAX_NAME, type NameFailure } from "../../../store/watch/watch-list.ts";
import { useWatchTexts } from "../../labels/watch-texts.ts";

interface Props {
  readonly value: string;
  readonly button: string;
  /** Why the list cannot bear that name; `null` when it does now. */
  readonly onName: (name: string) => NameFailure | null;
  readonly onCancel?: () => void;
}

export function ListNameForm(props: Props): JSX.Element {
  const texts = useWatchTexts();
  const [failure, setFailure] = createSignal<NameFailure | null>(null);
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
        <span class="visually-hidden">{texts().listName}</span>
        <input
          name="name"
          value={props.value}
          placeholder={texts().listName}
          maxlength={MAX_NAME}
          autocomplete="off"
        />
      </label>
      <button type="submit" class="action">
        {props.button}
      </button>
      <Show when={props.onCancel}>
        {(cancel) => (
          <button
            type="button"
            class="action"
            onClick={() => {
              cancel()();
            }}
          >
            {texts().cancel}
          </button>
        )}
      </Show>
      <Show when={failure()}>
        {(reason) => (
          <p class="notice warn" role="alert">
            {texts().failure[reason()]}
          </p>
        )}
      </Show>
    </form>
  );
}
