/** The scans, newest first: when, how it ended, what it looked at and what it changed. */
import { createMemo, For, type JSX, Show } from "solid-js";
import type { RunBody } from "../../../../worker/protocol/rest/scan-run.ts";
import { useApp } from "../../app-context.tsx";
import { useRunsCopy } from "../../labels/runs-copy.ts";
import { tookSeconds } from "../../labels/run-facts.ts";
import type { RunEnd } from "../../labels/run-end.ts";
import { useRunEnd } from "../../labels/run-reason.ts";
import { useMarket } from "../../market-context.tsx";

const SIGNS: Readonly<Record<RunEnd["sign"], string>> = {
  running: "…",
  done: "✓",
  failed: "✕",
  skipped: "–",
};

/** How a run ended: a sign and a label. */
export function RunStatus(props: { end: Pick<RunEnd, "sign" | "label"> }): JSX.Element {
  return (
    <span class={`run-status run-${props.end.sign}`}>
      <span class="sign" aria-hidden="true">
        {SIGNS[props.end.sign]}
      </span>
      {props.end.label}
    </span>
  );
}

function RunRow(props: { run: RunBody }): JSX.Element {
  const { format } = useApp();
  const runs = useRunsCopy();
  const { session } = useMarket();
  /** With the year where it differs from the session's: the demo's sessions run through other years than its scans. */
  const started = (): string => format().time(props.run.started_at, props.run.as_of ?? session());
  const endOf = useRunEnd();
  const end = createMemo(() => endOf(props.run));
  const diff = (key: "born" | "moved" | "ended"): string =>
    format().integer(props.run.diff?.[key].length ?? null);
  return (
    <tr>
      <th scope="row" class="number">
        <a
          class="row-link"
          href={`/runs/${encodeURIComponent(props.run.id)}`}
          aria-label={runs().runOpen(started())}
        >
          {started()}
        </a>
      </th>
      <td class="on-wide">{runs()[`runKind_${props.run.kind}`]}</td>
      <td>
        <RunStatus end={end()} />
        <Show when={end().reason}>{(reason) => <span class="run-reason muted">{reason()}</span>}</Show>
      </td>
      <td class="number on-wide">{format().day(props.run.as_of)}</td>
      <td class="number on-wide">{format().integer(props.run.funnel?.universe ?? null)}</td>
      <td class="number strong">{format().integer(props.run.funnel?.detected ?? null)}</td>
      <td class="number">
        {diff("born")} · {diff("moved")} · {diff("ended")}
      </td>
      <td class="number on-wide">{format().seconds(tookSeconds(props.run))}</td>
    </tr>
  );
}

export function RunTable(props: { runs: readonly RunBody[] }): JSX.Element {
  const { text } = useApp();
  const runs = useRunsCopy();
  return (
    <div class="table-scroll">
      <table class="runs">
        <caption class="visually-hidden">{runs().runsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">
              {runs().runStarted} ({text().kst})
            </th>
            <th scope="col" class="on-wide">
              {runs().runKind}
            </th>
            <th scope="col">{runs().runStatus}</th>
            <th scope="col" class="number on-wide">
              {runs().runAsOf}
            </th>
            <th scope="col" class="number on-wide">
              {runs().runUniverse}
            </th>
            <th scope="col" class="number">
              {runs().runDetected}
            </th>
            <th scope="col" class="number">
              {runs().runDiff}
            </th>
            <th scope="col" class="number on-wide">
              {runs().runTook}
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.runs}>{(run) => <RunRow run={run} />}</For>
        </tbody>
      </table>
    </div>
  );
}
