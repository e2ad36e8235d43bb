/** UI90: the entries of one cohort of the study by group over one horizon: their number always, figures from 30 cases on. */
import { For, type JSX, Show } from "solid-js";
import type { StudyCohort, StudyFigure, StudyGroup } from "../../../../worker/protocol/rest/study-report.ts";
import type { StudyHorizon } from "../../../store/study.ts";
import { useApp } from "../../app-context.tsx";
import { groupName, type OutcomeRow } from "../../labels/outcome-row.ts";
import { usePerformanceCopy } from "../../labels/performance-copy.ts";
import { useStudyCopy } from "../../labels/study-copy.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { GroupLink } from "./group-link.tsx";
import { FiguresHead } from "./figures-head.tsx";
import { FigureCell } from "./figure-cell.tsx";

const BYS = ["all", "grade", "contractions", "gate", "year"] as const satisfies readonly StudyGroup["by"][];

/** Columns of figures behind the numbers of cases. */
const FIGURES = 8;

/** Both ends of an interval, where there is one. */
export function rangeOf({
  low,
  high,
}: Pick<StudyFigure, "low" | "high">): { readonly low: number; readonly high: number } | null {
  return low === null || high === null ? null : { low, high };
}

function Figures(props: { group: StudyGroup; horizon: StudyHorizon }): JSX.Element {
  const measures = () => props.group.horizons[props.horizon];
  return (
    <>
      <FigureCell value={measures().change.median} as="change" />
      <FigureCell value={measures().change.mean} range={rangeOf(measures().change)} as="change" />
      <FigureCell value={measures().change.win} as="share" />
      <FigureCell
        value={measures().excess_universe.mean}
        range={rangeOf(measures().excess_universe)}
        as="change"
      />
      <FigureCell value={measures().r.mean} as="ratio" />
      <FigureCell value={props.group.touch.target} as="share" />
      <FigureCell value={props.group.touch.stop} as="share" />
      <FigureCell value={props.group.touch.r.mean} range={rangeOf(props.group.touch.r)} as="ratio" />
    </>
  );
}

function GroupRow(props: {
  group: StudyGroup;
  horizon: StudyHorizon;
  cohort: StudyCohort["cohort"];
}): JSX.Element {
  const { text, format, locale } = useApp();
  const copy = usePerformanceCopy();
  const n = (): number => props.group.horizons[props.horizon].change.n;
  const name = (): string => groupName(props.group, text(), locale());
  /** Of a baseline the figures alone are kept. */
  const row = (): OutcomeRow | null => {
    const cohort = props.cohort;
    return cohort === "signal_open" || cohort === "signal_trigger"
      ? { ...props.group, cohort, horizon: props.horizon }
      : null;
  };
  return (
    <tr data-study={`${props.group.by}:${props.group.key}`}>
      <th scope="row">
        <GroupLink row={row()}>{name()}</GroupLink>
      </th>
      <td class="number strong">{format().integer(n())}</td>
      <td class="number">{format().integer(props.group.entries - n())}</td>
      <Show
        when={props.group.horizons[props.horizon].change.mean !== null}
        fallback={
          <td class="few muted" colSpan={FIGURES}>
            {n() > 0 ? copy().tooFew(30) : copy().noneYet}
          </td>
        }
      >
        <Figures group={props.group} horizon={props.horizon} />
      </Show>
    </tr>
  );
}

/** `caption` names the cohort and the horizon. */
export function StudyTable(props: {
  groups: readonly StudyGroup[];
  horizon: StudyHorizon;
  cohort: StudyCohort["cohort"];
  caption: string;
}): JSX.Element {
  const copy = usePerformanceCopy();
  const study = useStudyCopy();
  const columns = (): readonly string[] => {
    const { n, open, median, mean, win, excess, risk, target, stop, exit } = study();
    return [n, open, median, mean, win, excess, risk, target, stop, exit];
  };
  const parts = (): readonly (typeof BYS)[number][] =>
    BYS.filter((by) => props.groups.some((group) => group.by === by));
  return (
    <ScrollRegion label={props.caption}>
      <table class="outcomes study-outcomes">
        <caption class="visually-hidden">{props.caption}</caption>
        <FiguresHead group={copy().group} columns={columns()} />
        <For each={parts()}>
          {(by) => (
            <tbody>
              <Show when={by !== "all" && by}>
                {(kind) => (
                  <tr class="by">
                    <th scope="rowgroup" colSpan={FIGURES + 3}>
                      {kind() === "year" ? study().by_year : copy()[`by_${by === "year" ? "all" : by}`]}
                    </th>
                  </tr>
                )}
              </Show>
              <For each={props.groups.filter((group) => group.by === by)}>
                {(group) => <GroupRow group={group} horizon={props.horizon} cohort={props.cohort} />}
              </For>
            </tbody>
          )}
        </For>
      </table>
    </ScrollRegion>
  );
}
