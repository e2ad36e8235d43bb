import { describe, it } from "vitest";

type Module = Readonly<Record<string, unknown>>;

/** Every file of texts, by its name: one of each language, or one with both. */
const FILES = import.meta.glob<Module>(["./*.ts", "!./*.test.ts"], { eager: true });

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

interface Pair {
  readonly name: string;
  readonly ko: unknown;
  readonly en: unknown;
}

/** Texts of the two languages beside each other: `ko-list.ts` and `en-list.ts`, or `{ ko, en }`. */
const PAIRS: readonly Pair[] = Object.entries(FILES).flatMap(([file, exports]): readonly Pair[] => {
  const english = FILES[file.replace(/^\.\/ko/u, "./en")];
  if (/^\.\/ko(?:-[a-z]+)?\.ts$/u.test(file)) {
    return [{ name: file, ko: Object.values(exports), en: Object.values(english ?? {}) }];
  }
  return Object.entries(exports).flatMap(([name, both]) =>
    isObject(both) && "ko" in both && "en" in both
      ? [{ name: `${file} ${name}`, ko: both["ko"], en: both["en"] }]
      : [],
  );
});

/** A value that a text shows in its own way; each parameter has another. */
const GIVEN = ["71", "72", "73", "74", "75"] as const;

/** Which of its parameters a text shows; `null` for one that takes other things than texts and numbers. */
function shownBy(text: (...given: readonly unknown[]) => unknown): readonly number[] | null {
  try {
    const shown = JSON.stringify(text(...GIVEN));
    return GIVEN.flatMap((given, i) => (shown.includes(given) ? [i] : []));
  } catch {
    // Expected of a text that takes a problem, or a list.
    return null;
  }
}

type Text = (...given: readonly unknown[]) => unknown;

function isText(value: unknown): value is Text {
  return typeof value === "function";
}

/** Where one language has another shape than the other. */
function differences(at: string, ko: unknown, en: unknown): readonly string[] {
  if (isText(ko) && isText(en)) {
    const [inKorean, inEnglish] = [shownBy(ko), shownBy(en)];
    return ko.length === en.length && JSON.stringify(inKorean) === JSON.stringify(inEnglish)
      ? []
      : [`${at} takes ${ko.length} and ${en.length}, shows ${String(inKorean)} and ${String(inEnglish)}`];
  }
  if (isObject(ko) && isObject(en)) {
    const keys = [...new Set([...Object.keys(ko), ...Object.keys(en)])];
    return keys.flatMap((key) => differences(`${at} ${key}`, ko[key], en[key]));
  }
  return typeof ko === typeof en && ko !== "" && en !== "" ? [] : [`${at}: ${typeof ko} and ${typeof en}`];
}

describe("every text", () => {
  it("[UI234] is in both languages, with the same parameters, which it shows in both", ({ expect }) => {
    expect(PAIRS.length).toBeGreaterThan(15);
    const counted = (n: unknown): string => `${String(n)} 건`;
    expect(differences("a", { a: counted }, { a: (): string => "some" })).toEqual([
      "a a takes 1 and 0, shows 0 and ",
    ]);
    expect(differences("a", { a: "가", b: "나" }, { a: "" })).toHaveLength(2);
    expect(PAIRS.flatMap(({ name, ko, en }) => differences(name, ko, en))).toEqual([]);
  });
});
