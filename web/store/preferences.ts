/** What a visitor chose for this browser: language and appearance. No account; a browser without storage keeps it for the visit. */
import { type Accessor, createSignal } from "solid-js";
import { chooseLocale, type Locale } from "../i18n/locale.ts";

export type Theme = "system" | "light" | "dark";

export const THEMES: readonly Theme[] = ["system", "light", "dark"];

export interface Preferences {
  readonly locale: Accessor<Locale>;
  setLocale(locale: Locale): void;
  readonly theme: Accessor<Theme>;
  setTheme(theme: Theme): void;
}

/** The part of `localStorage` that is used. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const LOCALE_KEY = "vcp.locale";
const THEME_KEY = "vcp.theme";

/** Private windows and full disks throw: a choice that cannot be kept still holds for this visit. */
function read(shelf: Shelf, key: string): string | null {
  try {
    return shelf.getItem(key);
  } catch {
    return null;
  }
}

function write(shelf: Shelf, key: string, value: string): void {
  try {
    shelf.setItem(key, value);
  } catch {
    // See `read`.
  }
}

function parseTheme(text: string | null): Theme {
  return THEMES.find((theme) => theme === text) ?? "system";
}

/** `languages` as `navigator.languages` has them. */
export function createPreferences(shelf: Shelf, languages: readonly string[]): Preferences {
  const [locale, setLocale] = createSignal(chooseLocale(read(shelf, LOCALE_KEY), languages));
  const [theme, setTheme] = createSignal(parseTheme(read(shelf, THEME_KEY)));
  return {
    locale,
    setLocale: (next) => {
      write(shelf, LOCALE_KEY, next);
      setLocale(next);
    },
    theme,
    setTheme: (next) => {
      write(shelf, THEME_KEY, next);
      setTheme(next);
    },
  };
}
