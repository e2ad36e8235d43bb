/** Where the market stands and whether that is live: both indices, the market's clock, the connection, the pause. */
import { createMemo, For, type JSX, Show } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import type { IndexValue } from "../../../store/indices.ts";
import { storedAt } from "../../../store/stored-state.ts";
import { useApp } from "../../app-context.tsx";
import { connectionText } from "../../labels/connection-text.ts";
import { fractionOf } from "../../list/row-order.ts";
import { useMarket } from "../../market-context.tsx";
import { OldCloses } from "../shell/page-notes.tsx";
import { ChangeText } from "../signals/signal-marks.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { PauseButton } from "./pause-button.tsx";

const LABELS = { open: "sessionOpen", closed: "sessionClosed", break: "sessionBreak" } as const;

/** Which time it is on the market that is shown, by the server's clock; the demo's runs apart. None while it is uncertain. */
function SessionClock(): JSX.Element {
  const { text, format } = useApp();
  const { live, feed, indices, exchange } = useMarket();
  const isDemo = (): boolean => isSimulated(exchange.active());
  /** Every value of the demo carries its time; the feed's own clock is only as new as its last change of state. */
  const demoTime = createMemo((): string | null => {
    const times = [feed()?.clock ?? null, ...(indices.value()?.indices.map(({ at }) => at) ?? [])];
    return times.reduce((a, b) => (b !== null && (a === null || b > a) ? b : a), null);
  });
  /** A real exchange has auctions and an after-market, whose prices are not those of its session. */
  const label = (session: keyof typeof LABELS): string => {
    const phase = feed()?.phase;
    return phase === undefined ? text()[LABELS[session]] : text().sessionPhases[phase];
  };
  /** What the connection names beside it stands once. */
  const badge = createMemo(
    () => connectionText({ status: live.status(), feed: feed(), now: live.now(), text: text() }).label,
  );
  const shown = createMemo((): keyof typeof LABELS | null => {
    const session = feed()?.session ?? null;
    return session === null || label(session) === badge() ? null : session;
  });
  const realTime = (): string | null => {
    const at = live.serverTime();
    return at === null ? null : new Date(at).toISOString();
  };
  const time = (): string | null => (isDemo() ? demoTime() : realTime());
  return (
    <Show when={exchange.active() !== null && storedAt() === null && time()}>
      {(iso) => (
        <div class="session">
          <span class="visually-hidden">{text().sessionClock}: </span>
          <Show when={shown()}>{(session) => <b title={label(session())}>{label(session())}</b>}</Show>
          <time datetime={iso()} class="number">
            {format().time(iso())} <span class="muted">{text().kst}</span>
          </time>
          <Show when={isDemo()}>
            <span class="muted" title={text().demoClock}>
              {text().demoClock}
            </span>
          </Show>
        </div>
      )}
    </Show>
  );
}

function IndexItem(props: { quote: IndexValue }): JSX.Element {
  const { text, format } = useApp();
  return (
    <li>
      <span class="label">{props.quote.code}</span>
      <b class="number">{format().index(props.quote.index)}</b>
      <ChangeText value={fractionOf(props.quote.change_rate)} />
      {/* A live value is as old as the badge states; a close names its day. */}
      <Show when={props.quote.at === null}>
        <span class="muted as-of number">{text().closeOf(format().day(props.quote.as_of))}</span>
      </Show>
    </li>
  );
}

export function MarketStrip(): JSX.Element {
  const { text } = useApp();
  const { indices } = useMarket();
  const missing = (): string => {
    if (indices.value() !== null) {
      return text().indexMissing;
    }
    return indices.failure() ? text().indexFailed : text().reloading;
  };
  return (
    <section class="strip" aria-label={text().marketNow}>
      <ul class="indices">
        <For each={indices.value()?.indices} fallback={<li class="muted">{missing()}</li>}>
          {(quote) => <IndexItem quote={quote} />}
        </For>
      </ul>
      <div class="live-state">
        <SessionClock />
        <ConnectionBadge />
        <PauseButton />
        <OldCloses />
      </div>
    </section>
  );
}
