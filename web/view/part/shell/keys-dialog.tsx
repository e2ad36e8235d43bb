/** Every key, and the switch of the single ones, over any page. Loads when it is opened. */
import type { JSX } from "solid-js";
import { SETTINGS_TEXTS } from "../../../i18n/settings-texts.ts";
import { useApp } from "../../app-context.tsx";
import { KeySettings } from "../settings/key-settings.tsx";
import { Modal } from "../ui/modal.tsx";

export function KeysDialog(props: { onClose: () => void }): JSX.Element {
  const { locale } = useApp();
  return (
    <Modal
      title={SETTINGS_TEXTS[locale()].keys}
      onClose={() => {
        props.onClose();
      }}
    >
      <KeySettings />
    </Modal>
  );
}
