/** The texts of the scans in the reader's language, apart from the dictionary: the dashboard needs none of them. */
import type { Accessor } from "solid-js";
import { enRuns } from "../../i18n/en-runs.ts";
import { koRuns, type RunsCopy } from "../../i18n/ko-runs.ts";
import type { Locale } from "../../i18n/locale.ts";
import { useApp } from "../app-context.tsx";

const COPY: Readonly<Record<Locale, RunsCopy>> = { ko: koRuns, en: enRuns };

export function useRunsCopy(): Accessor<RunsCopy> {
  const { locale } = useApp();
  return () => COPY[locale()];
}
