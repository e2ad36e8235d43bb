import { describe, it } from "vitest";
import { EXEMPT, PARTS } from "./registry.ts";

/** Sources by path from this folder: `../view/part/market/gate-card.tsx`. */
const SOURCES = import.meta.glob<string>(["../view/**/*.tsx", "./parts/*.tsx"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const PART = "../view/part/";

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
      .filter((name) => name.startsWith(PART))
      .map((name) => name.slice(PART.length));
    const named = [...PARTS.flatMap((part) => [...part.files]), ...Object.keys(EXEMPT)];
    expect(files.length).toBeGreaterThan(50);
    expect(named.toSorted()).toEqual(files.toSorted());
    expect(Object.values(EXEMPT).filter((reason) => reason.length < 20)).toEqual([]);
    expect(new Set(PARTS.map(({ id }) => id)).size).toBe(PARTS.length);
  });

  it("[UI230] draws what it names: the files themselves, imported by its states", ({ expect }) => {
    const drawings = Object.keys(SOURCES).filter((name) => name.startsWith("./"));
    const shown = new Set(drawings.flatMap((file) => [...importsOf(file)]));
    expect(PARTS.flatMap((part) => [...part.files]).filter((name) => !shown.has(PART + name))).toEqual([]);
  });
});
