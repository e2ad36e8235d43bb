/** Why a signal is on the list, loaded when its row is opened: contractions, trend template, levels. */
import { type JSX, Show } from "solid-js";
import { createSignalDetail } from "../../store/signal-detail.ts";
import { ContractionTable } from "./contraction-table.tsx";
import { LoadError } from "./load-error.tsx";
import { PlanList } from "./plan-list.tsx";
import { Skeleton } from "./skeleton.tsx";
import { TemplateChecklist } from "./template-checklist.tsx";

/** `id` is fixed for the life of a panel: another signal is another panel. */
export function SignalDetailPanel(props: { id: string }): JSX.Element {
  // oxlint-disable-next-line solid/reactivity -- read once on purpose, see above
  const detail = createSignalDetail(props.id);
  return (
    <div class="signal-detail" aria-busy={detail.busy()}>
      <Show when={detail.failure()}>
        {(failure) => (
          <LoadError
            failure={failure()}
            kept={detail.value() !== null}
            onRetry={() => {
              void detail.reload();
            }}
          />
        )}
      </Show>
      <Show when={detail.value()} fallback={<Show when={detail.busy()}>{<Skeleton rows={8} />}</Show>}>
        {(known) => (
          <>
            <ContractionTable legs={known().contractions} />
            <TemplateChecklist terms={known().trend_template} />
            <PlanList detail={known()} />
          </>
        )}
      </Show>
    </div>
  );
}
