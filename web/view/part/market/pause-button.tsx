/** Stops and starts everything that moves (WCAG 2.2.2): one press, always visible where anything does. */
import { type JSX, Show } from "solid-js";
import type { Feed } from "../../../store/feed.ts";
import type { LiveConnection } from "../../../store/live-socket.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";

/** The reader's pause of everything that moves, for the button and for the key. */
function isPaused(live: LiveConnection): boolean {
  return live.status().state === "paused";
}

/** Only closes need no pause; a paused page can always go on. */
export function canPause(live: LiveConnection, feed: Feed | null): boolean {
  return feed?.state !== "none" || isPaused(live);
}

/** Also behind a key, hence apart from the button. */
export function togglePause(live: LiveConnection): void {
  if (isPaused(live)) {
    live.resume();
  } else {
    live.pause();
  }
}

/** Two bars, and a triangle. */
const PAUSE = "M5.5 3.500v9M10.5 3.500v9";
const PLAY = "M5 3.200v9.600l7.500-4.800z";

export function PauseButton(): JSX.Element {
  const { text } = useApp();
  const { live, feed } = useMarket();
  const label = (): string => (isPaused(live) ? text().resume : text().pause);
  return (
    <Show when={canPause(live, feed())}>
      <button
        type="button"
        class="pause"
        aria-label={label()}
        title={label()}
        aria-keyshortcuts="p"
        onClick={() => {
          togglePause(live);
        }}
      >
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
          <path d={isPaused(live) ? PLAY : PAUSE} />
        </svg>
        <span class="pause-label">{label()}</span>
      </button>
    </Show>
  );
}
