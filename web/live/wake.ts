/** The moments at which a page may have missed something: network back, tab shown, page out of the cache, machine awake. */
import type { Clock } from "./time.ts";
import { LEAP_MS } from "./server-time.ts";

/**
 * What became of the page, its network or its machine. `awake`: no timer ran for a while. `leapt`: the machine's own clock went on
 * without the monotonic one, or was set forward.
 */
export type Wake = "online" | "offline" | "hidden" | "shown" | "awake" | "leapt";

/** The parts of a browser that are listened to. */
export interface WakeSources {
  readonly window: Pick<EventTarget, "addEventListener" | "removeEventListener">;
  readonly document: Pick<EventTarget, "addEventListener" | "removeEventListener"> & {
    readonly hidden: boolean;
  };
  readonly navigator: { readonly onLine: boolean };
}

/** Calls `onWake` with the present state first where it is not the usual one. Returns how to stop. */
export function listenForWakes(sources: WakeSources, onWake: (wake: Wake) => void): () => void {
  const { window, document, navigator } = sources;
  const stop = new AbortController();
  const onEvent = ({ type }: Event): void => {
    onWake(type === "online" || type === "offline" ? type : document.hidden ? "hidden" : "shown");
  };
  if (!navigator.onLine) {
    onWake("offline");
  }
  if (document.hidden) {
    onWake("hidden");
  }
  for (const event of ["online", "offline", "pageshow"]) {
    window.addEventListener(event, onEvent, stop);
  }
  document.addEventListener("visibilitychange", onEvent, stop);
  return () => {
    stop.abort();
  };
}

/**
 * Returns what is to be called by a timer of `everyMs` each time it runs. The sleep of a machine and the freeze of a tab are no
 * events: the timer that runs too late is the only sign, and where the monotonic clock slept too, the other clock's leap.
 */
export function watchForSleep(clock: Clock, everyMs: number): () => Wake | null {
  let [lookedAt, wallAt] = [clock.now(), clock.wall()];
  return () => {
    const passed = clock.now() - lookedAt;
    const leap = clock.wall() - wallAt - passed;
    [lookedAt, wallAt] = [clock.now(), clock.wall()];
    if (leap > LEAP_MS) {
      return "leapt";
    }
    return passed - everyMs > LEAP_MS ? "awake" : null;
  };
}
