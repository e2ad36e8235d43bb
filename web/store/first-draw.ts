/** When the first rows of a cold page have been painted: what nobody needs before that loads behind them, so that it delays none. */

/** Milliseconds after which what waits loads all the same: the first answer may never come. */
const MOST_MS = 8_000;

/** Once for the life of a page. */
export interface FirstDraw {
  /** Loads when the first rows are there, or at once if they are already. @throws what `load` throws. */
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
      return load();
    },
    end,
  };
}

/** Of this page. */
export const firstDraw: FirstDraw = makeFirstDraw((run, ms) => setTimeout(run, ms));
