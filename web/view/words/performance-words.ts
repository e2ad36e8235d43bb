/** The texts of the page of outcomes in the reader's language. */
import { type Accessor, createMemo } from "solid-js";
import type { PerformanceWords } from "../../i18n/ko-performance.ts";
import { PERFORMANCE_WORDS } from "../../i18n/performance-words.ts";
import { useApp } from "../app-context.tsx";

export function usePerformanceWords(): Accessor<PerformanceWords> {
  const { locale } = useApp();
  return createMemo(() => PERFORMANCE_WORDS[locale()]);
}
