/** One signal and one stock in every state: head, levels, base, score, life, verdict, chart. */
import type { JSX } from "solid-js";
import type { SignalDetail, SignalEventsBody } from "../../../worker/protocol/rest/signal.ts";
import type { ExplainedVerdictBody } from "../../../worker/protocol/verdict.ts";
import { chartOf } from "../../e2e/stub-chart.ts";
import { eventsOf } from "../../e2e/stub-pages.ts";
import { detailOf, ROWS } from "../../e2e/stub-signals.ts";
import { rowAt } from "../../e2e/stub-long-list.ts";
import { NEAR_BASE, STOCK_CHART, STOCK_NEAR } from "../../e2e/stub-stock.ts";
import type { Remote } from "../../store/remote.ts";
import { useApp } from "../../view/app-context.tsx";
import { ChartPanel } from "../../view/chart/chart-panel.tsx";
import { BaseFacts } from "../../view/part/signal/base-facts.tsx";
import { ContractionTable, PlanList } from "../../view/part/signal/base-levels.tsx";
import { EventList } from "../../view/part/signal/event-list.tsx";
import { FormChecklist } from "../../view/part/signal/form-checklist.tsx";
import { ScoreTable, TemplateChecklist } from "../../view/part/signal/scoring.tsx";
import { SignalHead } from "../../view/part/signal/signal-head.tsx";
import { VerdictCard } from "../../view/part/signal/verdict-card.tsx";
import { patternOf, summaryOf } from "../../view/signal-pattern.ts";
import { Acting } from "../acting.tsx";
import { arrived, failed, waiting } from "../remote.ts";
import { priceOf, rowOf, STATE_ROWS } from "../rows.ts";
import { scened } from "../stage.tsx";
import type { Views } from "../views.ts";

const DETAIL = detailOf(rowAt(ROWS));
const ENDED: SignalDetail = {
  ...DETAIL,
  state: "FAILED",
  reason: "PIVOT_FAIL",
  ended_on: "2025-06-13",
  triggered_on: "2025-06-05",
};
const FLAGS: SignalDetail["flags"] = ["young", "deep", "wide", "shakeout", "rs_line_high", "touched", "gap"];

function Whole(props: { detail: SignalDetail; price?: ReturnType<typeof priceOf> }): JSX.Element {
  return (
    <article class="signal-page">
      <SignalHead detail={props.detail} price={props.price ?? null} />
      <div class="side">
        <PlanList detail={props.detail} />
        <BaseFacts detail={props.detail} />
        <section class="card">
          <TemplateChecklist terms={props.detail.trend_template} signal={props.detail} />
          <ScoreTable terms={props.detail.score_terms} score={props.detail.score} signal={props.detail} />
        </section>
      </div>
      <section class="card below">
        <ContractionTable legs={props.detail.contractions} />
      </section>
    </article>
  );
}

function whole(change: Partial<SignalDetail>, price?: ReturnType<typeof priceOf>): () => JSX.Element {
  return () => <Whole detail={{ ...DETAIL, ...change }} {...(price && { price })} />;
}

function history(remote: Remote<SignalEventsBody>): () => JSX.Element {
  return () => <EventList remote={remote} />;
}

function nearVerdict(): ExplainedVerdictBody {
  const { verdict } = STOCK_NEAR;
  if (verdict === null) {
    throw new Error("The fixture has a verdict");
  }
  return verdict;
}
const NEAR = nearVerdict();
const CANDIDATE: ExplainedVerdictBody = {
  ...NEAR,
  valid: true,
  detected: true,
  grade: "A",
  score: 71.3,
  footprint: "13W 20/14 2T",
  near_miss: null,
  flags: ["young"],
};
const PAST_SIGNALS = STATE_ROWS.slice(-3).map((row) => ({ ...row, ticker: NEAR.ticker }));

/** Of the fixtures: the base of a signal, or the nearest one of a stock. */
function Charted(
  props: Partial<Parameters<typeof ChartPanel>[0]> & { base: SignalDetail | typeof NEAR_BASE; near?: string },
): JSX.Element {
  const { text, format } = useApp();
  return (
    <div class="signal-page">
      <ChartPanel
        remote={props.remote ?? arrived(chartOf(DETAIL))}
        pattern={patternOf(props.base, text(), format(), props.near !== undefined)}
        live={props.live ?? null}
        signals={props.signals ?? []}
        signal={DETAIL.id}
        summary={summaryOf(props.base, text(), format(), props.near ?? null)}
        note={props.near ?? null}
      />
    </div>
  );
}

const AT = { path: "/signals/x", pattern: "/signals/:id" };
const NO_BARS = { ...chartOf(DETAIL), bars: [] };

/** The chart once it is drawn, after what a reader did with it. */
function acted(act: (root: HTMLElement) => void): () => JSX.Element {
  return scened(
    {},
    () => (
      <Acting
        act={(root) => {
          setTimeout(act, 500, root);
        }}
      >
        <Charted base={DETAIL} />
      </Acting>
    ),
    AT,
  );
}

export const SIGNAL: Views<"signal" | "verdict" | "chart"> = {
  signal: {
    open: whole({}),
    live: whole({}, priceOf(71_200)),
    ended: whole(ENDED),
    halted: whole({ ...rowOf({ state: "SUSPENDED" }), previous_state: "READY", reason: "halted" }),
    flags: whole({ flags: FLAGS }),
    "earlier-rules": whole({ score_terms: {}, measured_on: "2025-06-05", params_version: "vcp-2" }),
    history: history(arrived(eventsOf(DETAIL))),
    "history-empty": history(arrived({ ...eventsOf(DETAIL), events: [], count: 0 })),
    "history-failed": history(failed()),
  },
  verdict: {
    candidate: () => <VerdictCard verdict={CANDIDATE} signals={PAST_SIGNALS} />,
    near: () => <VerdictCard verdict={NEAR} signals={[]} />,
    stays: () => <VerdictCard verdict={{ ...NEAR, rules_of: "listed" }} signals={PAST_SIGNALS} />,
    none: () => <VerdictCard verdict={null} signals={[]} />,
    checklist: () => <FormChecklist verdict={NEAR} footprint={NEAR_BASE.footprint} />,
  },
  chart: {
    base: scened({}, () => <Charted base={DETAIL} />, AT),
    "near-miss": scened(
      {},
      () => <Charted base={NEAR_BASE} near="near miss" remote={arrived(STOCK_CHART)} />,
      AT,
    ),
    today: scened({}, () => <Charted base={DETAIL} live={priceOf(71_200, { as_of: "2025-06-16" })} />, AT),
    marks: scened({}, () => <Charted base={DETAIL} signals={[...STATE_ROWS]} />, AT),
    pointed: acted((root) => {
      root
        .querySelector(".chart-frame")
        ?.dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true }));
    }),
    table: acted((root) => root.querySelector("button")?.click()),
    empty: scened({}, () => <Charted base={DETAIL} remote={arrived(NO_BARS)} />, AT),
    loading: scened({}, () => <Charted base={DETAIL} remote={waiting()} />, AT),
    failed: scened({}, () => <Charted base={DETAIL} remote={failed()} />, AT),
  },
};
