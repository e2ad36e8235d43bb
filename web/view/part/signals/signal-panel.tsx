/** The list in each of its states: loading, empty, failed, filled. A filled list stays while a reload runs. */
import { type JSX, lazy, Show, Suspense } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import type { SignalsBody } from "../../../../worker/protocol/rest/signal-list.ts";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { useApp } from "../../app-context.tsx";
import { judgedRun } from "../../labels/run-facts.ts";
import type { LiveOrder } from "../../list/create-row-order.ts";
import { createListParts } from "../../list/list-parts.ts";
import { useMarket } from "../../market-context.tsx";
import { createMediaMatch } from "../../environment.ts";
import { FilterBar } from "./filter-bar.tsx";
import { LegendButton } from "./legend-button.tsx";
import { RemoteState } from "../ui/remote-state.tsx";
import { ListTools } from "./list-tools.tsx";
import { SignalCardList } from "./signal-card-list.tsx";
import { SignalTable } from "./signal-table.tsx";
import { SortSelect } from "./sort-select.tsx";

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
                {text().closesOf(format().shortDay(day()))}
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

/** `ended`: what has ended lately; `null` while unknown. */
export function SignalPanel(props: { ended: readonly SignalRow[] | null }): JSX.Element {
  const { text } = useApp();
  const { signals, status } = useMarket();
  const { open, filter, prices, order, actionable, hasVisit } = createListParts(() => props.ended);
  const wide = createMediaMatch("(min-width: 768px)");
  const shown = (): number => order.order().ids.length;
  return (
    <section class="card signal-panel" aria-labelledby="signals-title" aria-busy={signals.busy()}>
      <div class="panel-head">
        <h2 id="signals-title">{text().signalsTitle}</h2>
        <Show when={signals.value()}>
          {(known) => (
            <Tally list={known()} shown={shown()} order={order}>
              <Show when={open().length > 0}>
                <Show when={wide()} fallback={<SortSelect filter={filter} />}>
                  <ListTools filter={filter} />
                </Show>
              </Show>
            </Tally>
          )}
        </Show>
      </div>
      <RemoteState remote={signals} rows={8} />
      <Show when={open().length > 0}>
        <FilterBar
          filter={filter}
          openCount={open().length}
          actionableCount={actionable()}
          endedCount={props.ended?.length ?? null}
          hasVisit={hasVisit()}
        >
          <Show when={!wide()}>
            <ListTools filter={filter} />
          </Show>
        </FilterBar>
        <Show
          when={shown() > 0}
          fallback={
            <Suspense>
              <FilterEmpty filter={filter} openCount={open().length} />
            </Suspense>
          }
        >
          <Show when={wide()} fallback={<SignalCardList order={order} prices={prices} />}>
            <SignalTable order={order} prices={prices} filter={filter} />
          </Show>
        </Show>
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
