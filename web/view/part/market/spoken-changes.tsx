/**
 * What a screen reader announces by itself: the connection when it turns, and at most every ten seconds one sentence on the
 * signals. Prices are never spoken.
 */
import {
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  lazy,
  on,
  onCleanup,
  Show,
  Suspense,
} from "solid-js";
import { SPOKEN_TEXTS } from "../../../i18n/spoken-texts.ts";
import { useApp } from "../../app-context.tsx";
import { keepFocus } from "../../keys/keep-focus.ts";
import { type ChangeCounts, changedSince, countKinds } from "../../labels/change-counts.ts";
import { firstDraw } from "../../../store/first-draw.ts";
import { useMarket } from "../../market-context.tsx";

// Only for who has a star refused.
const StarNote = lazy(async () => ({ default: (await import("../watch/star-note.tsx")).StarNote }));

// Nothing of it is there before something happens.
const AlertRegion = lazy(async () => ({
  default: (await firstDraw.behind(async () => import("../alerts/alert-region.tsx"))).AlertRegion,
}));

const SPEAK_MS = 10_000;
/** Turns of the connection that are worth a sentence; a lost one is an alert of its own. */
const TURNS = {
  stale: "connStale",
  recovered: "connRecovered",
  paused: "connPaused",
} as const;

function createSentence(): () => string {
  const { locale } = useApp();
  const { signals } = useMarket();
  const counts = createMemo(() => countKinds(signals.changes()));
  const [sentence, setSentence] = createSignal("");
  let spoken: ChangeCounts = countKinds([]);
  const timer = setInterval(() => {
    const next = counts();
    if (changedSince(spoken, next)) {
      setSentence(SPOKEN_TEXTS[locale()].changesSpoken(next.born, next.moved, next.ended));
    }
    spoken = next;
  }, SPEAK_MS);
  onCleanup(() => {
    clearInterval(timer);
  });
  return sentence;
}

export function SpokenChanges(): JSX.Element {
  const { text, device, locale } = useApp();
  const { live } = useMarket();
  const sentence = createSentence();
  // A part of every page that loads behind what is seen.
  onCleanup(keepFocus());
  const [turn, setTurn] = createSignal("");
  const state = createMemo(() => live.status().state);
  createEffect(
    on(state, (name) => {
      if (name === "reconnecting") {
        setTurn(text().connReconnecting(1));
      } else if (name === "stale" || name === "recovered" || name === "paused") {
        setTurn(text()[TURNS[name]]);
      }
    }),
  );
  return (
    <>
      <output class="visually-hidden">{turn()}</output>
      <output class="visually-hidden">{sentence()}</output>
      <Suspense>
        <AlertRegion />
      </Suspense>
      <Show when={device.stars.isFull() || !device.stars.kept.isKept()}>
        <Suspense>
          <StarNote />
        </Suspense>
      </Show>
      <Show when={state() === "offline" || state() === "refused"}>
        <p class="page-note offline-note" role="alert">
          {SPOKEN_TEXTS[locale()].connOfflineNote}
        </p>
      </Show>
      <Show when={state() === "paused"}>
        <p class="page-note paused-note">{SPOKEN_TEXTS[locale()].pausedNote}</p>
      </Show>
    </>
  );
}
