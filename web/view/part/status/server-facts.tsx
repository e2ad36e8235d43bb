/** What the server holds and leans on: bars, live prices, what waits to be published, the switch, remembered failures. */
import { For, type JSX, Show } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import type { MarketStatusBody } from "../../../../worker/protocol/rest/market-status.ts";
import { useApp } from "../../app-context.tsx";
import { FactRow } from "./fact-row.tsx";
import { useStatusCopy } from "../../labels/status-copy.ts";

type Feed = NonNullable<MarketStatusBody["feed"]>;

/** How far the last value is behind; the demo's clock runs apart and is named instead. */
function FeedState(props: { body: MarketStatusBody }): JSX.Element {
  const { format } = useApp();
  const copy = useStatusCopy();
  const lag = (clock: string): string => {
    const seconds = Math.max(0, (Date.parse(props.body.generated_at) - Date.parse(clock)) / 1_000);
    return copy().feedLag(copy().seconds(Math.round(seconds)));
  };
  return (
    <Show when={props.body.feed} fallback={copy().feedNone}>
      {(feed) => (
        <>
          {copy().feedStates[feed().state]}
          <Show when={feed().state !== "none" && feed().clock}>
            {(clock) => (
              <span class="muted number">
                {" · "}
                <Show when={isSimulated(props.body.exchange)} fallback={lag(clock())}>
                  {copy().feedClock(format().time(clock()))}
                </Show>
                <Show when={feed().coverage === undefined}>
                  {" · "}
                  {copy().feedTickers(format().integer(feed().tickers))}
                </Show>
              </span>
            )}
          </Show>
          <Show when={feed().coverage}>{(coverage) => <Coverage coverage={coverage()} />}</Show>
          <Show when={feed().machine}>
            {(machine) => (
              <span class="small-note">
                {copy()[machine().present ? "feedMachine" : "feedMachineGone"](
                  feed().source,
                  format().time(machine().at),
                )}
              </span>
            )}
          </Show>
          <Show when={feed().phase !== undefined}>
            <span class="muted small-note">{copy().feedRegular}</span>
          </Show>
        </>
      )}
    </Show>
  );
}

/** Of which shares prices come trade by trade, by turns, and not at all. */
function Coverage(props: { coverage: NonNullable<Feed["coverage"]> }): JSX.Element {
  const { format } = useApp();
  const copy = useStatusCopy();
  const count = (n: number): string => format().integer(n);
  return (
    <ul>
      <li>
        {copy().feedCoverage(
          count(props.coverage.followed),
          count(props.coverage.slots),
          count(props.coverage.polled),
          copy().seconds(props.coverage.turn_s),
        )}
      </li>
      <Show when={props.coverage.dropped > 0}>
        <li>{copy().feedDropped(count(props.coverage.dropped))}</li>
      </Show>
    </ul>
  );
}

export function ServerFacts(props: { body: MarketStatusBody }): JSX.Element {
  const { format } = useApp();
  const copy = useStatusCopy();
  const outbox = (): string => {
    const { waiting, oldest_age_s: age } = props.body.outbox;
    return waiting === 0
      ? copy().outboxNone
      : copy().outboxWaits(format().integer(waiting), copy().seconds(Math.round(age ?? 0)));
  };
  const switched = (): string => {
    const open = props.body.exchange_switch?.disagreeing ?? [];
    return open.length === 0
      ? copy().switchDone
      : copy().switchOpen(open.map(({ object }) => object).join(", "));
  };
  return (
    <section class="card last" aria-labelledby="server-title">
      <h3 id="server-title">{copy().machineTitle}</h3>
      <dl class="status-facts">
        <FactRow label={copy().feed}>
          <FeedState body={props.body} />
        </FactRow>
        <FactRow label={copy().outbox}>{outbox()}</FactRow>
        <FactRow label={copy().switched}>{switched()}</FactRow>
        <Show when={props.body.book.tickers > 0}>
          <FactRow label={copy().held}>
            {copy().heldOf(
              format().integer(props.body.book.tickers),
              format().integer(props.body.book.sessions),
              format().day(props.body.book.last_day),
            )}
          </FactRow>
        </Show>
        <FactRow label={copy().build}>
          <code>{props.body.build}</code>
        </FactRow>
        <FactRow label={copy().failures}>
          <Show when={props.body.failures.length > 0} fallback={copy().failuresNone}>
            <ul>
              <For each={props.body.failures}>
                {(failure) => (
                  <li>
                    <b>{failure.neighbour}</b>{" "}
                    <time class="number muted" datetime={failure.at}>
                      {format().time(failure.at)} {copy().kst}
                    </time>{" "}
                    <span lang="en">{failure.detail}</span>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        </FactRow>
      </dl>
    </section>
  );
}
