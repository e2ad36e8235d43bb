/** A native dialog with a title and a way out: it keeps the focus and closes on Escape by itself. */
import { createSignal, type JSX, onCleanup, onMount } from "solid-js";
import { useApp } from "../../app-context.tsx";

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: JSX.Element;
}

/** `showModal` and not a div: focus, Escape and the page behind are the browser's. */
export function Modal(props: Props): JSX.Element {
  const { text } = useApp();
  const [dialog, setDialog] = createSignal<HTMLDialogElement>();
  onMount(() => {
    dialog()?.showModal();
  });
  onCleanup(() => dialog()?.close());
  return (
    <dialog
      ref={setDialog}
      class="modal"
      aria-labelledby="modal-title"
      onClose={() => {
        props.onClose();
      }}
    >
      <div class="modal-content">
        {/* First, so that the focus begins at the top of a long dialog. */}
        <header class="modal-head">
          <h2 id="modal-title">{props.title}</h2>
          <button type="button" class="action" onClick={() => dialog()?.close()}>
            {text().settingsClose}
          </button>
        </header>
        {props.children}
      </div>
    </dialog>
  );
}
