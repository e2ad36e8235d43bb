/** How a scan ended: a sign and a label. */
import type { JSX } from "solid-js";
import type { RunBody } from "../../../../worker/protocol/rest/scan-run.ts";
import { useApp } from "../../app-context.tsx";

const SIGNS: Readonly<Record<RunBody["status"], string>> = {
  running: "…",
  done: "✓",
  failed: "✕",
  skipped: "–",
};

export function RunStatus(props: { status: RunBody["status"] }): JSX.Element {
  const { text } = useApp();
  return (
    <span class={`run-status run-${props.status}`}>
      <span class="sign" aria-hidden="true">
        {SIGNS[props.status]}
      </span>
      {text()[`run_${props.status}`]}
    </span>
  );
}
