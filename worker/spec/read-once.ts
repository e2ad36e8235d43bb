/**
 * A browser test that reads what the page shows once, before the page can show it, passes here and fails on a slower machine. An
 * expectation of what an element holds therefore polls; what is meant as the state of one moment is read into a variable before.
 */

export interface ReadOnce {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** The method that reads. */
  readonly read: string;
}

const BROWSER_TEST = /^web\/e2e\/[^/]+\.test\.ts$/;

/** Within one statement: none of the reads of Playwright waits for the value that is expected. */
const EXPECTED_ONCE =
  /\bexpect(?:\.soft)?\((?:(?!\bexpect\b)[^;])*?\.(?<read>count|textContent|innerText|innerHTML|allTextContents|allInnerTexts|getAttribute|inputValue|boundingBox|title|is(?:Visible|Hidden|Checked|Disabled|Enabled|Editable))\(/g;

/** In order of the text. */
export function findReadOnce(file: string, source: string): readonly ReadOnce[] {
  if (!BROWSER_TEST.test(file)) {
    return [];
  }
  return [...source.matchAll(EXPECTED_ONCE)].map(({ index, groups }) => ({
    file,
    line: source.slice(0, index).split("\n").length,
    read: groups?.["read"] ?? "",
  }));
}

/** One line an expectation, `file:line` first. */
export function describeReadOnce({ file, line, read }: ReadOnce): string {
  return `${file}:${line} ${read}() is read once: write expect.poll(async () => ...), or wait for a locator`;
}
