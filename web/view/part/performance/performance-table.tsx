/** Outcomes by group over one horizon: their number always, figures from 30 cases on. */
import { For, type JSX, Show } from "solid-js";
import type {
  PerformanceBody,
  PerformanceCell,
  PerformanceFigures,
  PerformanceGroup,
} from "../../../../worker/protocol/rest/performance.ts";
import { useApp } from "../../app-context.tsx";
import { groupName } from "../../labels/outcome-row.ts";
import { usePerformanceCopy } from "../../labels/performance-copy.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { GroupLink } from "./group-link.tsx";
import { FiguresHead } from "./figures-head.tsx";
import { FigureCell } from "./figure-cell.tsx";

/** A horizon that has a table. */
export type Sessions = PerformanceCell["horizon"];

const BYS = ["all", "grade", "contractions", "gate"] as const satisfies readonly PerformanceGroup["by"][];

/** Columns of figures behind the numbers of cases. */
const FIGURES = 8;

const fraction = (pct: number | null): number | null => pct && pct / 100;

function fractions(range: PerformanceFigures["mean_interval_pct"]): typeof range {
  return range && { low: range.low / 100, high: range.high / 100 };
}

function Figures(props: { figures: PerformanceFigures }): JSX.Element {
  return (
    <>
      <FigureCell value={fraction(props.figures.median_pct)} as="change" />
      <FigureCell
        value={fraction(props.figures.mean_pct)}
        range={fractions(props.figures.mean_interval_pct)}
        as="change"
      />
      <FigureCell
        value={fraction(props.figures.win_rate_pct)}
        range={fractions(props.figures.win_rate_interval_pct)}
        as="share"
      />
      <FigureCell value={fraction(props.figures.baseline_mean_pct)} as="change" />
      <FigureCell
        value={fraction(props.figures.excess_mean_pct)}
        range={fractions(props.figures.excess_interval_pct)}
        as="change"
      />
      <FigureCell value={props.figures.mean_r} as="ratio" />
      <FigureCell value={fraction(props.figures.target_first_pct)} as="share" />
      <FigureCell value={fraction(props.figures.stop_first_pct)} as="share" />
    </>
  );
}

function GroupRow(props: { group: PerformanceGroup; sessions: Sessions; least: number }): JSX.Element {
  const { text, format, locale } = useApp();
  const copy = usePerformanceCopy();
  const cell = (): PerformanceCell | undefined =>
    props.group.horizons.find(({ horizon }) => horizon === props.sessions);
  const name = (): string => groupName(props.group, text(), locale());
  const isListed = (): boolean => (cell()?.n ?? 0) + (cell()?.open ?? 0) > 0;
  return (
    <tr data-group={`${props.group.by}:${props.group.key}`}>
      <th scope="row">
        <GroupLink row={isListed() ? { ...props.group, cohort: null, horizon: props.sessions } : null}>
          {name()}
        </GroupLink>
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
        {(figures) => <Figures figures={figures()} />}
      </Show>
    </tr>
  );
}

export function PerformanceTable(props: { body: PerformanceBody; sessions: Sessions }): JSX.Element {
  const copy = usePerformanceCopy();
  const columns = (): readonly string[] => {
    const { closed, open, median, mean, winRate, market, excess, risk, target, stop } = copy();
    return [closed, open, median, mean, winRate, market, excess, risk, target, stop];
  };
  return (
    <ScrollRegion label={copy().caption(props.sessions)}>
      <table class="outcomes">
        <caption class="visually-hidden">{copy().caption(props.sessions)}</caption>
        <FiguresHead group={copy().group} columns={columns()} />
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
