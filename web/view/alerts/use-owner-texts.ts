/** The texts of the owner's alerts in the language of the page; they load with what shows them. */
import type { Accessor } from "solid-js";
import { OWNER_ALERT_TEXTS, type OwnerAlertTexts } from "../../i18n/owner-alert-texts.ts";
import { useApp } from "../app-context.tsx";

export function useOwnerAlertTexts(): Accessor<OwnerAlertTexts> {
  const { locale } = useApp();
  return () => OWNER_ALERT_TEXTS[locale()];
}
