/** The texts of the page of outcomes by language; both come with the page, which few open and nobody switches often. */
import { enPerformance } from "./en-performance.ts";
import { koPerformance, type PerformanceCopy } from "./ko-performance.ts";
import type { Locale } from "./locale.ts";

export const PERFORMANCE_COPY: Readonly<Record<Locale, PerformanceCopy>> = {
  ko: koPerformance,
  en: enPerformance,
};
