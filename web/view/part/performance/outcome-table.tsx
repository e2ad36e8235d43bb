/** The signals of one row of the outcomes: what each was bought at, and what became of it. */
import { createMemo, For, type JSX, Show } from "solid-js";
import type { PerformanceSignal, StudyEntryRow } from "../../../../worker/protocol/rest/outcome-list.ts";
import type { Format } from "../../../i18n/format.ts";
import type { OutcomeTexts } from "../../../i18n/outcome-texts.ts";
import { useApp } from "../../app-context.tsx";
import { createMediaMatch, WIDE_TABLE } from "../../environment.ts";
import type { CompanyName } from "../../labels/company-name.ts";
import { useOutcomeTexts } from "../../labels/outcome-texts.ts";
import { type OutcomeCard, OutcomeCards } from "./outcome-cards.tsx";
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

interface Row {
  readonly line: OutcomeLine;
  readonly isStudy: boolean;
  /** Whatever has no change yet is still running; of an order without a fill nothing is measured. */
  readonly isMeasured: boolean;
}

function resultOf({ line, isMeasured }: Row, texts: OutcomeTexts, format: Format): string {
  return line.change === null && isMeasured ? texts.running : format.change(line.change);
}

function Line(props: Row): JSX.Element {
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
      <td class="number strong">{resultOf(props, texts(), format())}</td>
      <td class="number">{format().ratio(props.line.r)}</td>
      <td>{props.line.touch === null ? "–" : texts().touches[props.line.touch]}</td>
    </tr>
  );
}

interface Props extends Omit<Row, "line"> {
  readonly lines: readonly OutcomeLine[];
  readonly horizon: number;
  readonly caption: string;
}

/** Within which the first touch is looked for: the study has one answer, over its longest horizon, whatever is shown. */
function touchSessions({ isStudy, horizon }: Props): number {
  return isStudy ? 60 : horizon;
}

/** The same as cards, where a table of nine columns has no room. */
function Cards(props: Props): JSX.Element {
  const { format } = useApp();
  const texts = useOutcomeTexts();
  const cards = createMemo((): readonly OutcomeCard[] =>
    props.lines.map((line) => ({
      href: line.href,
      company: line.company,
      result: resultOf({ line, isStudy: props.isStudy, isMeasured: props.isMeasured }, texts(), format()),
      facts: [
        [texts().grade, line.grade ?? "–"],
        ...(props.isStudy ? [[texts().listedOn, format().day(line.listedOn)] as const] : []),
        [texts().entered, format().day(line.enteredOn)],
        [texts().entry, format().price(line.entry)],
        [texts().stop, format().price(line.stop)],
        [texts().risk, format().ratio(line.r)],
        [
          texts().touch(format().integer(touchSessions(props))),
          line.touch === null ? "–" : texts().touches[line.touch],
        ],
      ],
    })),
  );
  return <OutcomeCards label={props.caption} cards={cards()} />;
}

function Table(props: Props): JSX.Element {
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
            <th scope="col">{texts().touch(format().integer(touchSessions(props)))}</th>
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

export function OutcomeTable(props: Props): JSX.Element {
  const wide = createMediaMatch(WIDE_TABLE);
  return (
    <Show when={wide()} fallback={<Cards {...props} />}>
      <Table {...props} />
    </Show>
  );
}
