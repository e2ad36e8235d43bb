/** What is new since the last visit and since the last scan: the first thing a returning reader asks. Counts, and the items on request. */
import { createEffect, createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { RunBody } from "../../../../worker/protocol/rest/scan-run.ts";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { createEnded } from "../../../store/signals/ended-signals.ts";
import { SINCE_TEXTS, type SinceTexts } from "../../../i18n/since-texts.ts";
import { useApp } from "../../app-context.tsx";
import { countKinds } from "../../labels/change-counts.ts";
import { type Change, changesSince } from "../../labels/change-feed.ts";
import { judgedRun } from "../../labels/run-facts.ts";
import { useMarket } from "../../market-context.tsx";
import { MissingScan } from "../runs/missing-scan.tsx";
import { ScanTime } from "../runs/scan-summary.tsx";
import { RemoteState } from "../ui/remote-state.tsx";
import { ChangeItem } from "./change-item.tsx";
import { FormingLine } from "./forming-line.tsx";
import { SinceCard } from "./since-card.tsx";

/** Items shown at first, because each requests its history. */
const FIRST = 6;

function tagOf({ kind }: Change, text: SinceTexts): string | undefined {
  return kind === "born" ? text.changeBorn : kind === "corrected" ? text.changeCorrected : undefined;
}

function Counts(props: { changes: readonly Change[] }): JSX.Element {
  const { locale } = useApp();
  const texts = (): SinceTexts => SINCE_TEXTS[locale()];
  const counts = createMemo(() => countKinds(props.changes));
  return (
    <span class="change-counts number">
      <span>{texts().changesBorn(counts().born)}</span>
      <span>{texts().changesMoved(counts().moved)}</span>
      <span>{texts().changesEnded(counts().ended)}</span>
      <Show when={counts().corrected > 0}>
        <span>{texts().changesCorrected(counts().corrected)}</span>
      </Show>
      <Show when={counts().left > 0}>
        <span class="muted">{texts().changesLeft(counts().left)}</span>
      </Show>
    </span>
  );
}

function Items(props: { changes: readonly Change[] }): JSX.Element {
  const { locale } = useApp();
  const texts = (): SinceTexts => SINCE_TEXTS[locale()];
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
          {(key) => (
            <Show when={byKey().get(key)}>
              {(change) => (
                <ChangeItem id={change().id} kind={change().kind} tag={tagOf(change(), texts())} />
              )}
            </Show>
          )}
        </For>
      </ul>
      <Show when={rest() > 0}>
        <button type="button" class="quiet" aria-expanded={isOpen()} onClick={() => setOpen(!isOpen())}>
          {isOpen() ? texts().less : texts().changesMore(rest())}
        </button>
      </Show>
    </>
  );
}

/** `onEnded` gets what has ended lately, as soon as it is known. */
export function ChangesCard(props: { onEnded: (ended: readonly SignalRow[] | null) => void }): JSX.Element {
  const { device } = useApp();
  const market = useMarket();
  /** In the list of the last visit, or in that before the last gap. */
  const before = createMemo(() => {
    const active = market.exchange.active();
    const base = active === null ? null : device.visits(active).base();
    const ofGap = market.gap()?.before;
    const rows = ofGap?.exchange === active ? ofGap.signals : [];
    return [...Object.keys(base?.states ?? {}), ...rows.map(({ id }) => id)];
  });
  const ended = createEnded(market.signals, market.status, () => before());
  createEffect(() => {
    props.onEnded(ended());
  });
  return (
    <section class="card changes-card" aria-labelledby="changes-title" aria-busy={market.status.busy()}>
      <SinceCard ended={ended()} />
      <ScanChanges />
      <FormingLine />
    </section>
  );
}

/** What the last scan has changed, and what has moved since it. */
function ScanChanges(): JSX.Element {
  const { text, locale } = useApp();
  const { status, signals } = useMarket();
  const texts = (): SinceTexts => SINCE_TEXTS[locale()];
  const [isOpen, setOpen] = createSignal(false);
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
  /** Whether nothing has changed is known with the scan and with the list, not before. */
  const none = (): string => {
    if (status.value() === null || signals.value() === null) {
      return status.busy() || signals.busy() ? text().reloading : texts().changesUnknown;
    }
    return run()?.diff ? texts().changesNone : texts().changesUnknown;
  };
  return (
    <>
      <div class="since-line">
        <h2 id="changes-title">{texts().changesTitle}</h2>
        <ScanTime status={status.value()} />
        <Show when={changes().length > 0} fallback={<p class="muted">{none()}</p>}>
          <Counts changes={changes()} />
          <button type="button" class="quiet" aria-expanded={isOpen()} onClick={() => setOpen(!isOpen())}>
            {isOpen() ? texts().less : texts().more(changes().length)}
          </button>
        </Show>
      </div>
      <RemoteState remote={status} rows={0} />
      <MissingScan status={status.value()} />
      <Show when={isOpen() && changes().length > 0}>
        <Items changes={changes()} />
      </Show>
    </>
  );
}
