/** A form behind its summary: made when it is opened, kept with what is typed until it is done, which leads back to the summary. */
import { createSignal, type JSX, Show } from "solid-js";

interface Props {
  readonly summary: string;
  /** Where the summary alone does not state what it is of. */
  readonly label?: string;
  /** `close` ends what was made. */
  readonly children: (close: () => void) => JSX.Element;
}

export function Folded(props: Props): JSX.Element {
  const [isMade, setMade] = createSignal(false);
  const [summary, setSummary] = createSignal<HTMLElement>();
  const [details, setDetails] = createSignal<HTMLDetailsElement>();
  function close(): void {
    setMade(false);
    details()?.removeAttribute("open");
    summary()?.focus();
  }
  return (
    <details
      class="alert-edit"
      ref={setDetails}
      onToggle={(event) => {
        if (event.currentTarget.open) {
          setMade(true);
        }
      }}
    >
      <summary class="quiet" aria-label={props.label} ref={setSummary}>
        {props.summary}
      </summary>
      <Show when={isMade()}>{props.children(close)}</Show>
    </details>
  );
}
