/** When the first rows of a cold page have been painted: what nobody needs before that loads behind them, so that it delays none. */

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
  /** The rows are there, or nothing is left that would draw them. */
  readonly end: () => void;
}

/** `wait` runs once after so many milliseconds. */
export function makeFirstDraw(wait: (run: () => void, ms: number) => unknown): FirstDraw {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let isWaiting = false;
  const end = (): void => {
    resolve(undefined);
  };
  return {
    behind: async (load) => {
      if (!isWaiting) {
        isWaiting = true;
        wait(end, MOST_MS);
      }
      await promise;
      for (let ms = AGAIN_MS; ; ms = Math.min(2 * ms, MOST_AGAIN_MS)) {
        try {
          return await load();
        } catch (error) {
          // oxlint-disable-next-line no-console -- the page has no other log
          console.warn("part_not_loaded", error);
          await new Promise<void>((resume) => {
            wait(resume, ms);
          });
        }
      }
    },
    end,
  };
}

/** Of this page. */
export const firstDraw: FirstDraw = makeFirstDraw((run, ms) => setTimeout(run, ms));
