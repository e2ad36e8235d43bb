/** The texts of a form by language; both load with the pages that show one. */
import { enForm } from "./en-form.ts";
import { type FormCopy, koForm } from "./ko-form.ts";
import type { Locale } from "./locale.ts";

export const FORM_COPY: Readonly<Record<Locale, FormCopy>> = { ko: koForm, en: enForm };
