/**
 * A browser test that reads what the page shows once, before the page can show it, passes here and fails on a slower machine. An
 * expectation of what an element holds therefore polls; what a later state is compared with may be read into a variable before.
 */

export interface ReadOnce {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** The method that reads. */
  readonly read: string;
}

const BROWSER_TEST = /^web\/e2e\/[^/]+\.test\.ts$/;

/** The reads of Playwright: none waits for the value that is expected. */
const READS =
  "count|textContent|innerText|innerHTML|allTextContents|allInnerTexts|getAttribute|inputValue|boundingBox|title|is(?:Visible|Hidden|Checked|Disabled|Enabled|Editable)";
/** Within one statement. */
const EXPECTED_ONCE = new RegExp(
  String.raw`\bexpect(?:\.soft)?\((?:(?!\bexpect\b)[^;])*?\.(?<read>${READS})\(`,
  "g",
);
/** A variable that holds what was read, and the first expectation of it in the same test. */
const HELD_AND_EXPECTED = new RegExp(
  String.raw`\bconst (?<held>\w+) = (?!async\b)(?:(?!=>)[^;])*?\bawait\b(?:(?!=>)[^;])*?\.(?<read>${READS})\((?:(?!\n  (?:it|\}\)))[^])*?\bexpect(?:\.soft)?\([([{.\s]*\k<held>\b`,
  "g",
);

/** In order of the text: first those of one statement, then those of a variable. */
export function findReadOnce(file: string, source: string): readonly ReadOnce[] {
  if (!BROWSER_TEST.test(file)) {
    return [];
  }
  return [...source.matchAll(EXPECTED_ONCE), ...source.matchAll(HELD_AND_EXPECTED)].map(
    ({ index, groups }) => ({
      file,
      line: source.slice(0, index).split("\n").length,
      read: groups?.["read"] ?? "",
    }),
  );
}

/** One line an expectation, `file:line` first. */
export function describeReadOnce({ file, line, read }: ReadOnce): string {
  return `${file}:${line} ${read}() is read once: write expect.poll(async () => ...), or wait for a locator`;
}
