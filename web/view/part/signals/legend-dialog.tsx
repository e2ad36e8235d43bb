/** What the marks of the list mean: its values, the states of a signal and the grades. Dialog and texts load when the legend is opened. */
import { For, type JSX } from "solid-js";
import { SIGNAL_STATES } from "../../../../worker/core/vcp/signal-state.ts";
import { enLegend } from "../../../i18n/en-legend.ts";
import { koLegend, type Legend } from "../../../i18n/ko-legend.ts";
import type { Locale } from "../../../i18n/locale.ts";
import { useApp } from "../../app-context.tsx";
import { Modal } from "../ui/modal.tsx";
import { GradeBadge, StateBadge } from "./signal-marks.tsx";

const LEGENDS: Readonly<Record<Locale, Legend>> = { ko: koLegend, en: enLegend };

const GRADES = ["S", "A", "B", "C", "D"] as const satisfies readonly (keyof Legend["grades"])[];

function Entry(props: { sign: JSX.Element; meaning: string }): JSX.Element {
  return (
    <div>
      <dt>{props.sign}</dt>
      <dd>{props.meaning}</dd>
    </div>
  );
}

export function LegendDialog(props: { onClose: () => void }): JSX.Element {
  const { locale } = useApp();
  const legend = (): Legend => LEGENDS[locale()];
  return (
    <Modal
      title={legend().title}
      onClose={() => {
        props.onClose();
      }}
    >
      <p>{legend().about}</p>
      <h3>{legend().termsTitle}</h3>
      <dl class="legend">
        <For each={legend().terms}>
          {([term = "", meaning = ""]) => <Entry sign={<b>{term}</b>} meaning={meaning} />}
        </For>
      </dl>
      <h3>{legend().statesTitle}</h3>
      <dl class="legend">
        <For each={SIGNAL_STATES}>
          {(state) => <Entry sign={<StateBadge state={state} />} meaning={legend().states[state]} />}
        </For>
      </dl>
      <h3>{legend().gradesTitle}</h3>
      <p class="muted">{legend().gradesNote}</p>
      <dl class="legend">
        <For each={GRADES}>
          {(grade) => <Entry sign={<GradeBadge grade={grade} />} meaning={legend().grades[grade]} />}
        </For>
      </dl>
    </Modal>
  );
}
