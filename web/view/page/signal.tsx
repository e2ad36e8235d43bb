/** The page of one signal: the way back to the list, the ways to the signals beside it, and all that is shown of it. */
import { useLocation, useNavigate, useParams } from "@solidjs/router";
import { type Accessor, createEffect, createSignal, type JSX, Show } from "solid-js";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import { PAGE_TEXTS } from "../../i18n/page-texts.ts";
import { useApp } from "../app-context.tsx";
import { createLiveDetail } from "../flip/create-live-detail.ts";
import { createNamedList, createPageFlip } from "../flip/create-page-flip.ts";
import { createReady } from "../flip/create-ready.ts";
import { createSwipe } from "../flip/create-swipe.ts";
import { createAhead, useFreshAnswers } from "../flip/fetch-ahead.ts";
import { FlipBar } from "../flip/flip-bar.tsx";
import { isStep } from "../flip/flip-list.ts";
import type { Flip } from "../flip/flip-place.ts";
import { createRemotePerKey } from "../flip/per-key.ts";
import { createShortcuts } from "../keys/shortcuts.ts";
import { SignalParts } from "../part/signal/signal-parts.tsx";
import { RemotePage } from "../part/ui/remote-page.tsx";

/** An id begins with its ticker: `005930.20250128.20250415`. */
function tickerOf(id: string): string {
  return id.split(".")[0] ?? "";
}

function SignalView(props: { id: string }): JSX.Element {
  const { text, naming, device, preferences, locale } = useApp();
  const list = createNamedList();
  const detail = createRemotePerKey(() => props.id, createLiveDetail);
  const star = (): boolean => device.stars.toggle(detail.value()?.ticker ?? tickerOf(props.id));
  createShortcuts({ w: star }, preferences.keys);
  createEffect(() => {
    const known = detail.value();
    document.title = known ? `${naming(known).name} · ${text().product}` : text().product;
  });
  return (
    <RemotePage
      remote={detail}
      class="signal-page"
      back={{ href: `/${list()}`, label: text().back }}
      gone={PAGE_TEXTS[locale()].signalGone}
      owner={exchangeOf(tickerOf(props.id))}
    >
      {(known) => <SignalParts detail={known()} />}
    </RemotePage>
  );
}

/** The keys and the finger of a page that is flipped. */
function useFlipping(flip: Flip, element: Accessor<HTMLElement | undefined>): void {
  const { preferences } = useApp();
  const navigate = useNavigate();
  const list = createNamedList();
  createShortcuts(
    {
      "[": () => flip.step(-1),
      "]": () => flip.step(1),
      Space: () => flip.step(1),
      Escape: () => {
        navigate(`/${list()}`);
      },
    },
    preferences.keys,
  );
  createSwipe(element, flip.step);
}

export function SignalPage(): JSX.Element {
  const params = useParams();
  const id = (): string | null => params["id"] ?? null;
  useFreshAnswers();
  const flip = createPageFlip(id);
  const [element, setElement] = createSignal<HTMLElement>();
  useFlipping(flip, element);
  createAhead(flip.ids, flip.id, () => true);
  const location = useLocation();
  const ready = createReady(id, () => isStep(location.state));
  return (
    <div class="flip-page" ref={setElement}>
      <Show when={flip.place().count > 0}>
        <FlipBar flip={flip} />
      </Show>
      <Show when={ready()}>{(shown) => <SignalView id={shown()} />}</Show>
    </div>
  );
}
