/** The list and its states: coming, empty, failed, there. What is there stays while a reload runs. */
import { type JSX, Show } from "solid-js";
import type { ScanStatus } from "../../../worker/protocol/run.ts";
import type { SignalsBody } from "../../../worker/protocol/signal-list.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { nearestFirst } from "../../store/nearest-first.ts";
import type { Remote } from "../../store/remote.ts";
import { useApp } from "../app-context.tsx";
import { createMediaMatch } from "../media-match.ts";
import { EachSignal } from "./each-signal.tsx";
import { LoadError } from "./load-error.tsx";
import { SignalCard } from "./signal-card.tsx";
import { SignalEmpty } from "./signal-empty.tsx";
import { SignalTable } from "./signal-table.tsx";
import { Skeleton } from "./skeleton.tsx";

function SignalRows(props: { rows: readonly SignalRow[] }): JSX.Element {
  const { text } = useApp();
  const wide = createMediaMatch("(min-width: 768px)");
  const cards = (): JSX.Element => (
    <ul class="signal-cards" aria-label={text().signalsCaption}>
      <EachSignal rows={props.rows}>{(row) => <SignalCard row={row()} />}</EachSignal>
    </ul>
  );
  return (
    <Show when={wide()} fallback={cards()}>
      <SignalTable rows={props.rows} />
    </Show>
  );
}

function Tally(props: { list: SignalsBody }): JSX.Element {
  const { text, format } = useApp();
  const shown = (): number => props.list.signals.length;
  return (
    <>
      <span class="count number">{text().signalsCount(format().integer(props.list.count))}</span>
      <p class="muted">
        <Show when={shown() > 0}>
          <Show when={shown() < props.list.count} fallback={text().sortedBy}>
            {text().signalsShown(format().integer(shown()), format().integer(props.list.count))}
          </Show>
          {" · "}
        </Show>
        <time datetime={props.list.generated_at}>
          {text().asOf(`${format().time(props.list.generated_at)} ${text().kst}`)}
        </time>
      </p>
    </>
  );
}

export function SignalPanel(props: { remote: Remote<SignalsBody>; status: ScanStatus | null }): JSX.Element {
  const { text } = useApp();
  const list = (): SignalsBody | null => props.remote.value();
  const rows = (): readonly SignalRow[] => nearestFirst(list()?.signals ?? []);
  return (
    <section class="card signal-panel" aria-labelledby="signals-title" aria-busy={props.remote.busy()}>
      <div class="panel-head">
        <h2 id="signals-title">{text().signalsTitle}</h2>
        <Show when={list()}>{(known) => <Tally list={known()} />}</Show>
      </div>
      <Show when={props.remote.failure()}>
        {(failure) => (
          <LoadError failure={failure()} kept={list() !== null} onRetry={() => void props.remote.reload()} />
        )}
      </Show>
      <Show when={list() === null && props.remote.busy()}>
        <Skeleton rows={8} />
      </Show>
      <Show when={rows().length > 0}>
        <SignalRows rows={rows()} />
      </Show>
      <Show when={list() !== null && rows().length === 0}>
        <SignalEmpty status={props.status} />
      </Show>
    </section>
  );
}
