/** That the last press has deleted a rule, and the way back, which takes the focus of the button that went with it. */
import { type JSX, Show } from "solid-js";
import { useAlertPageTexts } from "../../alerts/use-texts.ts";

export function RemovedRule(props: { isShown: boolean; onBack: () => void }): JSX.Element {
  const page = useAlertPageTexts();
  return (
    <output classList={{ notice: props.isShown }}>
      <Show when={props.isShown}>
        {page().removed}{" "}
        <button
          type="button"
          class="action"
          ref={(button) => {
            queueMicrotask(() => {
              button.focus();
            });
          }}
          onClick={() => {
            props.onBack();
          }}
        >
          {page().undo}
        </button>
      </Show>
    </output>
  );
}
