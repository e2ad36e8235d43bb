/** Language, appearance, how a company is named, and the colours of change: for the dialog of every page and for the page of all settings. */
import { createMemo, createUniqueId, For, type JSX } from "solid-js";
import { SETTINGS_TEXTS, type SettingsTexts } from "../../../i18n/settings-texts.ts";
import { type Locale, LOCALES } from "../../../i18n/locale.ts";
import { type Palette, PALETTES, type Theme, THEMES } from "../../../store/preferences.ts";
import { useApp } from "../../app-context.tsx";
import { shownName } from "../../labels/company-name.ts";
import { LanguageSwitch } from "../shell/header-controls.tsx";
import { ChangeText } from "../signals/signal-marks.tsx";

const COLOURS = { kr: "coloursKr", us: "coloursUs", safe: "coloursSafe" } as const satisfies Readonly<
  Record<Palette, string>
>;

const APPEARANCES = {
  system: "themeSystem",
  light: "themeLight",
  dark: "themeDark",
} as const satisfies Readonly<Record<Theme, string>>;

/** Every appearance as a button in words: the button of the header is a picture that names one. */
function ThemeChoice(): JSX.Element {
  const { text, preferences } = useApp();
  return (
    <fieldset class="switch theme">
      <legend class="visually-hidden">{text().theme}</legend>
      <For each={THEMES}>
        {(theme) => (
          <button
            type="button"
            aria-pressed={preferences.theme() === theme}
            onClick={() => {
              preferences.setTheme(theme);
            }}
          >
            {text()[APPEARANCES[theme]]}
          </button>
        )}
      </For>
    </fieldset>
  );
}

/** Narrow pages have no room for these two in the header. */
export function ScreenSettings(): JSX.Element {
  const { text } = useApp();
  return (
    <fieldset class="screen">
      <legend>
        {text().language} · {text().theme}
      </legend>
      <LanguageSwitch />
      <ThemeChoice />
    </fieldset>
  );
}

const LANGUAGES = { ko: "한국어", en: "English" } as const satisfies Readonly<Record<Locale, string>>;

/** The same two with every choice in words, each language in its own: where there is room for them. */
export function ScreenChoices(): JSX.Element {
  const { text, preferences } = useApp();
  const [languages, appearances] = [createUniqueId(), createUniqueId()];
  return (
    <>
      <fieldset>
        <legend>{text().language}</legend>
        <For each={LOCALES}>
          {(locale) => (
            <label lang={locale}>
              <input
                type="radio"
                name={languages}
                checked={preferences.locale() === locale}
                onChange={() => {
                  preferences.setLocale(locale);
                }}
              />
              {LANGUAGES[locale]}
            </label>
          )}
        </For>
      </fieldset>
      <fieldset>
        <legend>{text().theme}</legend>
        <For each={THEMES}>
          {(theme) => (
            <label>
              <input
                type="radio"
                name={appearances}
                checked={preferences.theme() === theme}
                onChange={() => {
                  preferences.setTheme(theme);
                }}
              />
              {text()[APPEARANCES[theme]]}
            </label>
          )}
        </For>
      </fieldset>
    </>
  );
}

/** Shown with an example, because the words alone leave the form open. */
const EXAMPLE = { ticker: "005380", name: "현대차", name_en: "Hyundai Motor" } as const;

export function NamingSettings(): JSX.Element {
  const { text, locale, preferences } = useApp();
  const texts = (): SettingsTexts => SETTINGS_TEXTS[locale()];
  const group = `naming-${createUniqueId()}`;
  return (
    <fieldset>
      <legend>{texts().naming}</legend>
      <For each={[false, true]}>
        {(isCodeFirst) => {
          const example = createMemo(() =>
            shownName(EXAMPLE, { locale: locale(), isCodeFirst, text: text() }),
          );
          return (
            <label>
              <input
                type="radio"
                name={group}
                checked={preferences.codeFirst() === isCodeFirst}
                onChange={() => {
                  preferences.setCodeFirst(isCodeFirst);
                }}
              />
              {isCodeFirst ? texts().codeFirst : texts().nameFirst}{" "}
              <span class="muted">
                {example().name} {example().code}
              </span>
            </label>
          );
        }}
      </For>
    </fieldset>
  );
}

export function ColourSettings(): JSX.Element {
  const { locale, preferences } = useApp();
  const texts = (): SettingsTexts => SETTINGS_TEXTS[locale()];
  const group = createUniqueId();
  return (
    <fieldset>
      <legend>{texts().colours}</legend>
      <For each={PALETTES}>
        {(palette) => (
          <label>
            <input
              type="radio"
              name={group}
              checked={preferences.palette() === palette}
              onChange={() => {
                preferences.setPalette(palette);
              }}
            />
            {texts()[COLOURS[palette]]}
          </label>
        )}
      </For>
      <p>
        <span class="muted">{texts().coloursSample}</span> <ChangeText value={0.0142} />{" "}
        <ChangeText value={-0.0087} />
      </p>
    </fieldset>
  );
}
