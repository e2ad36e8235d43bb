/** When the first rows of a cold page have been painted: what nobody needs before that loads behind them, so that it delays none. */
import { logPage } from "./page-log.ts";

/** Milliseconds after which what waits loads all the same: the first answer may never come. */
const MOST_MS = 8_000;
const AGAIN_MS = 1_000;
const MOST_AGAIN_MS = 60_000;

/** Once for the life of a page. */
export interface FirstDraw {
  /**
   * Loads when the first rows are there, or at once if they are already. A load that fails, as while the machine has no network, is made
   * again after a second and then at twice the interval each time, a minute at most. Never rejects.
   */
  behind<T>(load: () => Promise<T>): Promise<T>;
  /** Likewise, without waiting for the rows: what a press asks for. */
  pressed<T>(load: () => Promise<T>): Promise<T>;
  /** The rows are there, or nothing is left that would draw them. */
  readonly end: () => void;
}

/** `wait` runs once after so many milliseconds. `network` resolves once a load can succeed, and never rejects. */
export function makeFirstDraw(
  wait: (run: () => void, ms: number) => unknown,
  network: () => Promise<unknown> = async () => undefined,
): FirstDraw {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let isWaiting = false;
  const end = (): void => {
    resolve(undefined);
  };
  const pressed: FirstDraw["pressed"] = async (load) => {
    for (let ms = AGAIN_MS; ; ms = Math.min(2 * ms, MOST_AGAIN_MS)) {
      await network();
      try {
        return await load();
      } catch (error) {
        logPage("part_not_loaded", error);
        await new Promise<void>((resume) => {
          wait(resume, ms);
        });
      }
    }
  };
  return {
    behind: async (load) => {
      if (!isWaiting) {
        isWaiting = true;
        wait(end, MOST_MS);
      }
      await promise;
      return pressed(load);
    },
    pressed,
    end,
  };
}

/**
 * A browser may keep a module that it once failed to load as failed until the page is loaded anew (Chromium does): without a network
 * none is tried, unless the service worker has them all.
 */
async function untilNetwork(): Promise<void> {
  while (!navigator.onLine && !("serviceWorker" in navigator && navigator.serviceWorker.controller)) {
    await new Promise((resolve) => {
      addEventListener("online", resolve, { once: true });
    });
  }
}

/** Of this page. */
export const firstDraw: FirstDraw = makeFirstDraw((run, ms) => setTimeout(run, ms), untilNetwork);
