/** UI90, UI91: the historical study over the bars of this deployment: what followed, how sure that is, and what it cannot say. */
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { StudyGroup } from "../../../../worker/protocol/rest/study-report.ts";
import type { StudySummary } from "../../../../worker/protocol/rest/study.ts";
import { gradeOrderOf } from "../../../store/grade-order.ts";
import {
  createStudy,
  createStudyStatus,
  STUDY_HORIZONS,
  type StudyHorizon,
  usualHorizon,
} from "../../../store/study.ts";
import { useApp } from "../../app-context.tsx";
import { useStudyCopy } from "../../labels/study-copy.ts";
import { useMarket } from "../../market-context.tsx";
import { RemoteState } from "../ui/remote-state.tsx";
import { HorizonChoice } from "./horizon-choice.tsx";
import { StudyBaselines } from "./study-baselines.tsx";
import { StudyProgress } from "./study-progress.tsx";
import { StudyTable } from "./study-table.tsx";

type Cohort = StudySummary["cohorts"][number];

/** In the order of interest: as the live outcomes are bought, then the others. */
const COHORTS = ["signal_trigger", "signal_open", "template_open", "random_open"] as const;
const LEAST = 30;

function CohortChoice(props: {
  value: Cohort["cohort"];
  onChoose: (cohort: Cohort["cohort"]) => void;
}): JSX.Element {
  const copy = useStudyCopy();
  return (
    <fieldset class="horizons">
      <legend>{copy().cohortLegend}</legend>
      <For each={COHORTS}>
        {(cohort) => (
          <label>
            <input
              type="radio"
              name="study-cohort"
              checked={props.value === cohort}
              onChange={() => {
                props.onChoose(cohort);
              }}
            />
            {copy().cohort[cohort]}
          </label>
        )}
      </For>
    </fieldset>
  );
}

/** UI90: of the grades of a cohort, best first. */
function Grades(props: { groups: readonly StudyGroup[]; horizon: StudyHorizon }): JSX.Element {
  const copy = useStudyCopy();
  const order = () =>
    gradeOrderOf(
      props.groups
        .filter(({ by }) => by === "grade")
        .map(({ horizons }) => horizons[props.horizon].excess_universe),
    );
  return (
    <p class="grade-order" data-order={order()}>
      <strong>{copy().gradesTitle}</strong> {copy().grades[order()]}
    </p>
  );
}

/** UI90: the longest horizon over which the signals have enough cases. */
function firstHorizon({ cohorts }: StudySummary): StudyHorizon {
  const [first] = COHORTS;
  const all = cohorts.find(({ cohort }) => cohort === first)?.groups.find(({ by }) => by === "all");
  return usualHorizon(STUDY_HORIZONS, (one) => all?.horizons[one].change.n ?? 0, LEAST) ?? 20;
}

/** What the figures cannot say, and what was judged. */
function Limits(props: { report: StudySummary }): JSX.Element {
  const { format } = useApp();
  const copy = useStudyCopy();
  return (
    <>
      <h4>{copy().limitsTitle}</h4>
      <ul class="measure-rules study-limits plain">
        <For each={copy().limits(props.report)}>{(limit) => <li>{limit}</li>}</For>
      </ul>
      <p class="study-facts muted small-note">
        <span>
          {copy().facts(
            format().day(props.report.sample.judged_from),
            format().day(props.report.sample.last_session),
            format().integer(props.report.sample.judged_sessions),
            format().integer(props.report.sample.tickers),
          )}
        </span>
        <span>
          <code>{props.report.params_version}</code>
        </span>
      </p>
    </>
  );
}

function Report(props: { report: StudySummary }): JSX.Element {
  const { format } = useApp();
  const copy = useStudyCopy();
  const [chosen, setChosen] = createSignal<StudyHorizon | null>(null);
  const [bought, setBought] = createSignal<Cohort["cohort"]>("signal_trigger");
  const cohort = createMemo(() => props.report.cohorts.find((one) => one.cohort === bought()));
  const groups = (): readonly StudyGroup[] => cohort()?.groups ?? [];
  // The same for all cohorts, so that they can be compared.
  const horizon = createMemo(() => chosen() ?? firstHorizon(props.report));
  const caption = (): string => copy().caption(copy().cohort[bought()], String(horizon()));
  return (
    <>
      <p class="study-edge">
        <strong>{copy().edge[props.report.grounds.edge]}</strong>
      </p>
      <div class="study-choices">
        <CohortChoice value={bought()} onChoose={setBought} />
        <HorizonChoice
          name="study-horizon"
          horizons={STUDY_HORIZONS}
          value={horizon()}
          onChoose={setChosen}
        />
      </div>
      <Show when={cohort()}>
        {(known) => (
          <p class="muted small-note">
            {copy().entries(format().integer(known().entries), format().integer(known().occasions))}
          </p>
        )}
      </Show>
      <StudyTable groups={groups()} horizon={horizon()} cohort={bought()} caption={caption()} />
      <Show when={groups().some(({ by }) => by === "grade")}>
        <Grades groups={groups()} horizon={horizon()} />
      </Show>
      <h4>{copy().againstTitle}</h4>
      <p class="muted small-note">{copy().againstCaption(String(horizon()))}</p>
      <StudyBaselines differences={props.report.differences} horizon={horizon()} />
      <Limits report={props.report} />
    </>
  );
}

export function StudySection(): JSX.Element {
  const copy = useStudyCopy();
  const { exchange, session } = useMarket();
  const status = createStudyStatus(() => `${exchange.active()} ${session()}`);
  const study = createStudy(status);
  /** `null` while it is of another exchange, as in the moment after a switch. */
  const report = (): StudySummary | null => {
    const known = study.value();
    return known !== null && known.exchange === (status.value()?.exchange ?? known.exchange)
      ? known.report
      : null;
  };
  const isNothing = (): boolean => {
    const known = status.value();
    return known !== null && known.made === null && known.running === null && !known.is_due;
  };
  return (
    <section class="card study" aria-labelledby="study-title" aria-busy={study.busy()}>
      <h3 id="study-title">{copy().title}</h3>
      <p class="plain">{copy().lead}</p>
      <Show when={status.value()}>{(known) => <StudyProgress status={known()} />}</Show>
      <RemoteState remote={study} rows={8} />
      <Show when={isNothing() && study.value() !== null && report() === null}>
        <p class="notice">{copy().none}</p>
      </Show>
      <Show when={report()}>{(known) => <Report report={known()} />}</Show>
    </section>
  );
}
