/** What stands beside a share on its pages: the calculator of its open signal, and the ways to other sites. */
import { createSignal, type JSX, lazy, Show, Suspense } from "solid-js";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import type { Exchange } from "../../../worker/core/instrument/instrument.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { TOOLS_TEXTS } from "../../i18n/tools-texts.ts";
import { isPositionOpen, keepPositionOpen } from "../../store/device/position-inputs.ts";
import { hasEnded } from "../../store/signals/has-ended.ts";
import { useApp } from "../app-context.tsx";
import { OutsideList } from "./outside-list.tsx";
import type { PositionOf } from "./position-form.tsx";
import { firstDraw } from "../../store/first-draw.ts";
import "../style/position.css";

const PositionForm = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./position-form.tsx"))).PositionForm,
}));

/** Whoever opened it once finds it open, and nobody else loads it. */
function PositionCard(props: PositionOf): JSX.Element {
  const { locale, device } = useApp();
  const [isOpen, setOpen] = createSignal(isPositionOpen(device.shelf));
  return (
    <details
      class="card position"
      open={isOpen()}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
        keepPositionOpen(device.shelf, event.currentTarget.open);
      }}
    >
      <summary>
        <h2>{TOOLS_TEXTS[locale()].position}</h2>
      </summary>
      <Show when={isOpen()}>
        <Suspense fallback={<div class="position-wait" />}>
          <PositionForm {...props} />
        </Suspense>
      </Show>
    </details>
  );
}

/** Of one share. `signal`: its open one, or `null`; an ended one has no entry to act by. */
export function ShareTools(
  props: Omit<PositionOf, "signal" | "exchange"> & { ticker: string; signal: SignalRow | null },
): JSX.Element {
  const open = (): { readonly signal: SignalRow; readonly exchange: Exchange } | null => {
    const signal = props.signal;
    const exchange = exchangeOf(props.ticker);
    return signal === null || exchange === null || hasEnded(signal) ? null : { signal, exchange };
  };
  return (
    <>
      <Show when={open()}>
        {(known) => <PositionCard {...known()} price={props.price} chart={props.chart} />}
      </Show>
      <OutsideList ticker={props.ticker} />
    </>
  );
}
