/** Whether everything is all right, in one sentence, and what it follows from: sources, steps, times, the server. */
import { createEffect, createMemo, type JSX, on, Show } from "solid-js";
import { isSimulated } from "../../../worker/core/instrument/exchange-profile.ts";
import type { MarketStatusBody } from "../../../worker/protocol/rest/market-status.ts";
import type { StatusCopy } from "../../i18n/ko-status.ts";
import { createMarketStatus } from "../../store/market-status.ts";
import { useApp } from "../app-context.tsx";
import { useRunsCopy } from "../labels/runs-copy.ts";
import { useStatusCopy } from "../labels/status-copy.ts";
import { isAsked, statusVerdict, type Tone, type Verdict } from "../labels/status-verdict.ts";
import { stepTitle } from "../labels/step-text.ts";
import { useMarket } from "../market-context.tsx";
import { RunTable } from "../part/runs/run-table.tsx";
import { ComingPast } from "../part/status/coming-past.tsx";
import { BackfillBar } from "../part/status/backfill-progress.tsx";
import { DifferenceList } from "../part/status/difference-list.tsx";
import { MissingNotice } from "../part/status/missing-notice.tsx";
import { FactRow } from "../part/status/fact-row.tsx";
import { ServerFacts } from "../part/status/server-facts.tsx";
import { SourceList } from "../part/status/source-list.tsx";
import { StepList } from "../part/status/step-list.tsx";
import { RemoteState } from "../part/ui/remote-state.tsx";
import "../style/pages.css";

const SIGNS: Readonly<Record<Tone, string>> = { good: "✓", busy: "…", warn: "!", bad: "✕" };

function Headline(props: { body: MarketStatusBody }): JSX.Element {
  const { text, format } = useApp();
  const copy = useStatusCopy();
  const verdict = createMemo((): Verdict => statusVerdict(props.body, { copy: copy(), format: format() }));
  return (
    <>
      <p class={`verdict tone-${verdict().tone}`}>
        <span class="sign" aria-hidden="true">
          {SIGNS[verdict().tone]}
        </span>
        {verdict().text}
      </p>
      <p class="muted number small-note">
        {text().asOf(`${format().time(props.body.generated_at)} ${copy().kst}`)}
      </p>
    </>
  );
}

/** When sessions come in, by what the owner has set up. */
function planText({ exchange, plan, sources }: MarketStatusBody, copy: StatusCopy): string {
  if (isSimulated(exchange)) {
    return copy.planDemo;
  }
  if (plan.evening) {
    // Another machine brings the evening alone, and no past of the shares.
    const ofEvening = sources.some(isAsked) ? copy.planEvening : copy.planEveningBrought;
    return plan.morning ? copy.planBoth : ofEvening;
  }
  return plan.morning ? copy.planMorning : copy.planNone;
}

/** What becomes of provisional rows. */
function provisionalText({ plan, sources }: MarketStatusBody, copy: StatusCopy): string {
  if (plan.morning) {
    return copy.provisionalNote;
  }
  return plan.evening && sources.some(isAsked) ? copy.provisionalCorrected : copy.provisionalStays;
}

function hasPlan({ plan }: MarketStatusBody): boolean {
  return plan.evening || plan.morning;
}

function Days(props: { body: MarketStatusBody }): JSX.Element {
  const copy = useStatusCopy();
  const market = useMarket();
  const isDemo = (): boolean => isSimulated(props.body.exchange);
  return (
    <section class="card" aria-labelledby="days-title">
      <h3 id="days-title">{isDemo() ? copy().planTitleDemo : copy().planTitle}</h3>
      <p class="plain">{planText(props.body, copy())}</p>
      <ComingPast status={market.status.value()} />
      <Show when={hasPlan(props.body) && !props.body.sources.some(isAsked)}>
        <p class="plain muted">{copy().collected}</p>
      </Show>
      <Show when={!isDemo()}>
        <DayFacts body={props.body} />
      </Show>
    </section>
  );
}

/** Which sessions came last, and what comes next. */
function DayFacts(props: { body: MarketStatusBody }): JSX.Element {
  const { format } = useApp();
  const copy = useStatusCopy();
  const next = (): string => {
    const step = props.body.next;
    return step === null
      ? copy().nextNone
      : `${format().time(step.at)} ${copy().kst}, ${stepTitle(step, { copy: copy(), format: format() })}`;
  };
  /** Final rows of a vendor are not the exchange's official ones. */
  const isOfKis = (): boolean => props.body.plan.evening && !props.body.plan.morning;
  /** Those that a row of their own states are not named twice. */
  const daysOff = (): readonly string[] =>
    props.body.days_off.filter((day) => props.body.stated_days.every((stated) => stated.day !== day));
  return (
    <dl class="status-facts">
      <FactRow label={isOfKis() ? copy().newestSettled : copy().newestFinal}>
        <Show when={props.body.newest_final} fallback={copy().noneYet}>
          {(day) => <>{format().day(day())}</>}
        </Show>
      </FactRow>
      <Show when={props.body.newest_provisional}>
        {(day) => (
          <FactRow label={copy().newestProvisional}>
            {format().day(day())}
            <span class="muted"> · {provisionalText(props.body, copy())}</span>
          </FactRow>
        )}
      </Show>
      <Show when={hasPlan(props.body)}>
        <FactRow label={copy().nextStep}>{next()}</FactRow>
      </Show>
      <Show when={props.body.backfill.status === "done"}>
        <FactRow label={copy().step.backfill}>
          {(props.body.backfill.counts === "shares" ? copy().backfillDoneShares : copy().backfillDone)(
            format().integer(props.body.backfill.sessions),
          )}
        </FactRow>
      </Show>
      <Show when={daysOff().length > 0}>
        <FactRow label={copy().daysOff}>
          {daysOff()
            .map((day) => format().day(day))
            .join(", ")}
        </FactRow>
      </Show>
      <Show when={props.body.stated_days.length > 0}>
        <FactRow label={copy().statedDays}>
          {props.body.stated_days
            .map(({ day, session }) => copy().statedDay(format().day(day), session))
            .join(", ")}
        </FactRow>
      </Show>
    </dl>
  );
}

function Parts(props: { body: MarketStatusBody }): JSX.Element {
  const scans = useRunsCopy();
  const copy = useStatusCopy();
  const past = (): MarketStatusBody["backfill"] => props.body.backfill;
  const isDemo = (): boolean => isSimulated(props.body.exchange);
  return (
    <>
      <Show when={props.body.missing}>
        {(missing) => (
          <div class="wide first">
            <MissingNotice missing={missing()} linked={false} />
          </div>
        )}
      </Show>
      <Show when={past().status === "running" || past().status === "waiting"}>
        <section class="card wide first" aria-labelledby="past-title">
          <h3 id="past-title">{copy().backfillTitle}</h3>
          <BackfillBar past={past()} />
        </section>
      </Show>
      <div class="status-column">
        <Days body={props.body} />
        <Show when={!isDemo() && (hasPlan(props.body) || props.body.steps.length > 0)}>
          <StepList steps={props.body.steps} />
        </Show>
      </div>
      <div class="status-column">
        <Show when={!isDemo()}>
          <SourceList sources={props.body.sources} />
          <DifferenceList sessions={props.body.differences} />
        </Show>
        <ServerFacts body={props.body} />
      </div>
      <section class="card wide" aria-labelledby="scans-title">
        <div class="panel-head">
          <h3 id="scans-title">{copy().scansTitle}</h3>
          <a href="/runs">{copy().allScans}</a>
        </div>
        <Show when={props.body.runs.length > 0} fallback={<p class="muted">{scans().runsEmpty}</p>}>
          <RunTable runs={props.body.runs} />
        </Show>
      </section>
    </>
  );
}

export function StatusPage(): JSX.Element {
  const { text } = useApp();
  const { exchange } = useMarket();
  const copy = useStatusCopy();
  const status = createMarketStatus();
  createEffect(() => {
    document.title = `${copy().title} · ${text().product}`;
  });
  createEffect(on(exchange.active, () => void status.reload(), { defer: true }));
  /** `null` while it is of another exchange, as in the moment after a switch. */
  const body = createMemo(() => {
    const known = status.value();
    const active = exchange.active();
    return known !== null && (active === null || active === known.exchange) ? known : null;
  });
  return (
    <article class="status-page" aria-busy={status.busy()}>
      <header class="page-head wide first">
        <div class="page-title">
          <h2>{copy().title}</h2>
        </div>
        <Show when={body()}>{(known) => <Headline body={known()} />}</Show>
      </header>
      <div class="wide first">
        <RemoteState remote={status} rows={20} />
      </div>
      <Show when={body()}>{(known) => <Parts body={known()} />}</Show>
    </article>
  );
}
