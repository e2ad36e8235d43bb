/** What is new since the last scan: the first thing a returning reader asks. On a phone the counts alone, until asked for. */
import { createMemo, createSignal, For, type JSX, Show, untrack } from "solid-js";
import type { RunBody } from "../../../../worker/protocol/rest/scan-run.ts";
import type { SignalEventBody } from "../../../../worker/protocol/rest/signal.ts";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { createSignalDetail, createSignalEvents } from "../../../store/signals/signal-detail.ts";
import { useApp } from "../../app-context.tsx";
import { createMediaMatch } from "../../environment.ts";
import { type Change, changesSince, countKinds, tickerOf } from "../../labels/change-feed.ts";
import { judgedRun } from "../../labels/run-facts.ts";
import { useMarket } from "../../market-context.tsx";
import { ScanTime } from "../runs/scan-summary.tsx";
import { StateBadge } from "../signals/signal-marks.tsx";
import { MissingScan } from "../runs/missing-scan.tsx";
import { RemoteState } from "../ui/remote-state.tsx";

/** The last event that counts and led to another state; a revised pattern or another flag is none. */
function lastMove(events: readonly SignalEventBody[]): SignalEventBody | null {
  return events.findLast(({ from, to, superseded_by: by }) => by === null && from !== to) ?? null;
}

/** `change` is fixed for the life of an item: another movement of the signal is another item. */
function ChangeItem(props: { change: Change }): JSX.Element {
  const { text, naming } = useApp();
  const { signals } = useMarket();
  const { id } = untrack(() => props.change);
  const listed = createMemo(
    (): SignalRow | null => signals.value()?.signals.find((one) => one.id === id) ?? null,
  );
  const events = createSignalEvents(id);
  // For the name of a signal that is on no list.
  const detail = untrack(listed) === null ? createSignalDetail(id) : null;
  const name = createMemo(() => naming(listed() ?? detail?.value() ?? { name: tickerOf(id) }));
  const move = createMemo(() => lastMove(events.value()?.events ?? []));
  const state = (): SignalRow["state"] | null => move()?.to ?? listed()?.state ?? null;
  return (
    <li class={`change-item change-${props.change.kind}`}>
      <a href={`/signals/${encodeURIComponent(id)}`} title={name().title}>
        {name().name}
      </a>
      <span class="change-states">
        <Show when={props.change.kind === "born"}>
          <b class="tag">{text().changeBorn}</b>
        </Show>
        <Show when={props.change.kind === "corrected"}>
          <b class="tag">{text().changeCorrected}</b>
        </Show>
        <Show when={move()?.from}>
          {(before) => (
            <>
              <span class="muted">{text()[`state${before()}`]}</span>
              <span aria-hidden="true" class="muted">
                →
              </span>
            </>
          )}
        </Show>
        <Show when={state()} fallback={<span class="muted">{text().changeEnded}</span>}>
          {(known) => <StateBadge state={known()} />}
        </Show>
      </span>
      <span class="change-reason muted">
        <Show when={move()}>{(known) => text().reasonText(known().reason)}</Show>
      </span>
    </li>
  );
}

/** Items shown at first, because each requests its history. */
const FIRST = 6;

function Counts(props: { changes: readonly Change[] }): JSX.Element {
  const { text } = useApp();
  const counts = createMemo(() => countKinds(props.changes));
  return (
    <span class="change-counts number">
      <span>{text().changesBorn(counts().born)}</span>
      <span>{text().changesMoved(counts().moved)}</span>
      <span>{text().changesEnded(counts().ended)}</span>
      <Show when={counts().corrected > 0}>
        <span>{text().changesCorrected(counts().corrected)}</span>
      </Show>
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
  /** One key a change: the same change keeps its item, another movement of the signal makes a new one. */
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
  const run = (): RunBody | null => judgedRun(status.value());
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
      <MissingScan status={status.value()} />
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
