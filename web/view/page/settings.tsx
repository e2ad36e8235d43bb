/** Everything that a reader can choose on this device, by section. */
import { createEffect, type JSX } from "solid-js";
import { SETTINGS_TEXTS, type SettingsTexts } from "../../i18n/settings-texts.ts";
import { useApp } from "../app-context.tsx";
import { DeviceSettings } from "../part/settings/device-settings.tsx";
import { KeySettings } from "../part/settings/key-settings.tsx";
import { ColourSettings, NamingSettings, ScreenChoices } from "../part/settings/screen-settings.tsx";
import { SessionSettings } from "../part/settings/session-settings.tsx";

export function SettingsPage(): JSX.Element {
  const { text, locale } = useApp();
  const texts = (): SettingsTexts => SETTINGS_TEXTS[locale()];
  createEffect(() => {
    document.title = `${texts().title} · ${text().product}`;
  });
  return (
    <article class="settings">
      <header class="page-head">
        <div class="page-title">
          <h2>{texts().title}</h2>
        </div>
        <p class="muted">{texts().lead}</p>
      </header>
      <section class="card" id="screen" aria-labelledby="settings-screen">
        <h2 id="settings-screen">{texts().screen}</h2>
        <ScreenChoices />
        <NamingSettings />
        <ColourSettings />
      </section>
      <section class="card" id="keys" aria-labelledby="settings-keys">
        <h2 id="settings-keys">{texts().keys}</h2>
        <KeySettings />
      </section>
      <DeviceSettings />
      <SessionSettings />
    </article>
  );
}
