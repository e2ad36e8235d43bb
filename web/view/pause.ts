/** The reader's pause of everything that moves, for the button and for the key. */
import type { Feed } from "../store/feed.ts";
import type { LiveConnection } from "../store/live-socket.ts";

export function isPaused(live: LiveConnection): boolean {
  return live.status().state === "paused";
}

/** Where only closes are shown nothing moves; a page that stands still must still be able to go on. */
export function canPause(live: LiveConnection, feed: Feed | null): boolean {
  return feed?.state !== "none" || isPaused(live);
}

export function togglePause(live: LiveConnection): void {
  if (isPaused(live)) {
    live.resume();
  } else {
    live.pause();
  }
}
