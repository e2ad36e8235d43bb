/** UI90: signals against the baselines over one horizon, each difference with its interval and what may be said of it. */
import { For, type JSX, Show } from "solid-js";
import type { StudyDifference } from "../../../../worker/protocol/rest/study-report.ts";
import type { StudyHorizon } from "../../../store/study.ts";
import { useApp } from "../../app-context.tsx";
import { createMediaMatch } from "../../environment.ts";
import { useStudyCopy } from "../../labels/study-copy.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { type FigureCard, FigureCards } from "./figure-cards.tsx";
import { FigureCell, useFigureText } from "./figure-cell.tsx";
import { rangeOf } from "./study-table.tsx";

/** Fewer months than this and no interval over months carries a claim, as in the report of files. */
const CLAIM_MONTHS = 12;

/** What may be said of a difference. */
function useStanding(): (difference: StudyDifference) => string {
  const { format } = useApp();
  const copy = useStudyCopy();
  return ({ mean, low, high, months }) => {
    if (mean === null) {
      return copy().noNumber;
    }
    if (low === null || high === null) {
      return copy().noInterval;
    }
    if (low <= 0 && high >= 0) {
      return copy().includes;
    }
    return months < CLAIM_MONTHS ? copy().fewMonths(format().integer(months)) : copy().leaves;
  };
}

function Row(props: { difference: StudyDifference }): JSX.Element {
  const { format } = useApp();
  const copy = useStudyCopy();
  const standing = useStanding();
  const cases = (): string =>
    `${format().integer(props.difference.n)} / ${format().integer(props.difference.baseline_n)}`;
  return (
    <tr>
      <th scope="row">{copy().cohort[props.difference.cohort]}</th>
      <td>{copy().cohort[props.difference.baseline]}</td>
      <td class="number">{cases()}</td>
      <FigureCell value={props.difference.mean} range={rangeOf(props.difference)} as="change" />
      <td class="standing">{standing(props.difference)}</td>
    </tr>
  );
}

interface Props {
  readonly differences: readonly StudyDifference[];
  readonly horizon: StudyHorizon;
}

function shownOf({ differences, horizon }: Props): readonly StudyDifference[] {
  return differences.filter((one) => one.horizon === String(horizon));
}

/** The same as cards, where the table has no room. */
function Cards(props: Props): JSX.Element {
  const { format } = useApp();
  const copy = useStudyCopy();
  const standing = useStanding();
  const figureText = useFigureText();
  const cardOf = (one: StudyDifference): FigureCard => ({
    name: `${copy().cohort[one.cohort]} / ${copy().cohort[one.baseline]}`,
    facts: [
      [copy().n, `${format().integer(one.n)} / ${format().integer(one.baseline_n)}`],
      [copy().difference, figureText({ value: one.mean, range: rangeOf(one), as: "change" })],
    ],
    note: standing(one),
  });
  return (
    <FigureCards label={copy().againstCaption(String(props.horizon))} cards={shownOf(props).map(cardOf)} />
  );
}

function Table(props: Props): JSX.Element {
  const copy = useStudyCopy();
  return (
    <ScrollRegion label={copy().againstCaption(String(props.horizon))}>
      <table class="outcomes study-against">
        <caption class="visually-hidden">{copy().againstCaption(String(props.horizon))}</caption>
        <thead>
          <tr>
            <th scope="col">{copy().ours}</th>
            <th scope="col">{copy().baseline}</th>
            <th scope="col" class="number">
              {copy().n}
            </th>
            <th scope="col" class="number">
              {copy().difference}
            </th>
            <th scope="col">{copy().standing}</th>
          </tr>
        </thead>
        <tbody>
          <For each={shownOf(props)}>{(difference) => <Row difference={difference} />}</For>
        </tbody>
      </table>
    </ScrollRegion>
  );
}

export function StudyBaselines(props: Props): JSX.Element {
  const wide = createMediaMatch("(min-width: 768px)");
  return (
    <Show when={wide()} fallback={<Cards {...props} />}>
      <Table {...props} />
    </Show>
  );
}
