/** The texts of a form in the reader's language. */
import { type Accessor, createMemo } from "solid-js";
import { FORM_COPY } from "../../i18n/form-copy.ts";
import type { FormCopy } from "../../i18n/ko-form.ts";
import { useApp } from "../app-context.tsx";

/** Apart from the dictionary: the dashboard needs none of these texts. */
export function useFormCopy(): Accessor<FormCopy> {
  const { locale } = useApp();
  return createMemo(() => FORM_COPY[locale()]);
}
