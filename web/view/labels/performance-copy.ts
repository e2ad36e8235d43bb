/** The texts of the page of outcomes in the reader's language. */
import { type Accessor, createMemo } from "solid-js";
import type { PerformanceCopy } from "../../i18n/ko-performance.ts";
import { PERFORMANCE_COPY } from "../../i18n/performance-copy.ts";
import { useApp } from "../app-context.tsx";

/** Apart from the dictionary: only one page needs these texts. */
export function usePerformanceCopy(): Accessor<PerformanceCopy> {
  const { locale } = useApp();
  return createMemo(() => PERFORMANCE_COPY[locale()]);
}
