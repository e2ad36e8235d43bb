/** Which language a visitor reads: the stored choice, else the browser's first known one, else Korean. */
import type { Dictionary } from "./ko.ts";

const LOADERS: Readonly<Record<Locale, () => Promise<Dictionary>>> = {
  ko: async () => (await import("./ko.ts")).ko,
  en: async () => (await import("./en.ts")).en,
};

/** Rejects when the texts cannot be fetched. */
export async function loadDictionary(locale: Locale): Promise<Dictionary> {
  return LOADERS[locale]();
}

export type Locale = "ko" | "en";

export const LOCALES: readonly Locale[] = ["ko", "en"];

/** BCP 47 tag for `Intl`. */
export const TAGS: Readonly<Record<Locale, string>> = { ko: "ko-KR", en: "en-US" };

/** Accepts `ko`, `en` and tags that begin with them; `null` for any other language. */
export function parseLocale(text: string | null): Locale | null {
  const language = text?.toLowerCase().split(/[-_]/)[0];
  return LOCALES.find((locale) => locale === language) ?? null;
}

/** `languages` in the order of the visitor's preference. */
export function chooseLocale(stored: string | null, languages: readonly string[]): Locale {
  const first = languages.map((tag) => parseLocale(tag)).find((locale) => locale !== null);
  return parseLocale(stored) ?? first ?? "ko";
}
