/** English texts of the chart. */
import type { ChartCopy } from "./ko-chart.ts";

export const enChart: ChartCopy = {
  tools: "Chart settings",
  day: "Daily",
  week: "Weekly",
  log: "Log",
  rs: "RS line",
  rsMissing: "No index for this stock's market, so no RS line.",
  rsLine: (index) => `RS line (close ÷ ${index})`,
  rsHigh: (day, bars) => `RS line ${bars}-session high ${day}`,
  save: "Save PNG",
  saveFailed: "The image could not be created.",

  today: (clock) => `Today ${clock} · provisional`,
  provisional: "provisional",
  rebased:
    "Today's base price is far from the last close (a split, for example), so today's bar appears after the close.",
  weekMean: (weeks) => `${weeks}-week average`,
  weekFrom: (day) => `Week of ${day}`,
  volumeOfMean: "vs 50-day average",
  noTrading: "no trading",

  keys: "Chart. Left and right arrows move by a day, Page Up and Page Down by ten, Home and End go to the ends, plus and minus zoom, as does Ctrl with the wheel, Escape leaves.",

  marks: (n) => `Marks on the chart: ${n}`,
  marksMore: (n) => `${n} earlier marks are on the chart only.`,
  markSignal: (grade) => `Earlier signal ${grade}`,
  markAfter: (bars, change) => `${change} after ${bars} sessions`,
  markAction: (factor) => `Corporate action: earlier prices ×${factor}`,
  markHalt: (bars) => `No trading: ${bars} sessions`,

  chartTitle: "Chart",
  chartAsTable: "View as table",
  chartAsPicture: "View as chart",
  chartEmpty: "No daily bars to show.",
  chartLoading: "Loading the chart",
  chartBroken: "The chart cannot be shown; here is the table.",
  chartCredit: "Charts by TradingView Lightweight Charts",
  chartNow: "Now",
  mean: (bars) => `MA${bars}`,
  barDay: "Date",
  barOpen: "Open",
  barHigh: "High",
  barLow: "Low",
  barVolume: "Volume",
  barsLast: (n) => `Last ${n} sessions, newest first`,
  barsMore: "60 more sessions",
};
