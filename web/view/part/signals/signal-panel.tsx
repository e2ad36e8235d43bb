/** The list in each of its states: loading, empty, failed, filled. A filled list stays while a reload runs. */
import {
  type Accessor,
  createEffect,
  type JSX,
  lazy,
  onCleanup,
  onMount,
  Show,
  Suspense,
  untrack,
} from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import type { SignalsBody } from "../../../../worker/protocol/rest/signal-list.ts";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { firstDraw } from "../../../store/first-draw.ts";
import { afterFrame } from "../../after-frame.ts";
import { useApp } from "../../app-context.tsx";
import { judgedRun } from "../../labels/run-facts.ts";
import type { LiveOrder } from "../../list/create-row-order.ts";
import type { Selection } from "../../list/create-selection.ts";
import { createListParts, type ListParts } from "../../list/list-parts.ts";
import { useMarket } from "../../market-context.tsx";
import { createMediaMatch } from "../../environment.ts";
import { LegendButton } from "./legend-button.tsx";
import { RemoteState, Skeleton } from "../ui/remote-state.tsx";
import { ListTools } from "./list-tools.tsx";

// Nothing of these is drawn before the first answer: they load beside it.
const loadRows = async () => import("./list-rows.tsx");
const FilterBar = lazy(async () => ({ default: (await loadRows()).FilterBar }));
const SignalTable = lazy(async () => ({ default: (await loadRows()).SignalTable }));
const SignalCardList = lazy(async () => ({ default: (await loadRows()).SignalCardList }));
const SortSelect = lazy(async () => ({ default: (await loadRows()).SortSelect }));
// Its place is reserved.
const ListPreview = lazy(async () => ({
  default: (await firstDraw.behind(async () => import("./list-preview.tsx"))).ListPreview,
}));

const FilterEmpty = lazy(async () => ({ default: (await import("./filter-empty.tsx")).FilterEmpty }));
const SignalEmpty = lazy(async () => ({ default: (await import("./signal-empty.tsx")).SignalEmpty }));

/** From when the values are. The demo's own clock stands in the strip; this machine's would contradict it. */
function AsOf(props: { list: SignalsBody }): JSX.Element {
  const { text, format } = useApp();
  const { feed, session } = useMarket();
  const isLive = (): boolean => feed() !== null && feed()?.state !== "none";
  return (
    <Show when={!isSimulated(props.list.exchange)}>
      <Show
        when={isLive()}
        fallback={
          <Show when={session()}>
            {(day) => (
              <time class="as-of" datetime={day()}>
                {text().closesOf(format().day(day()))}
              </time>
            )}
          </Show>
        }
      >
        <time class="as-of" datetime={props.list.generated_at}>
          {text().asOf(`${format().time(props.list.generated_at)} ${text().kst}`)}
        </time>
      </Show>
    </Show>
  );
}

function Tally(props: {
  list: SignalsBody;
  shown: number;
  order: LiveOrder;
  children: JSX.Element;
}): JSX.Element {
  const { text, format } = useApp();
  return (
    <>
      <span class="count number">
        {text().signalsShown(format().integer(props.shown), format().integer(props.list.count))}
      </span>
      <LegendButton />
      <div class="tally muted">
        <Show when={props.order.order().isOld}>
          <span>{text().resortWaiting}</span>
          <button
            type="button"
            class="action small"
            aria-keyshortcuts="s"
            onClick={() => {
              props.order.sortNow();
            }}
          >
            {text().resort}
          </button>
        </Show>
        <Show when={props.list.signals.length < props.list.count}>
          <span>
            {text().signalsLoaded(
              format().integer(props.list.signals.length),
              format().integer(props.list.count),
            )}
          </span>
        </Show>
        <AsOf list={props.list} />
        {props.children}
      </div>
    </>
  );
}

/** Where the rows come from: a list longer than what the scan detected also follows what earlier scans had found. */
function Origin(props: { count: number }): JSX.Element {
  const { text, format } = useApp();
  const { status } = useMarket();
  const detected = (): number | null => judgedRun(status.value())?.funnel?.detected ?? null;
  return (
    <Show when={(detected() ?? Infinity) <= props.count}>
      <p class="muted small-note list-origin">
        {text().signalsOrigin(
          format().integer(detected()),
          format().integer(props.count - (detected() ?? 0)),
        )}
      </p>
    </Show>
  );
}

/** The chips, and the rows that they choose. */
function Body(props: { parts: ListParts; endedCount: number | null; wide: boolean }): JSX.Element {
  // Made once for the life of the panel.
  const { open, filter, prices, order, selection, actionable, hasVisit } = untrack(() => props.parts);
  return (
    <Suspense fallback={<Skeleton rows={8} />}>
      <FilterBar
        filter={filter}
        openCount={open().length}
        actionableCount={actionable()}
        endedCount={props.endedCount}
        hasVisit={hasVisit()}
      >
        <Show when={!props.wide}>
          <ListTools filter={filter} />
        </Show>
      </FilterBar>
      <div class="list-body" classList={{ beside: selection.isOn() }}>
        <div class="list-rows">
          <Suspense fallback={<Skeleton rows={8} />}>
            <Show
              when={order.order().ids.length > 0}
              fallback={<FilterEmpty filter={filter} openCount={open().length} />}
            >
              <Show when={props.wide} fallback={<SignalCardList order={order} prices={prices} />}>
                <SignalTable order={order} prices={prices} filter={filter} selection={selection} />
              </Show>
            </Show>
            <RowsDrawn />
          </Suspense>
        </div>
        <Show when={selection.isOn()}>
          <Suspense fallback={<section class="list-preview" aria-busy="true" />}>
            <ListPreview selection={selection} />
          </Suspense>
        </Show>
      </div>
    </Suspense>
  );
}

/** Closes and opens the place beside the list, where there is room for one. */
function BesideButton(props: { selection: Selection }): JSX.Element {
  const { text, preferences } = useApp();
  return (
    <Show when={props.selection.hasRoom()}>
      <button
        type="button"
        class="quiet"
        aria-expanded={preferences.beside()}
        onClick={() => {
          preferences.setBeside(!preferences.beside());
        }}
      >
        {preferences.beside() ? text().besideClose : text().besideOpen}
      </button>
    </Show>
  );
}

/** Stands beside the rows, whose boundary runs its effects once all that it waits for is there: the first draw is over in the frame after them. */
function RowsDrawn(): null {
  onMount(() => {
    afterFrame(firstDraw.end);
  });
  return null;
}

/** Or in the frame after the reason why there are no rows. Their code loads beside the first answer. */
function endFirstDraw(hasNoRows: Accessor<boolean>): void {
  // A load that fails is seen where the part is drawn.
  loadRows().catch(firstDraw.end);
  createEffect(() => {
    if (hasNoRows()) {
      afterFrame(firstDraw.end);
    }
  });
  onCleanup(firstDraw.end);
}

/** `ended`: what has ended lately; `null` while unknown. */
export function SignalPanel(props: { ended: readonly SignalRow[] | null }): JSX.Element {
  const { text } = useApp();
  const { signals, status } = useMarket();
  const parts = createListParts(() => props.ended);
  const { open, filter, order } = parts;
  const wide = createMediaMatch("(min-width: 768px)");
  /** Of the choice: a row that is held in its place may no longer be of it, which the order states. */
  const shown = (): number => filter.filtered().rows.length;
  endFirstDraw(() => signals.failure() !== null || (signals.value() !== null && open().length === 0));
  return (
    <section class="card signal-panel" aria-labelledby="signals-title" aria-busy={signals.busy()}>
      <div class="panel-head">
        <h2 id="signals-title">{text().signalsTitle}</h2>
        <Show when={signals.value()}>
          {(known) => (
            <Tally list={known()} shown={shown()} order={order}>
              <Show when={open().length > 0}>
                <BesideButton selection={parts.selection} />
                <Suspense>
                  <Show when={wide()} fallback={<SortSelect filter={filter} />}>
                    <ListTools filter={filter} />
                  </Show>
                </Suspense>
              </Show>
            </Tally>
          )}
        </Show>
      </div>
      <RemoteState remote={signals} rows={8} />
      <Show when={open().length > 0}>
        <Body parts={parts} endedCount={props.ended?.length ?? null} wide={wide()} />
        <Origin count={signals.value()?.count ?? 0} />
      </Show>
      <Show when={signals.value() !== null && open().length === 0}>
        <Suspense>
          <SignalEmpty status={status.value()} />
        </Suspense>
      </Show>
    </section>
  );
}
