/** The texts of rules and reasons in the reader's language. */
import type { Accessor } from "solid-js";
import { RULE_COPY } from "../../i18n/rule-copy.ts";
import type { RuleCopy } from "../../i18n/rule-texts.ts";
import { useApp } from "../app-context.tsx";

/** Apart from the dictionary: no first row needs them. */
export function useRuleCopy(): Accessor<RuleCopy> {
  const { locale } = useApp();
  return () => RULE_COPY[locale()];
}
