/** Outcomes by group over one horizon: their number always, figures from 30 cases on. */
import { For, type JSX, Show } from "solid-js";
import type {
  PerformanceBody,
  PerformanceCell,
  PerformanceFigures,
  PerformanceGroup,
} from "../../../../worker/protocol/rest/performance.ts";
import type { PerformanceCopy } from "../../../i18n/ko-performance.ts";
import { useApp } from "../../app-context.tsx";
import { createMediaMatch, WIDE_TABLE } from "../../environment.ts";
import { groupName, type OutcomeRow } from "../../labels/outcome-row.ts";
import { usePerformanceCopy } from "../../labels/performance-copy.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { GroupLink } from "./group-link.tsx";
import { FiguresHead } from "./figures-head.tsx";
import { type FigureCard, FigureCards } from "./figure-cards.tsx";
import { type Figure, FigureCell, useFigureText } from "./figure-cell.tsx";

/** A horizon that has a table. */
export type Sessions = PerformanceCell["horizon"];

const BYS = ["all", "grade", "contractions", "gate"] as const satisfies readonly PerformanceGroup["by"][];

/** Columns of figures behind the numbers of cases. */
const FIGURES = 8;

const fraction = (pct: number | null): number | null => pct && pct / 100;

function fractions(range: PerformanceFigures["mean_interval_pct"]): typeof range {
  return range && { low: range.low / 100, high: range.high / 100 };
}

/** In the order of the columns behind the numbers of cases. */
function figuresOf(figures: PerformanceFigures): readonly Figure[] {
  return [
    { value: fraction(figures.median_pct), as: "change" },
    { value: fraction(figures.mean_pct), range: fractions(figures.mean_interval_pct), as: "change" },
    { value: fraction(figures.win_rate_pct), range: fractions(figures.win_rate_interval_pct), as: "share" },
    { value: fraction(figures.baseline_mean_pct), as: "change" },
    { value: fraction(figures.excess_mean_pct), range: fractions(figures.excess_interval_pct), as: "change" },
    { value: figures.mean_r, as: "ratio" },
    { value: fraction(figures.target_first_pct), as: "share" },
    { value: fraction(figures.stop_first_pct), as: "share" },
  ];
}

function cellOf(group: PerformanceGroup, sessions: Sessions): PerformanceCell | undefined {
  return group.horizons.find(({ horizon }) => horizon === sessions);
}

/** The list behind a group, where it holds a signal. */
function listOf(group: PerformanceGroup, sessions: Sessions): OutcomeRow | null {
  const cell = cellOf(group, sessions);
  return (cell?.n ?? 0) + (cell?.open ?? 0) > 0 ? { ...group, cohort: null, horizon: sessions } : null;
}

function GroupRow(props: { group: PerformanceGroup; sessions: Sessions; least: number }): JSX.Element {
  const { text, format, locale } = useApp();
  const copy = usePerformanceCopy();
  const cell = (): PerformanceCell | undefined => cellOf(props.group, props.sessions);
  const name = (): string => groupName(props.group, text(), locale());
  return (
    <tr data-group={`${props.group.by}:${props.group.key}`}>
      <th scope="row">
        <GroupLink row={listOf(props.group, props.sessions)}>{name()}</GroupLink>
      </th>
      <td class="number strong">{format().integer(cell()?.n ?? 0)}</td>
      <td class="number">{format().integer(cell()?.open ?? 0)}</td>
      <Show
        when={cell()?.figures}
        fallback={
          <td class="few muted" colSpan={FIGURES}>
            {(cell()?.n ?? 0) > 0 ? copy().tooFew(props.least) : copy().noneYet}
          </td>
        }
      >
        {(figures) => <For each={figuresOf(figures())}>{(figure) => <FigureCell {...figure} />}</For>}
      </Show>
    </tr>
  );
}

interface Props {
  readonly body: PerformanceBody;
  readonly sessions: Sessions;
}

function columnsOf(copy: PerformanceCopy): readonly string[] {
  const { closed, open, median, mean, winRate, market, excess, risk, target, stop } = copy;
  return [closed, open, median, mean, winRate, market, excess, risk, target, stop];
}

/** The same as cards, where a table of eleven columns has no room. */
function Cards(props: Props): JSX.Element {
  const { text, format, locale } = useApp();
  const copy = usePerformanceCopy();
  const figureText = useFigureText();
  const cardOf = (group: PerformanceGroup): FigureCard => {
    const cell = cellOf(group, props.sessions);
    const figures = cell?.figures;
    const [closed = "", open = "", ...labels] = columnsOf(copy());
    const n = cell?.n ?? 0;
    return {
      marks: { "data-group": `${group.by}:${group.key}` },
      name: groupName(group, text(), locale()),
      row: listOf(group, props.sessions),
      cases: `${closed} ${format().integer(n)} · ${open} ${format().integer(cell?.open ?? 0)}`,
      facts: figures ? figuresOf(figures).map((one, i) => [labels[i] ?? "", figureText(one)]) : [],
      ...(figures ? {} : { note: n > 0 ? copy().tooFew(props.body.least_n) : copy().noneYet }),
    };
  };
  return (
    <For each={BYS}>
      {(by) => (
        <FigureCards
          label={by === "all" ? copy().caption(props.sessions) : copy()[`by_${by}`]}
          heading={by === "all" ? null : copy()[`by_${by}`]}
          cards={props.body.groups.filter((group) => group.by === by).map(cardOf)}
        />
      )}
    </For>
  );
}

function Table(props: Props): JSX.Element {
  const copy = usePerformanceCopy();
  return (
    <ScrollRegion label={copy().caption(props.sessions)}>
      <table class="outcomes">
        <caption class="visually-hidden">{copy().caption(props.sessions)}</caption>
        <FiguresHead group={copy().group} columns={columnsOf(copy())} />
        <For each={BYS}>
          {(by) => (
            <tbody>
              <Show when={by !== "all"}>
                <tr class="by">
                  <th scope="rowgroup" colSpan={FIGURES + 3}>
                    {copy()[`by_${by}`]}
                  </th>
                </tr>
              </Show>
              <For each={props.body.groups.filter((group) => group.by === by)}>
                {(group) => <GroupRow group={group} sessions={props.sessions} least={props.body.least_n} />}
              </For>
            </tbody>
          )}
        </For>
      </table>
    </ScrollRegion>
  );
}

export function PerformanceTable(props: Props): JSX.Element {
  const wide = createMediaMatch(WIDE_TABLE);
  return (
    <Show when={wide()} fallback={<Cards {...props} />}>
      <Table {...props} />
    </Show>
  );
}
