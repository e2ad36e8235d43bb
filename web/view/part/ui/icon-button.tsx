/** A button that is a picture; its name is for screen readers and for the hover. */
import type { JSX } from "solid-js";

interface Props {
  readonly label: string;
  /** Outline on a 16 x 16 grid. */
  readonly path: string;
  readonly class?: string;
  readonly busy?: boolean;
  readonly onClick: () => void;
}

export function IconButton(props: Props): JSX.Element {
  return (
    <button
      type="button"
      class={`icon-button ${props.class ?? ""}`}
      aria-label={props.label}
      title={props.label}
      aria-busy={props.busy}
      onClick={() => {
        props.onClick();
      }}
    >
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={props.path} />
      </svg>
    </button>
  );
}
