/** The states of whole pages in the gallery, as the registry has them. */

/** `filled` is the usual answer, `gone` an address of nothing. */
export const PAGE_STATES = [
  {
    id: "page-signal",
    title: "Page of a signal",
    files: [],
    states: ["filled", "loading", "failed", "gone"],
  },
  { id: "page-stock", title: "Page of a stock", files: [], states: ["filled", "loading", "failed", "gone"] },
  {
    id: "page-runs",
    title: "Page of the scans",
    files: [],
    states: ["filled", "loading", "failed", "empty"],
  },
  { id: "page-run", title: "Page of a scan", files: [], states: ["filled", "loading", "failed", "gone"] },
  {
    id: "page-performance",
    title: "Page of the outcomes",
    files: [],
    states: ["filled", "loading", "failed", "unmeasured"],
  },
  {
    id: "page-outcome-list",
    title: "Page of a row of the outcomes",
    files: [],
    states: ["filled", "loading", "failed", "empty"],
  },
  {
    id: "page-archive",
    title: "Archive",
    files: [],
    states: ["filled", "loading", "failed", "empty", "no-match"],
  },
  { id: "page-methodology", title: "Methodology", files: [], states: ["filled"] },
  {
    id: "page-status",
    title: "Page of the status",
    files: [],
    states: ["good", "refused", "missed", "demo", "loading", "failed"],
  },
  { id: "page-alerts", title: "Page of the alerts", files: [], states: ["filled", "empty"] },
  { id: "page-settings", title: "Settings", files: [], states: ["filled"] },
  {
    id: "page-login",
    title: "Login",
    files: [],
    states: ["form", "refused", "kept", "not-needed", "loading"],
  },
] as const;
