/** What became of signals, in every state: tables, the study, the lists behind the numbers. */
import type { JSX } from "solid-js";
import type { PerformanceBody } from "../../../worker/protocol/rest/performance.ts";
import type { StudyBody, StudyStatus } from "../../../worker/protocol/rest/study.ts";
import { LIVE_SIGNALS, STUDY_ENTRIES } from "../../e2e/stub-outcome-lists.ts";
import { PERFORMANCE, UNMEASURED } from "../../e2e/stub-performance.ts";
import { STUDY, STUDY_RUNNING, STUDY_STATUS } from "../../e2e/stub-study.ts";
import { readGoldFigures } from "../../store/gold-figures.ts";
import { readNullRates } from "../../store/performance.ts";
import { ArchiveFilters } from "../../view/part/performance/archive-filters.tsx";
import { FormRulesTable } from "../../view/part/performance/form-rules-table.tsx";
import { HorizonChoice } from "../../view/part/performance/horizon-choice.tsx";
import { JudgesTable } from "../../view/part/performance/judges-table.tsx";
import { MorePages } from "../../view/part/performance/more-pages.tsx";
import { NullRatesTable } from "../../view/part/performance/null-rates-table.tsx";
import { liveLine, OutcomeTable, studiedLine } from "../../view/part/performance/outcome-table.tsx";
import { PerformanceTable, type Sessions } from "../../view/part/performance/performance-table.tsx";
import { StudyProgress } from "../../view/part/performance/study-progress.tsx";
import { StudySection } from "../../view/part/performance/study-section.tsx";
import { scened } from "../stage.tsx";
import type { Views } from "../views.ts";
import "../../view/style/pages.css";

const STAY = (): void => undefined;

function outcomes(body: PerformanceBody, sessions: Sessions): () => JSX.Element {
  return () => (
    <article class="outcomes-page">
      <section class="card">
        <PerformanceTable body={body} sessions={sessions} />
      </section>
    </article>
  );
}

function study(body: StudyBody): () => JSX.Element {
  const { report: _, ...status } = body;
  return scened({ answers: { "/api/kr/study": { body }, "/api/kr/study/status": { body: status } } }, () => (
    <StudySection />
  ));
}

function progress(change: Partial<StudyStatus>): () => JSX.Element {
  return () => <StudyProgress status={{ ...STUDY_STATUS, ...change }} link />;
}

function more(isBusy: boolean): () => JSX.Element {
  const list = {
    pages: () => [{ next_cursor: "next" }],
    busyMore: () => isBusy,
    more: async () => undefined,
  };
  return () => <MorePages list={list} shown={100} count={2_417} />;
}

export const OUTCOMES: Views<"outcomes" | "study" | "outcome-list" | "method"> = {
  outcomes: {
    enough: outcomes(PERFORMANCE, 10),
    few: outcomes(PERFORMANCE, 20),
    none: outcomes(UNMEASURED, 60),
    choice: () => <HorizonChoice name="horizon" horizons={[5, 10, 20, 60]} value={20} onChoose={STAY} />,
  },
  study: {
    made: study(STUDY),
    running: study(STUDY_RUNNING),
    due: study({ ...STUDY, made: null, report: null, is_due: true }),
    stopped: () => (
      <>
        {progress({ made: null, stopped: { at: STUDY.generated_at, reason: "bars_changed" } })()}
        {progress({ made: null, stopped: { at: STUDY.generated_at, reason: "failed" } })()}
        {progress({ made: null, stopped: { at: STUDY.generated_at, reason: "interrupted" } })()}
      </>
    ),
    link: progress({}),
  },
  "outcome-list": {
    live: () => (
      <OutcomeTable
        lines={LIVE_SIGNALS.signals.map(liveLine)}
        horizon={10}
        caption="A"
        isStudy={false}
        isMeasured
      />
    ),
    studied: () => (
      <OutcomeTable
        lines={STUDY_ENTRIES.entries.map((entry) => studiedLine(entry, 20))}
        horizon={20}
        caption="B"
        isStudy
        isMeasured
      />
    ),
    more: more(false),
    "more-busy": more(true),
    filters: () => <ArchiveFilters query={{}} onChoose={STAY} />,
    "filters-chosen": () => (
      <ArchiveFilters
        query={{
          q: "삼성",
          ending: "stopped",
          entry_grade: "S",
          market: "KOSDAQ",
          from: "2025-01-02",
          to: "2025-06-13",
        }}
        onChoose={STAY}
      />
    ),
  },
  method: {
    rules: () => <FormRulesTable rates={readNullRates()} />,
    chance: () => <NullRatesTable rates={readNullRates()} demo={false} />,
    "chance-demo": () => <NullRatesTable rates={readNullRates()} demo />,
    judges: () => <JudgesTable figures={readGoldFigures()} />,
  },
};
