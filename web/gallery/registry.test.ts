import { describe, it } from "vitest";
import { EXEMPT } from "./exempt-parts.ts";
import { PARTS } from "./registry.ts";

/** Sources by path from this folder: `../view/part/market/gate-card.tsx`. */
const SOURCES = import.meta.glob<string>(["../view/**/*.tsx", "./parts/*.tsx"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const VIEW = "../view/";
/** Folders of parts; the others are pages, and what stands round all of them. */
const PARTS_OF_A_PAGE = /^\.\.\/view\/(?:part|position|chart|flip)\//u;

const IMPORT = /(?:from|import\()\s*"(\.[^"]+\.tsx)"/gu;

/** `path` as `file` names it, from this folder. */
function resolve(file: string, path: string): string {
  const at = new URL(path, new URL(file, "file:///web/gallery/")).pathname;
  return at.startsWith("/web/gallery/")
    ? `./${at.slice("/web/gallery/".length)}`
    : `..${at.slice("/web".length)}`;
}

/** What a file imports, and what that imports. */
function importsOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
  for (const [, path = ""] of (SOURCES[file] ?? "").matchAll(IMPORT)) {
    const next = resolve(file, path);
    if (next in SOURCES && !seen.has(next)) {
      seen.add(next);
      importsOf(next, seen);
    }
  }
  return seen;
}

describe("the gallery", () => {
  it("[UI230] has every file of a part in exactly one place, or names why it has none", ({ expect }) => {
    const files = Object.keys(SOURCES)
      .filter((name) => PARTS_OF_A_PAGE.test(name))
      .map((name) => name.slice(VIEW.length));
    const named = [...PARTS.flatMap((part) => [...part.files]), ...Object.keys(EXEMPT)];
    expect(files.length).toBeGreaterThan(70);
    expect(named.toSorted()).toEqual(files.toSorted());
    expect(Object.values(EXEMPT).filter((reason) => reason.length < 20)).toEqual([]);
    const elsewhere = Object.keys(SOURCES).filter(
      (name) => name.startsWith(VIEW) && !PARTS_OF_A_PAGE.test(name) && !name.startsWith(`${VIEW}page/`),
    );
    expect(elsewhere).toEqual([`${VIEW}app-context.tsx`, `${VIEW}market-context.tsx`, `${VIEW}routes.tsx`]);
    expect(new Set(PARTS.map(({ id }) => id)).size).toBe(PARTS.length);
  });

  it("[UI230] draws what it names: the files themselves, imported by its states", ({ expect }) => {
    const drawings = Object.keys(SOURCES).filter((name) => name.startsWith("./"));
    const shown = new Set(drawings.flatMap((file) => [...importsOf(file)]));
    expect(PARTS.flatMap((part) => [...part.files]).filter((name) => !shown.has(VIEW + name))).toEqual([]);
  });
});
