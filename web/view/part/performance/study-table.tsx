/** UI90: the entries of one cohort of the study by group over one horizon: their number always, figures from 30 cases on. */
import { For, type JSX, Show } from "solid-js";
import type { StudyCohort, StudyFigure, StudyGroup } from "../../../../worker/protocol/rest/study-report.ts";
import type { StudyHorizon } from "../../../store/study.ts";
import type { StudyCopy } from "../../../i18n/ko-study.ts";
import { useApp } from "../../app-context.tsx";
import { createMediaMatch, WIDE_TABLE } from "../../environment.ts";
import { groupName, type OutcomeRow } from "../../labels/outcome-row.ts";
import { usePerformanceCopy } from "../../labels/performance-copy.ts";
import { useStudyCopy } from "../../labels/study-copy.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { GroupLink } from "./group-link.tsx";
import { FiguresHead } from "./figures-head.tsx";
import { type FigureCard, FigureCards } from "./figure-cards.tsx";
import { type Figure, FigureCell, useFigureText } from "./figure-cell.tsx";

const BYS = ["all", "grade", "contractions", "gate", "year"] as const satisfies readonly StudyGroup["by"][];

/** Columns of figures behind the numbers of cases. */
const FIGURES = 8;
/** Cases, from which on there are figures. */
const LEAST = 30;

/** `caption` names the cohort and the horizon. */
interface Props {
  readonly groups: readonly StudyGroup[];
  readonly horizon: StudyHorizon;
  readonly cohort: StudyCohort["cohort"];
  readonly caption: string;
}

/** Both ends of an interval, where there is one. */
export function rangeOf({
  low,
  high,
}: Pick<StudyFigure, "low" | "high">): { readonly low: number; readonly high: number } | null {
  return low === null || high === null ? null : { low, high };
}

/** In the order of the columns behind the numbers of cases. */
function figuresOf(group: StudyGroup, horizon: StudyHorizon): readonly Figure[] {
  const { change, excess_universe, r } = group.horizons[horizon];
  return [
    { value: change.median, as: "change" },
    { value: change.mean, range: rangeOf(change), as: "change" },
    { value: change.win, as: "share" },
    { value: excess_universe.mean, range: rangeOf(excess_universe), as: "change" },
    { value: r.mean, as: "ratio" },
    { value: group.touch.target, as: "share" },
    { value: group.touch.stop, as: "share" },
    { value: group.touch.r.mean, range: rangeOf(group.touch.r), as: "ratio" },
  ];
}

/** Of a baseline the figures alone are kept. */
function listOf(
  group: StudyGroup,
  { cohort, horizon }: Pick<Props, "cohort" | "horizon">,
): OutcomeRow | null {
  return cohort === "signal_open" || cohort === "signal_trigger" ? { ...group, cohort, horizon } : null;
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
  return (
    <tr data-study={`${props.group.by}:${props.group.key}`}>
      <th scope="row">
        <GroupLink row={listOf(props.group, props)}>{name()}</GroupLink>
      </th>
      <td class="number strong">{format().integer(n())}</td>
      <td class="number">{format().integer(props.group.entries - n())}</td>
      <Show
        when={props.group.horizons[props.horizon].change.mean !== null}
        fallback={
          <td class="few muted" colSpan={FIGURES}>
            {n() > 0 ? copy().tooFew(LEAST) : copy().noneYet}
          </td>
        }
      >
        <For each={figuresOf(props.group, props.horizon)}>{(figure) => <FigureCell {...figure} />}</For>
      </Show>
    </tr>
  );
}

function columnsOf(study: StudyCopy): readonly string[] {
  const { n, open, median, mean, win, excess, risk, target, stop, exit } = study;
  return [n, open, median, mean, win, excess, risk, target, stop, exit];
}

/** What a part of the table is by, as it is named over it; `null` for all in one. */
function usePart(): (by: (typeof BYS)[number]) => string | null {
  const copy = usePerformanceCopy();
  const study = useStudyCopy();
  return (by) => {
    if (by === "all") {
      return null;
    }
    return by === "year" ? study().by_year : copy()[`by_${by}`];
  };
}

function partsOf(groups: readonly StudyGroup[]): readonly (typeof BYS)[number][] {
  return BYS.filter((by) => groups.some((group) => group.by === by));
}

/** The same as cards, where a table of eleven columns has no room. */
function Cards(props: Props): JSX.Element {
  const { text, format, locale } = useApp();
  const copy = usePerformanceCopy();
  const study = useStudyCopy();
  const partName = usePart();
  const figureText = useFigureText();
  const cardOf = (group: StudyGroup): FigureCard => {
    const { n, mean } = group.horizons[props.horizon].change;
    const [cases = "", open = "", ...labels] = columnsOf(study());
    return {
      marks: { "data-study": `${group.by}:${group.key}` },
      name: groupName(group, text(), locale()),
      row: listOf(group, props),
      cases: `${cases} ${format().integer(n)} · ${open} ${format().integer(group.entries - n)}`,
      facts:
        mean === null
          ? []
          : figuresOf(group, props.horizon).map((one, i) => [labels[i] ?? "", figureText(one)]),
      ...(mean === null ? { note: n > 0 ? copy().tooFew(LEAST) : copy().noneYet } : {}),
    };
  };
  return (
    <For each={partsOf(props.groups)}>
      {(by) => (
        <FigureCards
          label={partName(by) ?? props.caption}
          heading={partName(by)}
          cards={props.groups.filter((group) => group.by === by).map(cardOf)}
        />
      )}
    </For>
  );
}

function Table(props: Props): JSX.Element {
  const copy = usePerformanceCopy();
  const study = useStudyCopy();
  const partName = usePart();
  return (
    <ScrollRegion label={props.caption}>
      <table class="outcomes study-outcomes">
        <caption class="visually-hidden">{props.caption}</caption>
        <FiguresHead group={copy().group} columns={columnsOf(study())} />
        <For each={partsOf(props.groups)}>
          {(by) => (
            <tbody>
              <Show when={partName(by)}>
                {(name) => (
                  <tr class="by">
                    <th scope="rowgroup" colSpan={FIGURES + 3}>
                      {name()}
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

export function StudyTable(props: Props): JSX.Element {
  const wide = createMediaMatch(WIDE_TABLE);
  return (
    <Show when={wide()} fallback={<Cards {...props} />}>
      <Table {...props} />
    </Show>
  );
}
