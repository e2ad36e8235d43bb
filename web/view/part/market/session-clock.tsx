/** Which time it is on the market that is shown: the demo's clock runs apart from the reader's. */
import { createMemo, type JSX, Show } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";
import { createMoment } from "../../moment.ts";

const LABELS = { open: "sessionOpen", closed: "sessionClosed", break: "sessionBreak" } as const;

export function SessionClock(): JSX.Element {
  const { text, format } = useApp();
  const { feed, indices, exchange } = useMarket();
  const now = createMoment();
  const isDemo = (): boolean => isSimulated(exchange.active());
  /** Every value of the demo carries its time; the feed's own clock is only as new as its last change of state. */
  const demoTime = createMemo((): string | null => {
    const times = [feed()?.clock ?? null, ...(indices.value()?.indices.map(({ at }) => at) ?? [])];
    return times.reduce((a, b) => (b !== null && (a === null || b > a) ? b : a), null);
  });
  const time = (): string | null => (isDemo() ? demoTime() : new Date(now()).toISOString());
  return (
    <Show when={exchange.active() !== null && time()}>
      {(iso) => (
        <div class="session">
          <span class="visually-hidden">{text().sessionClock}: </span>
          <Show when={feed()?.session}>
            {(session) => <b class={`session-${session()}`}>{text()[LABELS[session()]]}</b>}
          </Show>
          <time datetime={iso()} class="number">
            {format().time(iso())} <span class="muted">{text().kst}</span>
          </time>
          <Show when={isDemo()}>
            <span class="muted">{text().demoClock}</span>
          </Show>
        </div>
      )}
    </Show>
  );
}
