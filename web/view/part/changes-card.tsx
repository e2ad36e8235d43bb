/** What is new since the last scan: the first thing a returning reader asks. */
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { RunBody } from "../../../worker/protocol/run.ts";
import { useApp } from "../app-context.tsx";
import { type Change, countKinds, mergeChanges } from "../change-feed.ts";
import { useMarket } from "../market-context.tsx";
import { createMediaMatch } from "../media-match.ts";
import { ChangeItem } from "./change-item.tsx";
import { LoadError } from "./load-error.tsx";
import { ScanTime } from "./scan-time.tsx";

/** Shown at first, on a wide and on a narrow screen; each asks the server for its reason. */
const FIRST = { wide: 6, narrow: 3 } as const;

function Counts(props: { changes: readonly Change[] }): JSX.Element {
  const { text } = useApp();
  const counts = createMemo(() => countKinds(props.changes));
  return (
    <p class="change-counts number">
      <span>{text().changesBorn(counts().born)}</span>
      <span>{text().changesMoved(counts().moved)}</span>
      <span>{text().changesEnded(counts().ended)}</span>
    </p>
  );
}

function Items(props: { changes: readonly Change[] }): JSX.Element {
  const { text } = useApp();
  const [isOpen, setOpen] = createSignal(false);
  const isWide = createMediaMatch("(min-width: 768px)");
  const first = (): number => (isWide() ? FIRST.wide : FIRST.narrow);
  const rest = (): number => props.changes.length - first();
  /** A text a change: the same change keeps its item, another movement of the signal makes a new one. */
  const keys = createMemo(() =>
    (isOpen() ? props.changes : props.changes.slice(0, first())).map((change) => JSON.stringify(change)),
  );
  const byKey = createMemo(() => new Map(props.changes.map((change) => [JSON.stringify(change), change])));
  return (
    <>
      <ul class="change-list">
        <For each={keys()}>
          {(key) => <Show when={byKey().get(key)}>{(change) => <ChangeItem change={change()} />}</Show>}
        </For>
      </ul>
      <Show when={rest() > 0}>
        <button type="button" class="quiet" aria-expanded={isOpen()} onClick={() => setOpen(!isOpen())}>
          {isOpen() ? text().changesLess : text().changesMore(rest())}
        </button>
      </Show>
    </>
  );
}

export function ChangesCard(): JSX.Element {
  const { text } = useApp();
  const { status, signals } = useMarket();
  const run = (): RunBody | null => status.value()?.last_run ?? null;
  const changes = createMemo(() => mergeChanges(run()?.diff ?? null, signals.changes()));
  return (
    <section class="card changes-card" aria-labelledby="changes-title" aria-busy={status.busy()}>
      <div class="panel-head">
        <h2 id="changes-title">{text().changesTitle}</h2>
        <ScanTime status={status.value()} />
      </div>
      <Show when={status.failure()}>
        {(failure) => (
          <LoadError
            failure={failure()}
            kept={status.value() !== null}
            onRetry={() => {
              void status.reload();
            }}
          />
        )}
      </Show>
      <Show when={status.value()?.overdue}>
        <p class="notice warn">{text().scanOverdue}</p>
      </Show>
      <Show
        when={changes().length > 0}
        fallback={<p class="muted">{run() === null ? text().changesUnknown : text().changesNone}</p>}
      >
        <Counts changes={changes()} />
        <Items changes={changes()} />
      </Show>
    </section>
  );
}
