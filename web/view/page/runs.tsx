/** The page of all scans, also of those that failed or were skipped. */
import { createEffect, type JSX, on, Show, Suspense } from "solid-js";
import { createRuns } from "../../store/runs.ts";
import { createStudyStatus } from "../../store/study.ts";
import { useApp } from "../app-context.tsx";
import { useRunsCopy } from "../labels/runs-copy.ts";
import { useMarket } from "../market-context.tsx";
import { StudyProgress } from "../part/performance/study-progress.tsx";
import { ScanTime } from "../part/runs/scan-summary.tsx";
import { MissingScan } from "../part/runs/missing-scan.tsx";
import { BackfillProgress } from "../part/status/backfill-progress.tsx";
import { ComingPast } from "../part/status/coming-past.tsx";
import { RunTable } from "../part/runs/run-table.tsx";
import { RemoteState } from "../part/ui/remote-state.tsx";

export function RunsPage(): JSX.Element {
  const { text } = useApp();
  const copy = useRunsCopy();
  const { status, exchange, session } = useMarket();
  const runs = createRuns();
  const study = createStudyStatus(() => `${exchange.active()} ${session()}`);
  createEffect(() => {
    document.title = `${copy().runsTitle} · ${text().product}`;
  });
  createEffect(
    on([() => status.value()?.last_run?.id, exchange.active], () => void runs.reload(), { defer: true }),
  );
  return (
    <section class="card runs-page" aria-labelledby="runs-title" aria-busy={runs.busy()}>
      <div class="panel-head">
        <h2 id="runs-title">{copy().runsTitle}</h2>
        <ScanTime status={status.value()} />
      </div>
      <MissingScan status={status.value()} />
      <ComingPast status={status.value()} />
      <Show when={status.value()?.backfill}>
        {(past) => (
          <Suspense>
            <BackfillProgress past={past()} isComing={false} />
          </Suspense>
        )}
      </Show>
      <Show when={study.value()}>{(known) => <StudyProgress status={known()} link />}</Show>
      <RemoteState remote={runs} rows={8} />
      <Show when={runs.value()}>
        {(known) => (
          <Show
            when={known().runs.length > 0}
            fallback={
              <Show when={!status.value()?.backfill}>
                <p class="muted">{copy().runsEmpty}</p>
              </Show>
            }
          >
            <RunTable runs={known().runs} />
          </Show>
        )}
      </Show>
    </section>
  );
}
