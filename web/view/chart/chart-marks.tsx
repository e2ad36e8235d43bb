/** The marks of the chart as a list: what each glyph stands for, with ways to the earlier signals. */
import { For, type JSX, Show } from "solid-js";
import { useApp } from "../app-context.tsx";
import { useChartCopy } from "./chart-copy.ts";
import type { Mark } from "./data/marks.ts";
import { markGlyph, markText } from "./mark-text.ts";

/** A share that is often without trading has hundreds. */
const MOST = 30;

export function ChartMarks(props: { marks: readonly Mark[] }): JSX.Element {
  const { text, format } = useApp();
  const copy = useChartCopy();
  const days = (mark: Mark): string =>
    mark.kind === "halt" && mark.until !== mark.day
      ? `${format().day(mark.day)} – ${format().day(mark.until)}`
      : format().day(mark.day);
  const label = (mark: Mark): string => markText(mark, copy(), text(), format());
  return (
    <Show when={props.marks.length > 0}>
      <details class="chart-marks">
        <summary>{copy().marks(format().integer(props.marks.length))}</summary>
        <ul>
          <For each={props.marks.slice(0, MOST)}>
            {(mark) => (
              <li>
                <span aria-hidden="true">{markGlyph(mark)}</span> <span class="number">{days(mark)}</span>{" "}
                {mark.kind === "signal" ? <a href={`/signals/${mark.id}`}>{label(mark)}</a> : label(mark)}
              </li>
            )}
          </For>
        </ul>
        <Show when={props.marks.length > MOST}>
          <p class="muted">{copy().marksMore(format().integer(props.marks.length - MOST))}</p>
        </Show>
      </details>
    </Show>
  );
}
