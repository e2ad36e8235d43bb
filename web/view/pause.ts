/** The reader's pause of everything that moves, for the button and for the key. */
import type { LiveConnection } from "../store/live-socket.ts";

export function isPaused(live: LiveConnection): boolean {
  return live.status().state === "paused";
}

export function togglePause(live: LiveConnection): void {
  if (isPaused(live)) {
    live.resume();
  } else {
    live.pause();
  }
}
