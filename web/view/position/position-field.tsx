/** One field of the calculator: its label, what it lacks, and the known values that a press puts into it. */
import { createUniqueId, For, type JSX, Show } from "solid-js";
import { useApp } from "../app-context.tsx";
import type { FieldName } from "./position-size.ts";

/** A known price. */
export interface Taken {
  readonly label: string;
  readonly value: number;
}

interface Props {
  readonly name: FieldName;
  readonly label: string;
  readonly value: string;
  readonly error: string | null;
  readonly hint: string | null;
  readonly takes: readonly Taken[];
  /** Beneath the label. */
  readonly choice?: JSX.Element;
  readonly onType: (text: string) => void;
  readonly onLeave: () => void;
}

function Takes(props: { takes: readonly Taken[]; onTake: (text: string) => void }): JSX.Element {
  const { format } = useApp();
  return (
    <p class="position-takes">
      <For each={props.takes}>
        {({ label, value }) => (
          <button
            type="button"
            class="action small"
            onClick={() => {
              props.onTake(format().price(value));
            }}
          >
            {label} <span class="number">{format().price(value)}</span>
          </button>
        )}
      </For>
    </p>
  );
}

export function PositionField(props: Props): JSX.Element {
  const id = createUniqueId();
  const note = (): string | null => props.error ?? props.hint;
  return (
    <div class="position-field">
      <label for={id}>{props.label}</label>
      {props.choice}
      <input
        id={id}
        name={props.name}
        // Letters of 만 and 억 need a whole keyboard.
        inputMode={props.name === "equity" ? "text" : "decimal"}
        autocomplete="off"
        maxLength={40}
        value={props.value}
        aria-invalid={props.error !== null}
        aria-describedby={note() === null ? undefined : `${id}-note`}
        onInput={(event) => {
          props.onType(event.currentTarget.value);
        }}
        onBlur={() => {
          props.onLeave();
        }}
      />
      <Show when={note()}>
        {(text) => (
          <p id={`${id}-note`} class={props.error === null ? "muted" : "field-error"}>
            {text()}
          </p>
        )}
      </Show>
      <Show when={props.takes.length > 0}>
        <Takes
          takes={props.takes}
          onTake={(text) => {
            props.onType(text);
          }}
        />
      </Show>
    </div>
  );
}
