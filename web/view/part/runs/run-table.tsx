/** The scans, newest first: when, how it ended, what it looked at and what it changed. */
import { createMemo, For, type JSX, Show } from "solid-js";
import type { RunBody } from "../../../../worker/protocol/rest/scan-run.ts";
import { useApp } from "../../app-context.tsx";
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
  const { text, format } = useApp();
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
          aria-label={text().runOpen(started())}
        >
          {started()}
        </a>
      </th>
      <td class="on-wide">{text()[`runKind_${props.run.kind}`]}</td>
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
  return (
    <div class="table-scroll">
      <table class="runs">
        <caption class="visually-hidden">{text().runsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">
              {text().runStarted} ({text().kst})
            </th>
            <th scope="col" class="on-wide">
              {text().runKind}
            </th>
            <th scope="col">{text().runStatus}</th>
            <th scope="col" class="number on-wide">
              {text().runAsOf}
            </th>
            <th scope="col" class="number on-wide">
              {text().runUniverse}
            </th>
            <th scope="col" class="number">
              {text().runDetected}
            </th>
            <th scope="col" class="number">
              {text().runDiff}
            </th>
            <th scope="col" class="number on-wide">
              {text().runTook}
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
