/** The texts of the chart in the reader's language, apart from the dictionary: the dashboard needs none of them. */
import { type Accessor, createMemo } from "solid-js";
import { enChart } from "../../i18n/en-chart.ts";
import { type ChartCopy, koChart } from "../../i18n/ko-chart.ts";
import type { Locale } from "../../i18n/locale.ts";
import { useApp } from "../app-context.tsx";

const COPY: Readonly<Record<Locale, ChartCopy>> = { ko: koChart, en: enChart };

export function useChartCopy(): Accessor<ChartCopy> {
  const { locale } = useApp();
  return createMemo(() => COPY[locale()]);
}
