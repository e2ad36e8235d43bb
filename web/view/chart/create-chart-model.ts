/** What the chart shows of a share: its bars by day or week, the running one, the line of strength and the marks. */
import { type Accessor, createMemo } from "solid-js";
import type { ChartBody } from "../../../worker/protocol/rest/chart.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { LivePrice } from "../../store/live-price.ts";
import type { ChosenChart } from "./create-chart-choice.ts";
import { type Mark, marksOf } from "./data/marks.ts";
import { foldLine, type RsLine, rsLine } from "./data/relative-strength.ts";
import { meanVolume, type ShownBar, type Today, todayOf } from "./data/today.ts";
import { foldWeeks, weekOf } from "./data/weeks.ts";

interface Given {
  readonly chart: ChartBody;
  readonly live: LivePrice | null;
  readonly signals: readonly SignalRow[];
  /** The signal whose base is drawn; `null` when none is. */
  readonly signal: string | null;
  readonly chosen: Pick<ChosenChart, "choice">;
}

/** One bar in words and numbers. */
export interface BarFacts {
  readonly bar: ShownBar;
  readonly isProvisional: boolean;
  /** Against the close before, a fraction. */
  readonly change: number | null;
  /** The volume over its mean of fifty days; `null` in weeks. */
  readonly volumeShare: number | null;
  readonly rs: number | null;
  readonly marks: readonly Mark[];
}

export interface ChartModel {
  /** Final bars, by day or week. */
  readonly stored: Accessor<readonly ShownBar[]>;
  /** With the running one at the end. */
  readonly shown: Accessor<readonly ShownBar[]>;
  readonly today: Accessor<Today | null>;
  /** The running bar as it is drawn; `null` when none is. */
  readonly running: Accessor<ShownBar | null>;
  readonly rs: Accessor<RsLine | null>;
  /** Latest first. */
  readonly marks: Accessor<readonly Mark[]>;
  /** The place of a day on the time axis. */
  placeOf(day: string): string;
  /** `null` for a place without a bar. */
  facts(place: string): BarFacts | null;
}

export function createChartModel(given: Given): ChartModel {
  const isWeekly = createMemo(() => given.chosen.choice().isWeekly);
  const placeOf = (day: string): string => (isWeekly() ? weekOf(day) : day);
  const stored = createMemo(() => (isWeekly() ? foldWeeks(given.chart.bars) : given.chart.bars));
  const today = createMemo(() => todayOf(given.live, given.chart.bars.at(-1) ?? null));
  const drawn = createMemo(() => (today()?.isRebased === false ? today() : null));
  const shown = createMemo((): readonly ShownBar[] => {
    const bar = drawn()?.bar;
    if (bar === undefined) {
      return stored();
    }
    return isWeekly() ? foldWeeks([...given.chart.bars, bar]) : [...stored(), bar];
  });
  const daily = createMemo(() => rsLine(given.chart.bars, given.chart.index));
  const rs = createMemo(() => {
    const line = daily();
    return line && isWeekly() ? foldLine(line, weekOf) : line;
  });
  const marks = createMemo(() => marksOf(given.chart, given.signals, given.signal));
  return {
    stored,
    shown,
    today,
    running: createMemo(() => (drawn() === null ? null : (shown().at(-1) ?? null))),
    rs,
    marks,
    placeOf,
    facts: (place) => {
      const bars = shown();
      const at = bars.findIndex(({ date }) => date === place);
      const bar = bars[at];
      if (bar === undefined) {
        return null;
      }
      const before = bars[at - 1]?.close ?? null;
      const mean = isWeekly() ? null : meanVolume(given.chart.bars, at);
      return {
        bar,
        isProvisional: drawn() !== null && at === bars.length - 1,
        change: before === null || bar.open === null ? null : bar.close / before - 1,
        volumeShare: mean === null || bar.volume === null || bar.open === null ? null : bar.volume / mean,
        rs: rs()?.points.find(({ time }) => time === place)?.value ?? null,
        marks: marks().filter(({ day }) => placeOf(day) === place),
      };
    },
  };
}
