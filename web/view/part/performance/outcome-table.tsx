/** The signals of one row of the outcomes: what each was bought at, and what became of it. */
import { For, type JSX, Show } from "solid-js";
import type { PerformanceSignal, StudyEntryRow } from "../../../../worker/protocol/rest/outcome-list.ts";
import { useApp } from "../../app-context.tsx";
import type { CompanyName } from "../../labels/company-name.ts";
import { useOutcomeTexts } from "../../labels/outcome-texts.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";

/** A signal of either list; changes are fractions. */
export interface OutcomeLine {
  readonly href: string;
  readonly company: CompanyName;
  readonly grade: string | null;
  readonly listedOn: string | null;
  readonly enteredOn: string;
  readonly entry: number | null;
  readonly stop: number | null;
  readonly change: number | null;
  readonly r: number | null;
  readonly touch: "stop" | "target" | "none" | null;
}

export function liveLine(signal: PerformanceSignal): OutcomeLine {
  const { result } = signal;
  return {
    href: `/signals/${encodeURIComponent(signal.signal_id)}`,
    company: signal,
    grade: signal.grade,
    listedOn: null,
    enteredOn: signal.entered_on,
    entry: signal.entry,
    stop: signal.stop,
    change: result && result.change_pct / 100,
    r: result && result.r,
    touch: result && result.touch,
  };
}

/** The signal of a study need not be one that this server has listed: its share is. */
export function studiedLine(entry: StudyEntryRow, horizon: 5 | 10 | 20 | 60): OutcomeLine {
  const change = entry.change[horizon];
  return {
    href: `/s/${encodeURIComponent(entry.ticker)}`,
    company: entry,
    grade: entry.grade,
    listedOn: entry.listed_on,
    enteredOn: entry.entered_on,
    entry: entry.price,
    stop: entry.stop,
    change,
    r: change === null ? null : (change * entry.price) / (entry.price - entry.stop),
    touch: entry.touch,
  };
}

function Line(props: { line: OutcomeLine; isStudy: boolean; isMeasured: boolean }): JSX.Element {
  const { format, naming } = useApp();
  const texts = useOutcomeTexts();
  const named = () => naming(props.line.company);
  return (
    <tr>
      <th scope="row">
        <a href={props.line.href} title={named().title}>
          {named().name}
        </a>{" "}
        <span class="muted">{named().code}</span>
      </th>
      <td>{props.line.grade ?? "–"}</td>
      <Show when={props.isStudy}>
        <td class="number">{format().day(props.line.listedOn)}</td>
      </Show>
      <td class="number">{format().day(props.line.enteredOn)}</td>
      <td class="number">{format().price(props.line.entry)}</td>
      <td class="number">{format().price(props.line.stop)}</td>
      <td class="number strong">
        {props.line.change === null && props.isMeasured
          ? texts().running
          : format().change(props.line.change)}
      </td>
      <td class="number">{format().ratio(props.line.r)}</td>
      <td>{props.line.touch === null ? "–" : texts().touches[props.line.touch]}</td>
    </tr>
  );
}

/** `isMeasured`: whatever has no change yet is still running; of an order without a fill nothing is measured. */
export function OutcomeTable(props: {
  lines: readonly OutcomeLine[];
  horizon: number;
  caption: string;
  isStudy: boolean;
  isMeasured: boolean;
}): JSX.Element {
  const { format } = useApp();
  const texts = useOutcomeTexts();
  const columns = (): readonly string[] => {
    const { entered, entry, stop, after, risk } = texts();
    return [
      ...(props.isStudy ? [texts().listedOn] : []),
      entered,
      entry,
      stop,
      after(format().integer(props.horizon)),
      risk,
    ];
  };
  return (
    <ScrollRegion label={props.caption}>
      <table class="outcomes outcome-list">
        <caption class="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{texts().share}</th>
            <th scope="col">{texts().grade}</th>
            <For each={columns()}>
              {(column) => (
                <th scope="col" class="number">
                  {column}
                </th>
              )}
            </For>
            <th scope="col">{texts().touch}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.lines}>
            {(line) => <Line line={line} isStudy={props.isStudy} isMeasured={props.isMeasured} />}
          </For>
        </tbody>
      </table>
    </ScrollRegion>
  );
}
