/** The switches of the chart, beside its title. */
import type { JSX } from "solid-js";
import { useApp } from "../app-context.tsx";
import { createShortcuts } from "../keys/shortcuts.ts";
import { useChartCopy } from "./chart-copy.ts";
import type { ChosenChart } from "./create-chart-choice.ts";

interface SwitchProps {
  readonly isOn: boolean;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly title?: string | undefined;
  readonly isOff?: boolean;
  readonly onPress: () => void;
}

function Switch(props: SwitchProps): JSX.Element {
  return (
    <button
      type="button"
      class="pick"
      aria-pressed={props.isOn}
      aria-keyshortcuts={props.keys}
      title={props.title}
      disabled={props.isOff === true}
      onClick={() => {
        props.onPress();
      }}
    >
      {props.label}
    </button>
  );
}

/** `hasIndex`: whether there is a line of strength to be shown. */
export function ChartTools(props: { chosen: ChosenChart; hasIndex: boolean }): JSX.Element {
  const { preferences } = useApp();
  const copy = useChartCopy();
  const choice = () => props.chosen.choice();
  const day = (): void => props.chosen.choose({ isWeekly: false });
  const week = (): void => props.chosen.choose({ isWeekly: true });
  const log = (): void => props.chosen.choose({ isLog: !choice().isLog });
  createShortcuts({ d: day, W: week, l: log }, preferences.keys);
  return (
    <fieldset class="picks chart-tools">
      <legend class="visually-hidden">{copy().tools}</legend>
      <Switch isOn={!choice().isWeekly} label={copy().day} keys="d" onPress={day} />
      <Switch isOn={choice().isWeekly} label={copy().week} keys="Shift+W" onPress={week} />
      <Switch isOn={choice().isLog} label={copy().log} keys="l" onPress={log} />
      <Switch
        isOn={choice().hasRs && props.hasIndex}
        isOff={!props.hasIndex}
        label={copy().rs}
        title={props.hasIndex ? undefined : copy().rsMissing}
        onPress={() => {
          props.chosen.choose({ hasRs: !choice().hasRs });
        }}
      />
    </fieldset>
  );
}
