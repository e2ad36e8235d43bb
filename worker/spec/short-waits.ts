/** Vitest's own waits give up after a second where nothing else is named, which is shorter than a slow machine takes. */

export interface ShortWait {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
}

/** Where it is named how long: one place for tests, and one for the stubs of the page, which may not see it. */
const PATIENT = "worker/testing/eventually.ts";
const OF_STUBS = "web/e2e/stub-topics.ts";
const WAIT = /\bvi\s*\.wait(?:For|Until)\(/g;

/** In order of the text. */
export function findShortWaits(file: string, source: string): readonly ShortWait[] {
  if (file === PATIENT || file === OF_STUBS) {
    return [];
  }
  return [...source.matchAll(WAIT)].map(({ index }) => ({
    file,
    line: source.slice(0, index).split("\n").length,
  }));
}

/** One line a wait, `file:line` first. */
export function describeShortWait({ file, line }: ShortWait): string {
  return `${file}:${line} may give up after a second: write eventually(() => ...) of ${PATIENT}`;
}
