/** English texts of the pages behind the dashboard. */
import type { koPages } from "./ko-pages.ts";

export const enPages: typeof koPages = {
  back: "Signal list",
  legendOpen: "How to read this",
  detected: "Detected",

  chartSummary: (start, n, depths, pivot, stop) =>
    `From the left-side high of ${start}: ${n} ${n === 1 ? "contraction" : "contractions"} ${depths}, pivot ${pivot}, stop ${stop}`,
  chartPlain: "Daily bars, volume, 50-, 150- and 200-day averages",
  barClose: "Close",

  unitOf: {
    percent: (n) => `${n}%`,
    times: (n) => `${n}×`,
    bars: (n) => `${n} bars`,
    sessions: (n) => `${n} sessions`,
    won: (n) => `₩${n}`,
    count: (n) => n,
  },
};
