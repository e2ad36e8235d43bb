/** The name of a list: of a new one, or another one for one that is there. */
import type { JSX } from "solid-js";
import type { NameFailure } from "../../../store/device/saved-views.ts";
import { MAX_NAME } from "../../../store/watch/watch-list.ts";
import { useWatchTexts } from "../../labels/watch-texts.ts";
import { NameForm } from "../ui/name-form.tsx";

interface Props {
  readonly value: string;
  readonly button: string;
  /** Why the list cannot bear that name; `null` when it does now. */
  readonly onName: (name: string) => NameFailure | null;
  readonly onCancel?: () => void;
}

export function ListNameForm(props: Props): JSX.Element {
  const texts = useWatchTexts();
  return (
    <NameForm
      label={texts().listName}
      value={props.value}
      button={props.button}
      maxLength={MAX_NAME}
      failures={texts().failure}
      onName={props.onName}
      {...(props.onCancel && {
        takesFocus: true,
        cancel: { text: texts().cancel, onCancel: props.onCancel },
      })}
    />
  );
}
