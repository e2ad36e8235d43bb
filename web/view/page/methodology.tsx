/** UI94: what is listed and graded, from the parameters themselves, and the measured evidence for and against it. */
import { createEffect, createMemo, For, type JSX, Show } from "solid-js";
import { isSimulated } from "../../../worker/core/instrument/exchange-profile.ts";
import { PARAMS } from "../../../worker/core/params.ts";
import { GRADES } from "../../../worker/core/scan/grade.ts";
import { enLegend } from "../../i18n/en-legend.ts";
import { measureText } from "../../i18n/form-copy.ts";
import { koLegend } from "../../i18n/ko-legend.ts";
import { readGoldFigures } from "../../store/gold-figures.ts";
import { readNullRates } from "../../store/performance.ts";
import { createStudy, createStudyStatus } from "../../store/study.ts";
import { useApp } from "../app-context.tsx";
import { useFormCopy } from "../labels/form-copy.ts";
import { useOutcomeTexts } from "../labels/outcome-texts.ts";
import { usePerformanceCopy } from "../labels/performance-copy.ts";
import { SCORE_TERM_PARTS } from "../labels/score-parts.ts";
import { useStudyCopy } from "../labels/study-copy.ts";
import { useMarket } from "../market-context.tsx";
import { FormRulesTable } from "../part/performance/form-rules-table.tsx";
import { JudgesTable } from "../part/performance/judges-table.tsx";
import { NullRatesTable } from "../part/performance/null-rates-table.tsx";
import { RemoteState } from "../part/ui/remote-state.tsx";
import "../style/pages.css";

const GOLD = readGoldFigures();

/** UI94: the last set was drawn from what the rules list, and judged once. */
function Unknown(): JSX.Element {
  const { format } = useApp();
  const texts = useOutcomeTexts();
  const fresh = GOLD.sets[2];
  return (
    <section class="card">
      <h3>{texts().unknownTitle}</h3>
      <ul class="measure-rules plain unknown">
        <For each={texts().unknown(format().integer(fresh.hits), format().integer(fresh.listed))}>
          {(line) => <li>{line}</li>}
        </For>
      </ul>
    </section>
  );
}

const TERMS = SCORE_TERM_PARTS.reduce((sum, part) => sum + part.terms.length, 0);

function ScoreTerms(): JSX.Element {
  const { locale, format } = useApp();
  const copy = useFormCopy();
  const texts = useOutcomeTexts();
  return (
    <section class="card">
      <h3>{texts().scoreTitle}</h3>
      <p class="plain">{texts().scoreLead(format().integer(TERMS), format().ratio(100 / TERMS))}</p>
      <table class="outcomes score-terms">
        <caption class="visually-hidden">{texts().scoreTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{texts().scoreTitle}</th>
            <th scope="col" class="number">
              {texts().most}
            </th>
          </tr>
        </thead>
        <For each={SCORE_TERM_PARTS}>
          {(part) => (
            <tbody>
              <tr class="by">
                <th scope="rowgroup" colSpan={2}>
                  {copy()[`score_${part.name}`]}
                </th>
              </tr>
              <For each={part.terms}>
                {(term) => (
                  <tr data-term={term.name}>
                    <th scope="row">{measureText(term.measure, locale())}</th>
                    <td class="number">{format().ratio(term.max)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          )}
        </For>
      </table>
    </section>
  );
}

function Grades(): JSX.Element {
  const { locale } = useApp();
  const texts = useOutcomeTexts();
  const legend = () => (locale() === "ko" ? koLegend : enLegend);
  return (
    <section class="card">
      <h3>{texts().gradesTitle}</h3>
      <p class="plain">{legend().gradesNote}</p>
      <dl class="method-grades">
        <For each={GRADES}>
          {(grade) => (
            <>
              <dt>{grade}</dt>
              <dd>{legend().grades[grade]}</dd>
            </>
          )}
        </For>
      </dl>
    </section>
  );
}

/** What the study of this deployment's own bars found, and what its figures cannot say. */
function Past(): JSX.Element {
  const texts = useOutcomeTexts();
  const copy = useStudyCopy();
  const { exchange, session } = useMarket();
  const study = createStudy(createStudyStatus(() => `${exchange.active()} ${session()}`));
  return (
    <section class="card" aria-busy={study.busy()}>
      <h3>{texts().pastTitle}</h3>
      <RemoteState remote={study} rows={4} />
      <Show when={study.value()}>
        {(body) => (
          <Show when={body().report} fallback={<p class="notice">{texts().pastNone}</p>}>
            {(report) => (
              <>
                <p class="plain">
                  <strong>{copy().edge[report().grounds.edge]}</strong>
                </p>
                <ul class="measure-rules plain">
                  <For each={copy().limits(report())}>{(limit) => <li>{limit}</li>}</For>
                </ul>
              </>
            )}
          </Show>
        )}
      </Show>
      <p>
        <a href="/performance">{texts().toOutcomes}</a>
      </p>
    </section>
  );
}

export function MethodologyPage(): JSX.Element {
  const { text, locale } = useApp();
  const { exchange } = useMarket();
  const copy = usePerformanceCopy();
  const texts = useOutcomeTexts();
  const rates = readNullRates();
  const about = createMemo(() => (locale() === "ko" ? koLegend : enLegend).about);
  createEffect(() => {
    document.title = `${texts().methodTitle} · ${text().product}`;
  });
  return (
    <article class="outcomes-page methodology">
      <header class="page-head">
        <div class="page-title">
          <h2>{texts().methodTitle}</h2>
        </div>
        <p class="plain">{about()}</p>
        <p class="plain">{texts().methodLead(PARAMS.version)}</p>
      </header>
      <Unknown />
      <section class="card">
        <h3>{copy().nullTitle}</h3>
        <NullRatesTable rates={rates} demo={isSimulated(exchange.active())} />
      </section>
      <section class="card">
        <h3>{copy().formTitle}</h3>
        <FormRulesTable rates={rates} />
      </section>
      <ScoreTerms />
      <Grades />
      <section class="card">
        <h3>{texts().judgesTitle}</h3>
        <JudgesTable figures={GOLD} />
      </section>
      <Past />
      <section class="card">
        <h3>{copy().rulesTitle}</h3>
        <ol class="measure-rules plain">
          <For each={copy().rules}>{(rule) => <li>{rule}</li>}</For>
        </ol>
      </section>
    </article>
  );
}
