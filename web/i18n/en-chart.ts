/** English texts of the chart. */
import type { ChartCopy } from "./ko-chart.ts";

export const enChart: ChartCopy = {
  tools: "Chart settings",
  day: "Daily",
  week: "Weekly",
  log: "Log",
  rs: "RS line",
  rsMissing: "There is no index of this stock's market, so no RS line.",
  rsLine: (index) => `RS line (close ÷ ${index})`,
  rsHigh: (day, bars) => `RS ${bars}-session high ${day}`,
  save: "Save PNG",
  saveFailed: "The picture could not be made.",

  today: (clock) => `Today ${clock} · provisional`,
  provisional: "provisional",
  rebased:
    "Today's base price is far from the last close (a split or the like), so today's bar is drawn after the close.",
  weekMean: (weeks) => `${weeks}-week mean`,
  weekFrom: (day) => `Week of ${day}`,
  volumeOfMean: "vs average day (50 d)",
  noTrading: "no trading",

  keys: "Chart. Left and right arrows choose a day, Page Up and Page Down move by ten, Home and End go to the ends, plus and minus zoom, Escape ends.",

  marks: (n) => `Marks on the chart: ${n}`,
  marksMore: (n) => `${n} earlier marks are on the chart alone.`,
  markSignal: (grade) => `Earlier signal ${grade}`,
  markAfter: (bars, change) => `${change} after ${bars} sessions`,
  markAction: (factor) => `Corporate action: earlier prices ×${factor}`,
  markHalt: (bars) => `No trading: ${bars} d`,
};
