/** Saves the form that it stands in, or leaves it as it was. */
import type { JSX } from "solid-js";
import { useOwnerAlertTexts } from "../../alerts/use-owner-texts.ts";

export function SaveButtons(props: { isBusy: boolean; onCancel: () => void }): JSX.Element {
  const texts = useOwnerAlertTexts();
  return (
    <p class="list-tools picks">
      <button type="submit" class="action" aria-disabled={props.isBusy}>
        {props.isBusy ? texts().saving : texts().save}
      </button>
      <button
        type="button"
        class="action"
        onClick={() => {
          props.onCancel();
        }}
      >
        {texts().cancel}
      </button>
    </p>
  );
}
