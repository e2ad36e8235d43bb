/** A bar of the chart in words: lines for its tooltip, and one sentence for who cannot see it. */
import type { Format } from "../../i18n/format.ts";
import type { ChartCopy } from "../../i18n/ko-chart.ts";
import type { Dictionary } from "../../i18n/ko.ts";
import type { BarFacts } from "./create-chart-model.ts";
import { markText } from "./mark-text.ts";

export interface Words {
  readonly copy: ChartCopy;
  readonly text: Dictionary;
  readonly format: Format;
}

/** Label and value; a missing value is left to the format. */
export function barLines(
  facts: BarFacts,
  { copy, text, format }: Words,
): readonly (readonly [string, string])[] {
  const { bar, change, volumeShare, rs } = facts;
  if (bar.open === null && !facts.isProvisional) {
    return [[text.barClose, `${format.price(bar.close)} · ${copy.noTrading}`]];
  }
  return [
    [copy.barOpen, format.price(bar.open)],
    [copy.barHigh, format.price(bar.high)],
    [copy.barLow, format.price(bar.low)],
    [
      facts.isProvisional ? copy.chartNow : text.barClose,
      `${format.price(bar.close)}${change === null ? "" : ` ${format.change(change)}`}`,
    ],
    [copy.barVolume, format.compact(bar.volume)],
    ...(volumeShare === null ? [] : [[copy.volumeOfMean, format.share(volumeShare)] as const]),
    ...(rs === null ? [] : [[copy.rs, format.score(rs)] as const]),
  ];
}

/** `2025-06-13`, a week by its Monday; a running bar is called provisional. */
export function barTitle(facts: BarFacts, isWeekly: boolean, { copy, format }: Words): string {
  const day = format.day(facts.bar.date);
  const name = isWeekly ? copy.weekFrom(day) : day;
  return facts.isProvisional ? `${name} · ${copy.provisional}` : name;
}

export function barSentence(facts: BarFacts, isWeekly: boolean, words: Words): string {
  const { copy, text, format } = words;
  return [
    barTitle(facts, isWeekly, words),
    ...barLines(facts, words).map(([label, value]) => `${label} ${value}`),
    ...facts.marks.map((mark) => markText(mark, copy, text, format)),
  ].join(", ");
}
