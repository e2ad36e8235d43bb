/** The texts of the pages behind the outcomes in the reader's language. */
import { type Accessor, createMemo } from "solid-js";
import { OUTCOME_TEXTS, type OutcomeTexts } from "../../i18n/outcome-texts.ts";
import { useApp } from "../app-context.tsx";

export function useOutcomeTexts(): Accessor<OutcomeTexts> {
  const { locale } = useApp();
  return createMemo(() => OUTCOME_TEXTS[locale()]);
}
