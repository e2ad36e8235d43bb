/** One choice of the list: a button that is pressed or not, with the number of signals that it shows. */
import { type JSX, Show } from "solid-js";
import { useApp } from "../../app-context.tsx";

interface Props {
  readonly label: string;
  /** `null`: not known yet. */
  readonly count: number | null;
  readonly isOn: boolean;
  readonly title?: string | undefined;
  readonly onPress: () => void;
}

export function FilterChip(props: Props): JSX.Element {
  const { format } = useApp();
  return (
    <button
      type="button"
      class="pick"
      aria-pressed={props.isOn}
      title={props.title}
      onClick={() => {
        props.onPress();
      }}
    >
      {props.label} <span class="number">{format().integer(props.count)}</span>
    </button>
  );
}

/** Chips of one question; the name is for screen readers. `isShown` false: it has nothing to choose from. */
export function FilterGroup(props: { label: string; isShown?: boolean; children: JSX.Element }): JSX.Element {
  return (
    <Show when={props.isShown !== false}>
      <fieldset class="picks">
        <legend class="visually-hidden">{props.label}</legend>
        {props.children}
      </fieldset>
    </Show>
  );
}
