/** What is new since the last scan: the first thing a returning reader asks. On a phone the counts alone, until asked for. */
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { RunBody } from "../../../../worker/protocol/rest/scan-run.ts";
import { useApp } from "../../app-context.tsx";
import { type Change, changesSince, countKinds } from "../../labels/change-feed.ts";
import { useMarket } from "../../market-context.tsx";
import { createMediaMatch } from "../../media-match.ts";
import { ChangeItem } from "./change-item.tsx";
import { RemoteState } from "../ui/remote-state.tsx";
import { ScanTime } from "./scan-time.tsx";

/** Shown at first; each asks the server for its history. */
const FIRST = 6;

function Counts(props: { changes: readonly Change[] }): JSX.Element {
  const { text } = useApp();
  const counts = createMemo(() => countKinds(props.changes));
  return (
    <span class="change-counts number">
      <span>{text().changesBorn(counts().born)}</span>
      <span>{text().changesMoved(counts().moved)}</span>
      <span>{text().changesEnded(counts().ended)}</span>
      <Show when={counts().left > 0}>
        <span class="muted">{text().changesLeft(counts().left)}</span>
      </Show>
    </span>
  );
}

function Items(props: { changes: readonly Change[] }): JSX.Element {
  const { text } = useApp();
  const [isOpen, setOpen] = createSignal(false);
  const rest = (): number => props.changes.length - FIRST;
  /** A text a change: the same change keeps its item, another movement of the signal makes a new one. */
  const keys = createMemo(() =>
    (isOpen() ? props.changes : props.changes.slice(0, FIRST)).map((change) => JSON.stringify(change)),
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
  const isWide = createMediaMatch("(min-width: 768px)");
  const [isOpen, setOpen] = createSignal(isWide());
  const run = (): RunBody | null => status.value()?.last_run ?? null;
  /** Until REST has the scan that the messages named, what that scan ended must not count as ended since. */
  const isSame = (): boolean => signals.lastRunId() === null || signals.lastRunId() === run()?.id;
  const changes = createMemo(() =>
    changesSince({
      run: run(),
      rows: signals.value()?.signals ?? [],
      seen: isSame() ? signals.changes() : [],
    }),
  );
  return (
    <section class="card changes-card" aria-labelledby="changes-title" aria-busy={status.busy()}>
      <div class="panel-head">
        <h2 id="changes-title">{text().changesTitle}</h2>
        <ScanTime status={status.value()} />
      </div>
      <RemoteState remote={status} rows={0} />
      <Show when={status.value()?.overdue}>
        <p class="notice warn">{text().scanOverdue}</p>
      </Show>
      <Show
        when={changes().length > 0}
        fallback={<p class="muted">{run()?.diff ? text().changesNone : text().changesUnknown}</p>}
      >
        <details class="fold" open={isWide()} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>
            <Counts changes={changes()} />
          </summary>
          <Show when={isOpen()}>
            <Items changes={changes()} />
          </Show>
        </details>
      </Show>
    </section>
  );
}
