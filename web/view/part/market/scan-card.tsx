/** What the last scan did: its session, and how many shares passed each stage. */
import { type JSX, Show } from "solid-js";
import type { RunBody, ScanStatus } from "../../../../worker/protocol/rest/scan-run.ts";
import type { Remote } from "../../../store/remote.ts";
import { useApp } from "../../app-context.tsx";
import { Funnel } from "../runs/funnel.tsx";
import { RemoteState } from "../ui/remote-state.tsx";

export function ScanCard(props: { remote: Remote<ScanStatus> }): JSX.Element {
  const { text, format } = useApp();
  const run = (): RunBody | null => props.remote.value()?.last_run ?? null;
  return (
    <section class="card scan-card" aria-labelledby="scan-title" aria-busy={props.remote.busy()}>
      <h2 id="scan-title">{text().scanTitle}</h2>
      <RemoteState remote={props.remote} rows={5} />
      <Show when={props.remote.value()?.overdue}>
        <p class="notice warn">{text().scanOverdue}</p>
      </Show>
      <Show when={run()} fallback={<Show when={props.remote.value()}>{text().scanEmpty}</Show>}>
        {(last) => (
          <>
            <p class="muted">
              {text().closesOf(format().shortDay(last().as_of))} · {text()[`run_${last().status}`]}
            </p>
            <Show
              when={last().funnel}
              fallback={<p class="muted">{text().runReasonOf(last().reason ?? "")}</p>}
            >
              {(counts) => <Funnel counts={counts()} />}
            </Show>
          </>
        )}
      </Show>
    </section>
  );
}
