/** Texts come in the reader's language only: the other one loads when it is asked for. */
import type { Dictionary } from "./ko.ts";
import type { Locale } from "./locale.ts";

const LOADERS: Readonly<Record<Locale, () => Promise<Dictionary>>> = {
  ko: async () => (await import("./ko.ts")).ko,
  en: async () => (await import("./en.ts")).en,
};

/** Rejects when the texts cannot be fetched. */
export async function loadDictionary(locale: Locale): Promise<Dictionary> {
  return LOADERS[locale]();
}
