/** UI90: signals against the baselines over one horizon, each difference with its interval and what may be said of it. */
import { For, type JSX } from "solid-js";
import type { StudyDifference } from "../../../../worker/protocol/rest/study-report.ts";
import type { StudyHorizon } from "../../../store/study.ts";
import { useApp } from "../../app-context.tsx";
import { useStudyCopy } from "../../labels/study-copy.ts";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { FigureCell } from "./figure-cell.tsx";
import { rangeOf } from "./study-table.tsx";

/** Fewer months than this and no interval over months carries a claim, as in the report of files. */
const CLAIM_MONTHS = 12;

function Row(props: { difference: StudyDifference }): JSX.Element {
  const { format } = useApp();
  const copy = useStudyCopy();
  const standing = (): string => {
    const { mean, low, high, months } = props.difference;
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
  const cases = (): string =>
    `${format().integer(props.difference.n)} / ${format().integer(props.difference.baseline_n)}`;
  return (
    <tr>
      <th scope="row">{copy().cohort[props.difference.cohort]}</th>
      <td>{copy().cohort[props.difference.baseline]}</td>
      <td class="number">{cases()}</td>
      <FigureCell value={props.difference.mean} range={rangeOf(props.difference)} as="change" />
      <td class="standing">{standing()}</td>
    </tr>
  );
}

export function StudyBaselines(props: {
  differences: readonly StudyDifference[];
  horizon: StudyHorizon;
}): JSX.Element {
  const copy = useStudyCopy();
  const caption = (): string => copy().againstCaption(String(props.horizon));
  return (
    <ScrollRegion label={caption()}>
      <table class="outcomes study-against">
        <caption class="visually-hidden">{caption()}</caption>
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
          <For each={props.differences.filter(({ horizon }) => horizon === String(props.horizon))}>
            {(difference) => <Row difference={difference} />}
          </For>
        </tbody>
      </table>
    </ScrollRegion>
  );
}
