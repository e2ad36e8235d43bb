/** What a row and a card of a list show alike: who, the state of the signal where there is one, the note, and what can be done. */
import { type JSX, Show } from "solid-js";
import { exchangeOf, profileOf } from "../../../../worker/core/instrument/exchange-profile.ts";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import type { LivePrice } from "../../../store/live-price.ts";
import { useApp } from "../../app-context.tsx";
import { createMediaMatch } from "../../environment.ts";
import { useWatchTexts } from "../../labels/watch-texts.ts";
import { liveDistance } from "../../list/row-order.ts";
import { moveBy, takeOut, type Watch } from "../../watch/create-watch.ts";
import { FormMark } from "../signals/row-marks.tsx";
import { DistanceBar, StateBadge } from "../signals/signal-marks.tsx";

/** A table of this width has room for the button that is pressed most. */
export const ROOMY = "(min-width: 1200px)";

export interface WatchRowProps {
  readonly watch: Watch;
  readonly ticker: string;
  readonly price: LivePrice | null;
  readonly tabindex: 0 | -1;
  readonly onMore: () => void;
}

/** Leads to the open signal, or to the page of the stock. */
export function WatchName(props: WatchRowProps): JSX.Element {
  const { naming, locale } = useApp();
  const texts = useWatchTexts();
  const named = () => naming(props.watch.company(props.ticker));
  const other = (): string | null => {
    const exchange = exchangeOf(props.ticker);
    return exchange === null || props.watch.isShown(props.ticker)
      ? null
      : profileOf(exchange).label[locale()];
  };
  const href = (): string => {
    const signal = props.watch.signal(props.ticker);
    return signal ? `/signals/${encodeURIComponent(signal.id)}` : `/s/${encodeURIComponent(props.ticker)}`;
  };
  const market = (): string | undefined =>
    props.watch.names.of(props.ticker)?.market ??
    (props.watch.names.value() === null ? undefined : texts().unknownName);
  return (
    <span class="signal-name">
      <a class="row-link" href={href()} tabindex={props.tabindex} title={named().title}>
        {named().name}
      </a>
      <span class="muted">
        <span class="number">{named().code}</span>{" "}
        <Show when={other()} fallback={market()}>
          {(label) => <>{texts().otherExchange(label())}</>}
        </Show>
      </span>
    </span>
  );
}

/** State and form of the open signal; that there is none only where that is known. */
export function WatchSignal(props: { signal: SignalRow | null | undefined }): JSX.Element {
  const texts = useWatchTexts();
  return (
    <Show
      when={props.signal}
      fallback={<span class="muted">{props.signal === null ? texts().noSignal : "–"}</span>}
    >
      {(signal) => (
        <span class="card-marks">
          <StateBadge state={signal().state} />
          <FormMark row={signal()} />
        </span>
      )}
    </Show>
  );
}

export function WatchDistance(props: {
  signal: SignalRow | null | undefined;
  price: LivePrice | null;
}): JSX.Element {
  const { format } = useApp();
  return (
    <Show when={props.signal} fallback={<span class="muted">–</span>}>
      {(signal) => {
        const distance = (): number => liveDistance(signal(), props.price?.price ?? null);
        return (
          <>
            <DistanceBar percent={distance()} /> <span class="away">{format().rate(distance() / 100)}</span>
          </>
        );
      }}
    </Show>
  );
}

/** Out of the list, beside the row itself. */
function TakeOut(props: WatchRowProps): JSX.Element {
  const { naming } = useApp();
  const texts = useWatchTexts();
  const name = (): string => naming(props.watch.company(props.ticker)).name;
  return (
    <button
      type="button"
      class="action small"
      tabindex={props.tabindex}
      aria-label={texts().outOf(name())}
      onClick={() => {
        takeOut(props.watch, props.ticker, texts().takenOut(name()));
        // The row is gone: the way back is the next thing that can be pressed.
        document.querySelector<HTMLElement>("output .action")?.focus();
      }}
    >
      {texts().out}
    </button>
  );
}

/** Up, down, out where there is room, and the dialog with the rest. A row that moves takes the focus of its button along. */
export function WatchActions(props: WatchRowProps & { canMove: boolean }): JSX.Element {
  const roomy = createMediaMatch(ROOMY);
  const { naming } = useApp();
  const texts = useWatchTexts();
  const name = (): string => naming(props.watch.company(props.ticker)).name;
  const move = (button: HTMLButtonElement, by: number): void => {
    moveBy(props.watch, props.ticker, by);
    button.focus();
  };
  return (
    <span class="watch-actions">
      <Show when={props.canMove}>
        <button
          type="button"
          class="action small"
          tabindex={props.tabindex}
          aria-label={texts().up(name())}
          onClick={(event) => {
            move(event.currentTarget, -1);
          }}
        >
          ↑
        </button>
        <button
          type="button"
          class="action small"
          tabindex={props.tabindex}
          aria-label={texts().down(name())}
          onClick={(event) => {
            move(event.currentTarget, 1);
          }}
        >
          ↓
        </button>
        <Show when={roomy()}>
          <TakeOut {...props} />
        </Show>
      </Show>
      <button
        type="button"
        class="action small"
        tabindex={props.tabindex}
        aria-haspopup="dialog"
        aria-label={texts().more(name())}
        onClick={() => {
          props.onMore();
        }}
      >
        ⋯
      </button>
    </span>
  );
}
