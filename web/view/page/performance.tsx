/** What became of the signals, how that is measured, and how often chance alone is listed. */
import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from "solid-js";
import { isSimulated } from "../../../worker/core/instrument/exchange-profile.ts";
import type { PerformanceBody } from "../../../worker/protocol/rest/performance.ts";
import { gradeOrderOf } from "../../store/grade-order.ts";
import { createPerformance, readNullRates } from "../../store/performance.ts";
import { usualHorizon } from "../../store/study.ts";
import { useApp } from "../app-context.tsx";
import { outcomeHref } from "../labels/outcome-row.ts";
import { useOutcomeTexts } from "../labels/outcome-texts.ts";
import { usePerformanceCopy } from "../labels/performance-copy.ts";
import { useStudyCopy } from "../labels/study-copy.ts";
import { useMarket } from "../market-context.tsx";
import { FormRulesTable } from "../part/performance/form-rules-table.tsx";
import { NullRatesTable } from "../part/performance/null-rates-table.tsx";
import { PerformanceTable, type Sessions } from "../part/performance/performance-table.tsx";
import { HorizonChoice } from "../part/performance/horizon-choice.tsx";
import { StudySection } from "../part/performance/study-section.tsx";
import { Fact } from "../part/ui/fact.tsx";
import { RemoteState } from "../part/ui/remote-state.tsx";
import "../style/pages.css";

const HORIZONS: readonly Sessions[] = [5, 10, 20, 60];

const FILLS = ["filled", "late", "beyond_zone", "locked", "untouched"] as const;

/** UI37: the longest horizon with enough cases for figures. */
function firstHorizon({ groups, least_n }: PerformanceBody): Sessions {
  const all = groups.find(({ by }) => by === "all")?.horizons ?? [];
  const casesOf = (sessions: Sessions): number => all.find(({ horizon }) => horizon === sessions)?.n ?? 0;
  return usualHorizon(HORIZONS, casesOf, least_n) ?? 5;
}

/** UI90: whether better grades were followed by more, where anything has closed. */
function Grades(props: { body: PerformanceBody; sessions: Sessions }): JSX.Element {
  const copy = useStudyCopy();
  const order = () =>
    gradeOrderOf(
      props.body.groups
        .filter(({ by }) => by === "grade")
        .map(({ horizons }) => {
          const figures = horizons.find(({ horizon }) => horizon === props.sessions)?.figures;
          return {
            mean: figures?.excess_mean_pct ?? null,
            low: figures?.excess_interval_pct?.low ?? null,
            high: figures?.excess_interval_pct?.high ?? null,
          };
        }),
    );
  return (
    <p class="grade-order" data-order={order()}>
      <strong>{copy().gradesTitle}</strong> {copy().grades[order()]}
    </p>
  );
}

/** Orders at the entry level, counted by how they would have filled. */
function Counted(props: { signals: PerformanceBody["signals"]; sessions: Sessions }): JSX.Element {
  const { format } = useApp();
  const copy = usePerformanceCopy();
  return (
    <section class="card">
      <h3>{copy().signalsTitle}</h3>
      <dl class="fills">
        <For each={FILLS}>
          {(fill) => (
            <Fact
              label={
                props.signals[fill] === 0 ? (
                  copy()[fill]
                ) : (
                  <a href={outcomeHref({ cohort: null, by: "fill", key: fill, horizon: props.sessions })}>
                    {copy()[fill]}
                  </a>
                )
              }
              value={format().integer(props.signals[fill])}
            />
          )}
        </For>
      </dl>
      <p class="muted small-note">{copy().signalsNote}</p>
    </section>
  );
}

function Results(props: { body: PerformanceBody }): JSX.Element {
  const { text, format } = useApp();
  const copy = usePerformanceCopy();
  const [chosen, setChosen] = createSignal<Sessions | null>(null);
  const sessions = createMemo(() => chosen() ?? firstHorizon(props.body));
  const all = createMemo(() =>
    props.body.groups.find(({ by }) => by === "all")?.horizons.find(({ horizon }) => horizon === sessions()),
  );
  const closed = (): number => all()?.n ?? 0;
  const isAnyClosed = (): boolean =>
    props.body.groups.some(({ horizons }) => horizons.some(({ n }) => n > 0));
  const counted = (): number => Object.values(props.body.signals).reduce((sum, n) => sum + n, 0);
  return (
    <>
      <section class="card" aria-labelledby="results-title">
        <div class="panel-head">
          <h3 id="results-title">{copy().tableTitle}</h3>
          <Show when={isAnyClosed()}>
            <HorizonChoice name="horizon" horizons={HORIZONS} value={sessions()} onChoose={setChosen} />
          </Show>
        </div>
        <Show when={isSimulated(props.body.exchange)}>
          <p class="notice">{copy().demo}</p>
        </Show>
        <Show when={counted() === 0}>
          <p class="notice">{copy().nothing}</p>
        </Show>
        <Show
          when={closed() > 0}
          fallback={
            <Show when={counted() > 0}>
              <p class="notice running-only">
                {copy().runningOnly(sessions(), format().integer(all()?.open ?? 0))}
              </p>
            </Show>
          }
        >
          <p class="muted small-note">{copy().least(props.body.least_n)}</p>
          <PerformanceTable body={props.body} sessions={sessions()} />
          <Grades body={props.body} sessions={sessions()} />
        </Show>
        <p class="page-facts muted small-note">
          <Show when={props.body.as_of}>{(day) => <span>{copy().asOf(format().day(day()))}</span>}</Show>
          <Show when={props.body.params_version}>
            {(version) => (
              <span>
                {copy().version} <code>{version()}</code>
              </span>
            )}
          </Show>
          <span>{text().notAdvice}</span>
        </p>
      </section>
      <Show when={counted() > 0}>
        <Counted signals={props.body.signals} sessions={sessions()} />
      </Show>
    </>
  );
}

export function PerformancePage(): JSX.Element {
  const { text } = useApp();
  const { exchange, session } = useMarket();
  const copy = usePerformanceCopy();
  const texts = useOutcomeTexts();
  const performance = createPerformance(session);
  createEffect(() => {
    document.title = `${copy().title} · ${text().product}`;
  });
  createEffect(on(exchange.active, () => void performance.reload(), { defer: true }));
  /** `null` while it is of another exchange, as in the moment after a switch. */
  const body = createMemo(() => {
    const known = performance.value();
    const active = exchange.active();
    return known !== null && (active === null || active === known.exchange) ? known : null;
  });
  return (
    <article class="outcomes-page" aria-busy={performance.busy()}>
      <header class="page-head">
        <div class="page-title">
          <h2>{copy().title}</h2>
        </div>
        <p class="plain">{copy().lead}</p>
        <p class="outcome-links">
          <a href="/archive">{texts().toArchive}</a>
          <a href="/methodology">{texts().toMethod}</a>
        </p>
      </header>
      <RemoteState remote={performance} rows={24} />
      <Show when={body()}>{(known) => <Results body={known()} />}</Show>
      <StudySection />
      <section class="card">
        <h3>{copy().nullTitle}</h3>
        <NullRatesTable
          rates={readNullRates()}
          demo={isSimulated(exchange.active() ?? body()?.exchange ?? null)}
        />
      </section>
      <section class="card">
        <h3>{copy().formTitle}</h3>
        <FormRulesTable rates={readNullRates()} />
      </section>
      <section class="card">
        <h3>{copy().rulesTitle}</h3>
        <ol class="measure-rules plain">
          <For each={copy().rules}>{(rule) => <li>{rule}</li>}</For>
        </ol>
      </section>
    </article>
  );
}
