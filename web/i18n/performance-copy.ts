/** The texts of the page of outcomes by language; both load with the page, because a switch of the language is rare there. */
import { enPerformance } from "./en-performance.ts";
import { koPerformance, type PerformanceCopy } from "./ko-performance.ts";
import type { Locale } from "./locale.ts";

export const PERFORMANCE_COPY: Readonly<Record<Locale, PerformanceCopy>> = {
  ko: koPerformance,
  en: enPerformance,
};
