/** The notes of every page: that the demo is not real, that closes are old, what the page is not. */
import { createMemo, type JSX, Show } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import type { ScanStatus } from "../../../../worker/protocol/rest/scan-run.ts";
import { useApp } from "../../app-context.tsx";
import { closeAge, isDerivedDay } from "../../labels/ages.ts";
import { useMarket } from "../../market-context.tsx";

/** States on every screen of the demo that nothing in it is real. */
export function ExchangeRibbon(props: { exchange: ScanStatus["exchange"] | null }): JSX.Element {
  const { text } = useApp();
  return (
    <Show when={isSimulated(props.exchange)}>
      <aside class="ribbon" aria-label={text().exchange}>
        {text().demoRibbon}
      </aside>
    </Show>
  );
}

/** A note where a real market's last session is long past, with the way to the reason. The demo has a calendar of its own. */
export function OldCloses(): JSX.Element {
  const { text, format } = useApp();
  const { exchange, session, live } = useMarket();
  const age = createMemo((): number | null => {
    const [day, active, now] = [session(), exchange.active(), live.serverTime()];
    const isKnown = day !== null && active !== null && now !== null;
    return isKnown && !isSimulated(active) ? closeAge(day, now) : null;
  });
  return (
    <Show when={age()}>
      {(days) => (
        <p class="old-note">
          <b>{text().oldCloses(format().day(session()), format().integer(days()))}</b>{" "}
          <a href="/status">{text().navStatus}</a>
        </p>
      )}
    </Show>
  );
}

/** What this page is not, and where its numbers come from. */
export function PageFooter(props: { exchange: ScanStatus["exchange"] | null }): JSX.Element {
  const { text, locale } = useApp();
  const { live } = useMarket();
  const isDerived = createMemo(() => {
    const now = live.serverTime();
    return now !== null && isDerivedDay(now);
  });
  return (
    <footer class="page-footer">
      <p>{text().notAdvice}</p>
      <p>
        <Show when={props.exchange}>
          {(exchange) => <span>{isSimulated(exchange()) ? text().sourceDemo : text().sourceKrx}</span>}
        </Show>
        <a href="/archive">{text().navArchive}</a> <a href="/methodology">{text().navMethod}</a>{" "}
        <a href="/status">{text().navStatus}</a> <a href="/settings">{text().settings}</a>{" "}
        <a href="/docs" rel="external">
          API
        </a>{" "}
        <a href={`/feed.xml?lang=${locale()}`} rel="external">
          Atom
        </a>
      </p>
      <Show when={props.exchange !== null && !isSimulated(props.exchange) && isDerived()}>
        <p>{text().derivedHolidays}</p>
      </Show>
    </footer>
  );
}
