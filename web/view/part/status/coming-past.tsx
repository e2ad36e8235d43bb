/** On the demo: how far the past of the real market is, which the pages show once it is there. */
import { type JSX, Show } from "solid-js";
import type { ScanStatus } from "../../../../worker/protocol/rest/scan-run.ts";
import { BackfillProgress } from "./backfill-progress.tsx";

export function ComingPast(props: { status: ScanStatus | null }): JSX.Element {
  return (
    <Show when={props.status?.coming}>
      {(coming) => (
        <div class="coming-past">
          <BackfillProgress past={coming().backfill} isComing={true} />
        </div>
      )}
    </Show>
  );
}
