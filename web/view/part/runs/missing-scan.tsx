/** Why the scan that would be the newest is missing: without it an old list looks like a new one. */
import { type JSX, Show } from "solid-js";
import type { RunBody } from "../../../../worker/protocol/rest/scan-run.ts";
import { useApp } from "../../app-context.tsx";
import { missingScan } from "../../labels/run-facts.ts";

/** Nothing for a scan that took place. */
export function MissingScan(props: { run: RunBody | null }): JSX.Element {
  const { text } = useApp();
  return (
    <Show when={missingScan(props.run)}>
      {(reason) => <p class="notice warn">{text().scanMissing(text().runReasonText(reason()))}</p>}
    </Show>
  );
}
