/** The values of the day that pointer or keys are at: over the picture, in the half in which the day is not. */
import { For, type JSX } from "solid-js";
import { useApp } from "../app-context.tsx";
import { barLines, barTitle } from "./bar-text.ts";
import { useChartCopy } from "./chart-copy.ts";
import type { BarFacts } from "./create-chart-model.ts";
import { markGlyph, markText } from "./mark-text.ts";

export function ChartTip(props: { facts: BarFacts; isWeekly: boolean; isLeft: boolean }): JSX.Element {
  const { text, format } = useApp();
  const copy = useChartCopy();
  const words = () => ({ copy: copy(), text: text(), format: format() });
  return (
    <div class="chart-tip" classList={{ "at-right": props.isLeft }} aria-hidden="true">
      <b class="number">{barTitle(props.facts, props.isWeekly, words())}</b>
      <dl>
        <For each={barLines(props.facts, words())}>
          {([label, value]) => (
            <div>
              <dt>{label}</dt>
              <dd class="number">{value}</dd>
            </div>
          )}
        </For>
      </dl>
      <For each={props.facts.marks}>
        {(mark) => (
          <span>
            {markGlyph(mark)} {markText(mark, copy(), text(), format())}
          </span>
        )}
      </For>
    </div>
  );
}
