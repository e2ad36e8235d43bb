/** What a visitor chose for this browser: language, appearance, codes, keys. No account; a browser without storage keeps it for the visit. */
import { type Accessor, createSignal } from "solid-js";
import { chooseLocale, type Locale } from "../i18n/locale.ts";
import { readShelf, type Shelf, writeShelf } from "./device/shelf.ts";

/** `system` follows the device. */
export type Theme = "system" | "light" | "dark";

/** In the order of the menu. */
export const THEMES: readonly Theme[] = ["system", "light", "dark"];

/** Which colour means up: Korea's red, the red of a fall in the US, or a pair for every eye. */
export type Palette = "kr" | "us" | "safe";

/** In the order of the menu. */
export const PALETTES: readonly Palette[] = ["kr", "us", "safe"];

/** Reactive; a setter stores at once, and a storage that refuses is survived. */
export interface Preferences {
  readonly locale: Accessor<Locale>;
  setLocale(locale: Locale): void;
  readonly theme: Accessor<Theme>;
  setTheme(theme: Theme): void;
  readonly palette: Accessor<Palette>;
  setPalette(palette: Palette): void;
  /** Whether a company is called by its code before its name. */
  readonly codeFirst: Accessor<boolean>;
  setCodeFirst(on: boolean): void;
  /** Whether single-character shortcuts act (WCAG 2.1.4). */
  readonly keys: Accessor<boolean>;
  setKeys(on: boolean): void;
  /** Whether a signal stands beside the list where there is room. */
  readonly beside: Accessor<boolean>;
  setBeside(on: boolean): void;
}

const LOCALE_KEY = "vcp.locale";
const THEME_KEY = "vcp.theme";
const PALETTE_KEY = "vcp.palette";
const KEYS_KEY = "vcp.keys";
const CODE_KEY = "vcp.code-first";
const BESIDE_KEY = "vcp.beside";

/** A signal whose value is stored: `parse` takes any text, because anybody can write into the storage. */
function createKept<T>(
  shelf: Shelf,
  key: string,
  parse: (text: string | null) => T,
): readonly [Accessor<T>, (next: T) => void] {
  const [value, setValue] = createSignal<T>(parse(readShelf(shelf, key)));
  return [
    value,
    (next) => {
      writeShelf(shelf, key, String(next));
      setValue(() => next);
    },
  ];
}

/** `languages` as `navigator.languages` has them. */
export function createPreferences(shelf: Shelf, languages: readonly string[]): Preferences {
  const [locale, setLocale] = createKept(shelf, LOCALE_KEY, (text) => chooseLocale(text, languages));
  const [theme, setTheme] = createKept(
    shelf,
    THEME_KEY,
    (text) => THEMES.find((one) => one === text) ?? "system",
  );
  const [palette, setPalette] = createKept(
    shelf,
    PALETTE_KEY,
    (text) => PALETTES.find((one) => one === text) ?? "kr",
  );
  const [keys, setKeys] = createKept(shelf, KEYS_KEY, (text) => text !== "false");
  const [codeFirst, setCodeFirst] = createKept(shelf, CODE_KEY, (text) => text === "true");
  const [beside, setBeside] = createKept(shelf, BESIDE_KEY, (text) => text !== "false");
  return {
    locale,
    setLocale,
    theme,
    setTheme,
    palette,
    setPalette,
    codeFirst,
    setCodeFirst,
    keys,
    setKeys,
    beside,
    setBeside,
  };
}
