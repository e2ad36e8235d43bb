/** One scan: how the market narrowed to the list, why shares were left out, and what it changed. */
import { useParams } from "@solidjs/router";
import { createEffect, createMemo, For, type JSX, Show, untrack } from "solid-js";
import type { RunBody, RunDetail } from "../../../worker/protocol/rest/scan-run.ts";
import { createRun } from "../../store/runs.ts";
import { useApp } from "../app-context.tsx";
import { useRuleCopy } from "../labels/rule-copy.ts";
import { useRunsCopy } from "../labels/runs-copy.ts";
import { useRunEnd } from "../labels/run-reason.ts";
import { tickerOf } from "../labels/change-feed.ts";
import { rejectsOf, tookSeconds } from "../labels/run-facts.ts";
import { Funnel, ShareBar } from "../part/runs/scan-summary.tsx";
import { RunStatus } from "../part/runs/run-table.tsx";
import { RemotePage } from "../part/ui/remote-page.tsx";

/** Why shares were left out, by the first rule each missed, with a bar in proportion. */
function RejectBars(props: { rejects: RunBody["rejects"] }): JSX.Element {
  const { format } = useApp();
  const rules = useRuleCopy();
  const runs = useRunsCopy();
  return (
    <ol class="rejects">
      <For each={rejectsOf(props.rejects)} fallback={<li class="muted">{runs().runRejectsNone}</li>}>
        {(reject) => (
          <li>
            <span class="label">{rules().ruleText(reject.rule)}</span>
            <code class="muted">{reject.rule}</code>
            <ShareBar share={reject.share} />
            <b class="number">{format().integer(reject.count)}</b>
          </li>
        )}
      </For>
    </ol>
  );
}

type Diff = NonNullable<RunDetail["diff"]>;

const KINDS = [
  { key: "born", label: "runBorn" },
  { key: "moved", label: "runMoved" },
  { key: "revised", label: "runRevised" },
  { key: "ended", label: "runEnded" },
  { key: "corrected", label: "runCorrected" },
] as const satisfies readonly { key: keyof Diff; label: string }[];

/** What a scan did to the signals, each a way to its page. */
function RunDiff(props: { diff: Diff; run: RunDetail }): JSX.Element {
  const { format, naming } = useApp();
  const runs = useRunsCopy();
  const nameOf = (ticker: string): ReturnType<typeof naming> =>
    naming({ ticker, name: props.run.names[ticker] ?? ticker, ...props.run.latin_names[ticker] });
  return (
    <dl class="run-diff">
      <For each={KINDS.filter(({ key }) => props.diff[key] !== undefined)}>
        {(kind) => (
          <div>
            <dt>
              {runs()[kind.label]} <b class="number">{format().integer(props.diff[kind.key]?.length ?? 0)}</b>
            </dt>
            <dd>
              <For each={props.diff[kind.key] ?? []} fallback={<span class="muted">{runs().runNobody}</span>}>
                {(id) => (
                  <a
                    class="number"
                    href={`/signals/${encodeURIComponent(id)}`}
                    title={nameOf(tickerOf(id)).title}
                  >
                    {nameOf(tickerOf(id)).name}
                  </a>
                )}
              </For>
            </dd>
          </div>
        )}
      </For>
    </dl>
  );
}

function RunHead(props: { run: RunBody }): JSX.Element {
  const { text, format } = useApp();
  const runs = useRunsCopy();
  const endOf = useRunEnd();
  const end = createMemo(() => endOf(props.run));
  return (
    <header class="page-head">
      <div class="page-title">
        <h2>{runs().runTitle(format().day(props.run.as_of))}</h2>
        <RunStatus end={end()} />
      </div>
      <p class="page-facts muted">
        <span>{runs()[`runKind_${props.run.kind}`]}</span>
        <time datetime={props.run.started_at} class="number">
          {format().time(props.run.started_at, props.run.as_of)} {text().kst}
        </time>
        <span class="number">
          {runs().runTook} {format().seconds(tookSeconds(props.run))}
        </span>
        <span>
          {runs().runMarket} {props.run.request.market ?? runs().runAllMarkets}
        </span>
        <span>
          {runs().runParams} <code>{props.run.params_version}</code>
        </span>
      </p>
      <Show when={props.run.judged_from}>
        {(day) => <p class="notice">{runs().runJudgedFrom(format().day(day()))}</p>}
      </Show>
      <Show when={end().reason}>
        {(reason) => (
          // What a step brought is no reason for concern.
          <p class={end().sign === "done" ? "notice" : "notice warn"}>
            {runs().runReason}: {reason()}
          </p>
        )}
      </Show>
    </header>
  );
}

function RunParts(props: { run: RunDetail }): JSX.Element {
  const runs = useRunsCopy();
  return (
    <>
      <RunHead run={props.run} />
      <section class="card">
        <h3>{runs().runFunnel}</h3>
        <Show when={props.run.funnel} fallback={<p class="muted">{runs().runNobody}</p>}>
          {(counts) => <Funnel counts={counts()} />}
        </Show>
      </section>
      <section class="card">
        <h3>{runs().runDiffTitle}</h3>
        <Show when={props.run.diff} fallback={<p class="muted">{runs().runNobody}</p>}>
          {(diff) => <RunDiff diff={diff()} run={props.run} />}
        </Show>
      </section>
      <section class="card wide">
        <h3>{runs().runRejects}</h3>
        <p class="muted small-note">{runs().runRejectsNote}</p>
        <RejectBars rejects={props.run.rejects} />
      </section>
    </>
  );
}

function RunView(props: { id: string }): JSX.Element {
  const { text } = useApp();
  const runs = useRunsCopy();
  const run = createRun(untrack(() => props.id));
  createEffect(() => {
    document.title = `${runs().runsTitle} · ${text().product}`;
  });
  return (
    <RemotePage
      remote={run}
      class="run-page"
      back={{ href: "/runs", label: text().navRuns }}
      gone={runs().runGone}
      owner={null}
    >
      {(known) => <RunParts run={known()} />}
    </RemotePage>
  );
}

export function RunPage(): JSX.Element {
  const params = useParams();
  return (
    <Show when={params["id"]} keyed>
      {(id) => <RunView id={id} />}
    </Show>
  );
}
