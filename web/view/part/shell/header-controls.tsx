/** The controls of the header: buttons with a picture, the appearance, the language. */
import { For, type JSX } from "solid-js";
import { type Locale, LOCALES } from "../../../i18n/locale.ts";
import { type Theme, THEMES } from "../../../store/preferences.ts";
import { useApp } from "../../app-context.tsx";

interface Props {
  readonly label: string;
  /** Outline on a 16 x 16 grid. */
  readonly path: string;
  readonly class?: string;
  readonly busy?: boolean;
  readonly onClick: () => void;
}

/** A button that is a picture; its name is for screen readers and for the hover. */
export function IconButton(props: Props): JSX.Element {
  return (
    <button
      type="button"
      class={`icon-button ${props.class ?? ""}`}
      aria-label={props.label}
      title={props.label}
      aria-busy={props.busy}
      onClick={() => {
        props.onClick();
      }}
    >
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={props.path} />
      </svg>
    </button>
  );
}

const NAMES: Readonly<Record<Locale, { short: string; full: string }>> = {
  ko: { short: "한", full: "한국어" },
  en: { short: "EN", full: "English" },
};

/** Language as two visible buttons, each in its own language, for a reader who cannot read the other one. */
export function LanguageSwitch(): JSX.Element {
  const { text, preferences } = useApp();
  return (
    <fieldset class="switch">
      <legend class="visually-hidden">{text().language}</legend>
      <For each={LOCALES}>
        {(locale) => (
          <button
            type="button"
            lang={locale}
            title={NAMES[locale].full}
            aria-label={`${NAMES[locale].short} ${NAMES[locale].full}`}
            aria-pressed={preferences.locale() === locale}
            onClick={() => {
              preferences.setLocale(locale);
            }}
          >
            {NAMES[locale].short}
          </button>
        )}
      </For>
    </fieldset>
  );
}

const KEYS = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;

/** Outlines on a 16 x 16 grid. */
const ICONS: Readonly<Record<Theme, string>> = {
  system: "M2 3h12v8H2zM5 14h6M8 11v3",
  light:
    "M8 5a3 3 0 1 1 0 6a3 3 0 0 1 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1",
  dark: "M13.5 9.5A6 6 0 1 1 6.5 2.5A5 5 0 0 0 13.5 9.5Z",
};

/** One button that walks through system, light and dark; its picture and its name show which one holds. */
export function ThemeSwitch(): JSX.Element {
  const { text, preferences } = useApp();
  const label = (): string => `${text().theme}: ${text()[KEYS[preferences.theme()]]}`;
  const next = (): Theme => THEMES[(THEMES.indexOf(preferences.theme()) + 1) % THEMES.length] ?? "system";
  return (
    <button
      type="button"
      class="icon-button theme"
      title={label()}
      aria-label={label()}
      onClick={() => {
        preferences.setTheme(next());
      }}
    >
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={ICONS[preferences.theme()]} />
      </svg>
    </button>
  );
}
