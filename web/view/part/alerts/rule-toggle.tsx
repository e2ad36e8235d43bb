/** Whether a rule of the device or of the owner is on: the box shows what is stored, at a press too. */
import type { JSX } from "solid-js";
import type { AlertRule } from "../../../../worker/core/alerts/alert-rule.ts";
import { useAlertPageTexts } from "../../alerts/use-texts.ts";

export function RuleToggle(props: { rule: AlertRule; title: string; onToggle: () => void }): JSX.Element {
  const page = useAlertPageTexts();
  const state = (): string => (props.rule.isOn ? page().on : page().off);
  return (
    <label class="end">
      <input
        type="checkbox"
        checked={props.rule.isOn}
        aria-label={`${props.title}: ${state()}`}
        onChange={(event) => {
          event.currentTarget.checked = props.rule.isOn;
          props.onToggle();
        }}
      />
      {state()}
    </label>
  );
}
