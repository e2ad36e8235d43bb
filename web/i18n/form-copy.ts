/** The texts of a form by language; both load with the pages that show one. */
import type { MeasureName } from "../../worker/core/vcp/measure-names.ts";
import { MEASURE_TEXTS } from "../../worker/protocol/measure-texts.ts";
import { enForm } from "./en-form.ts";
import { type FormCopy, koForm } from "./ko-form.ts";
import type { Locale } from "./locale.ts";

export const FORM_COPY: Readonly<Record<Locale, FormCopy>> = { ko: koForm, en: enForm };

/** What a rule or a term measures. */
export function measureText(measure: MeasureName, locale: Locale): string {
  return MEASURE_TEXTS[measure][locale];
}
