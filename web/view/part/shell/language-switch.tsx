/** Language as two visible buttons, each in its own language: whoever needs it cannot read the other one. */
import { For, type JSX } from "solid-js";
import { type Locale, LOCALES } from "../../../i18n/locale.ts";
import { useApp } from "../../app-context.tsx";

const NAMES: Readonly<Record<Locale, { short: string; full: string }>> = {
  ko: { short: "한", full: "한국어" },
  en: { short: "EN", full: "English" },
};

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
