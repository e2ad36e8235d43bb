/** The texts of alerts in the language of the page. */
import type { Accessor } from "solid-js";
import { ALERT_PAGE_TEXTS, type AlertPageTexts } from "../../i18n/alert-page-texts.ts";
import { ALERT_TEXTS, type AlertTexts } from "../../i18n/alert-texts.ts";
import { useApp } from "../app-context.tsx";

export function useAlertTexts(): Accessor<AlertTexts> {
  const { locale } = useApp();
  return () => ALERT_TEXTS[locale()];
}

export function useAlertPageTexts(): Accessor<AlertPageTexts> {
  const { locale } = useApp();
  return () => ALERT_PAGE_TEXTS[locale()];
}
