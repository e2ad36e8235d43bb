/** The texts of the status by language; both load with what shows them, because a switch of the language is rare there. */
import { enStatus } from "./en-status.ts";
import { koStatus, type StatusCopy } from "./ko-status.ts";
import type { Locale } from "./locale.ts";

export const STATUS_COPY: Readonly<Record<Locale, StatusCopy>> = { ko: koStatus, en: enStatus };
