/**
 * Solid calls the function within `<Show>` or `<Match>` once, and tracks nothing that it reads: a text that it returns stays as it was
 * first, while an element or a fragment goes on.
 */

export interface FrozenText {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** What is returned, as far as its line goes. */
  readonly text: string;
}

const VIEW = /^web\/.*\.tsx$/;
/** `createComponent` and a function of the caller's return elements. */
const CHILD =
  />\s*\{\(\w+\) =>(?!\s*\(?\s*(?:<|\/\/)|\s*\{|\s*createComponent\(|\s*props\.)\s*\(?\s*(?<text>\S[^\n]*)/g;
const OPENING = /<(?<tag>Show|Match|For|Index|Key|Switch)\b/g;

/** In order of the text. */
export function findFrozenTexts(file: string, source: string): readonly FrozenText[] {
  if (!VIEW.test(file)) {
    return [];
  }
  return [...source.matchAll(CHILD)].flatMap(({ index, groups }) => {
    const before = source.slice(0, index + 1);
    const tag = [...before.matchAll(OPENING)].at(-1)?.groups?.["tag"];
    const line = source.slice(0, index).split("\n").length;
    return tag === "Show" || tag === "Match" ? [{ file, line, text: groups?.["text"] ?? "" }] : [];
  });
}

/** One line a text, `file:line` first. */
export function describeFrozenText({ file, line, text }: FrozenText): string {
  return `${file}:${line} is computed once: write (value) => <>{${text.replace(/\}(?:<.*)?$/u, "")}}</>`;
}
