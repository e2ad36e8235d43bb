/** The list in each of its states: loading, empty, failed, filled. A filled list stays while a reload runs. */
import { createMemo, type JSX, Show } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import type { SignalsBody } from "../../../../worker/protocol/rest/signal.ts";
import { createRealtimePrices } from "../../../store/realtime-prices.ts";
import { useApp } from "../../app-context.tsx";
import { createRowOrder, type LiveOrder } from "../../list/create-row-order.ts";
import { judgedRun } from "../../labels/run-facts.ts";
import { useMarket } from "../../market-context.tsx";
import { createMediaMatch } from "../../environment.ts";
import { createShortcuts } from "../../shortcuts.ts";
import { LegendButton } from "./legend-button.tsx";
import { RemoteState } from "../ui/remote-state.tsx";
import { SignalCardList } from "./signal-card-list.tsx";
import { SignalEmpty } from "./signal-empty.tsx";
import { SignalTable } from "./signal-table.tsx";

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

function Tally(props: { list: SignalsBody; order: LiveOrder }): JSX.Element {
  const { text, format } = useApp();
  const shown = (): number => props.list.signals.length;
  return (
    <>
      <span class="count number">{text().signalsCount(format().integer(props.list.count))}</span>
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
        <Show when={shown() > 0 && !props.order.order().isOld}>
          <span>
            <Show when={shown() < props.list.count} fallback={text().sortedBy}>
              {text().signalsShown(format().integer(shown()), format().integer(props.list.count))}
            </Show>
          </span>
        </Show>
        <AsOf list={props.list} />
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

export function SignalPanel(): JSX.Element {
  const { text, preferences } = useApp();
  const { live, exchange, signals, status } = useMarket();
  const list = (): SignalsBody | null => signals.value();
  const rows = createMemo(() => list()?.signals ?? []);
  const tickers = createMemo(() => [...new Set(rows().map(({ ticker }) => ticker))].toSorted(), [], {
    equals: (a, b) => a.join() === b.join(),
  });
  const prices = createRealtimePrices(live, exchange, () => tickers());
  const order = createRowOrder(
    () => rows(),
    (ticker) => prices.price(ticker),
  );
  const wide = createMediaMatch("(min-width: 768px)");
  createShortcuts({ s: order.sortNow }, preferences.keys);
  return (
    <section class="card signal-panel" aria-labelledby="signals-title" aria-busy={signals.busy()}>
      <div class="panel-head">
        <h2 id="signals-title">{text().signalsTitle}</h2>
        <Show when={list()}>{(known) => <Tally list={known()} order={order} />}</Show>
      </div>
      <RemoteState remote={signals} rows={8} />
      <Show when={rows().length > 0}>
        <Show when={wide()} fallback={<SignalCardList order={order} prices={prices} />}>
          <SignalTable order={order} prices={prices} />
        </Show>
        <Origin count={list()?.count ?? 0} />
      </Show>
      <Show when={list() !== null && rows().length === 0}>
        <SignalEmpty status={status.value()} />
      </Show>
    </section>
  );
}
