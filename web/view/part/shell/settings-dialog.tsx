/** What is chosen often, over any page; the rest stands on the page of all settings. Loads when it is opened. */
import type { JSX } from "solid-js";
import { SETTINGS_TEXTS } from "../../../i18n/settings-texts.ts";
import { useApp } from "../../app-context.tsx";
import { KeySettings } from "../settings/key-settings.tsx";
import { ColourSettings, NamingSettings, ScreenSettings } from "../settings/screen-settings.tsx";
import { SessionSettings } from "../settings/session-settings.tsx";
import { Modal } from "../ui/modal.tsx";

export function SettingsDialog(props: { onClose: () => void }): JSX.Element {
  const { text, locale } = useApp();
  return (
    <Modal
      title={text().settings}
      onClose={() => {
        props.onClose();
      }}
    >
      <ScreenSettings />
      <NamingSettings />
      <ColourSettings />
      <KeySettings />
      <SessionSettings />
      <a
        href="/settings"
        onClick={() => {
          props.onClose();
        }}
      >
        {SETTINGS_TEXTS[locale()].all}
      </a>
    </Modal>
  );
}
