/** One scan: how the market narrowed to the list, why shares were left out, and what it changed. */
import { useParams } from "@solidjs/router";
import { createEffect, createMemo, For, type JSX, Show, untrack } from "solid-js";
import type { RunBody, RunDetail } from "../../../worker/protocol/rest/scan-run.ts";
import { createRun } from "../../store/runs.ts";
import { useApp } from "../app-context.tsx";
import { useRunEnd } from "../labels/run-reason.ts";
import { tickerOf } from "../labels/change-feed.ts";
import { rejectsOf, tookSeconds } from "../labels/run-facts.ts";
import { Funnel, ShareBar } from "../part/runs/scan-summary.tsx";
import { RunStatus } from "../part/runs/run-table.tsx";
import { RemotePage } from "../part/ui/remote-page.tsx";

/** Why shares were left out, by the first rule each missed, with a bar in proportion. */
function RejectBars(props: { rejects: RunBody["rejects"] }): JSX.Element {
  const { text, format } = useApp();
  return (
    <ol class="rejects">
      <For each={rejectsOf(props.rejects)} fallback={<li class="muted">{text().runRejectsNone}</li>}>
        {(reject) => (
          <li>
            <span class="label">{text().ruleText(reject.rule)}</span>
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
  const { text, format, naming } = useApp();
  const nameOf = (ticker: string): ReturnType<typeof naming> =>
    naming({ ticker, name: props.run.names[ticker] ?? ticker, ...props.run.latin_names[ticker] });
  return (
    <dl class="run-diff">
      <For each={KINDS.filter(({ key }) => props.diff[key] !== undefined)}>
        {(kind) => (
          <div>
            <dt>
              {text()[kind.label]} <b class="number">{format().integer(props.diff[kind.key]?.length ?? 0)}</b>
            </dt>
            <dd>
              <For each={props.diff[kind.key] ?? []} fallback={<span class="muted">{text().runNobody}</span>}>
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
  const endOf = useRunEnd();
  const end = createMemo(() => endOf(props.run));
  return (
    <header class="page-head">
      <div class="page-title">
        <h2>{text().runTitle(format().day(props.run.as_of))}</h2>
        <RunStatus end={end()} />
      </div>
      <p class="page-facts muted">
        <span>{text()[`runKind_${props.run.kind}`]}</span>
        <time datetime={props.run.started_at} class="number">
          {format().time(props.run.started_at, props.run.as_of)} {text().kst}
        </time>
        <span class="number">
          {text().runTook} {format().seconds(tookSeconds(props.run))}
        </span>
        <span>
          {text().runMarket} {props.run.request.market ?? text().runAllMarkets}
        </span>
        <span>
          {text().runParams} <code>{props.run.params_version}</code>
        </span>
      </p>
      <Show when={props.run.judged_from}>
        {(day) => <p class="notice">{text().runJudgedFrom(format().day(day()))}</p>}
      </Show>
      <Show when={end().reason}>
        {(reason) => (
          // What a step brought is no reason for concern.
          <p class={end().sign === "done" ? "notice" : "notice warn"}>
            {text().runReason}: {reason()}
          </p>
        )}
      </Show>
    </header>
  );
}

function RunParts(props: { run: RunDetail }): JSX.Element {
  const { text } = useApp();
  return (
    <>
      <RunHead run={props.run} />
      <section class="card">
        <h3>{text().runFunnel}</h3>
        <Show when={props.run.funnel} fallback={<p class="muted">{text().runNobody}</p>}>
          {(counts) => <Funnel counts={counts()} />}
        </Show>
      </section>
      <section class="card">
        <h3>{text().runDiffTitle}</h3>
        <Show when={props.run.diff} fallback={<p class="muted">{text().runNobody}</p>}>
          {(diff) => <RunDiff diff={diff()} run={props.run} />}
        </Show>
      </section>
      <section class="card wide">
        <h3>{text().runRejects}</h3>
        <p class="muted small-note">{text().runRejectsNote}</p>
        <RejectBars rejects={props.run.rejects} />
      </section>
    </>
  );
}

function RunView(props: { id: string }): JSX.Element {
  const { text } = useApp();
  const run = createRun(untrack(() => props.id));
  createEffect(() => {
    document.title = `${text().runsTitle} · ${text().product}`;
  });
  return (
    <RemotePage
      remote={run}
      class="run-page"
      back={{ href: "/runs", label: text().navRuns }}
      gone={text().runGone}
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
