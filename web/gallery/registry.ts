/** Which part of the page has which states in the gallery: data alone, so that tests can compare it with the files of the parts. */

/** `files` are those of web/view/part that the part is made of; each file belongs to one part. */
export interface GalleryPart {
  readonly id: string;
  readonly title: string;
  readonly files: readonly string[];
  readonly states: readonly string[];
}

export const PARTS = [
  {
    id: "gate",
    title: "Market gate",
    files: ["market/gate-card.tsx", "market/gate-reasons.tsx"],
    states: ["green", "yellow", "red", "unknown", "none", "loading", "failed", "kept"],
  },
  {
    id: "connection",
    title: "Connection",
    files: ["market/connection-badge.tsx"],
    states: [
      "idle",
      "connecting",
      "live",
      "quiet",
      "stale",
      "closed",
      "closes-only",
      "reconnecting",
      "recovered",
      "polling",
      "offline",
      "paused",
      "refused",
      "outdated",
    ],
  },
  {
    id: "strip",
    title: "Market strip",
    files: ["market/market-strip.tsx", "market/pause-button.tsx"],
    states: ["closes", "live", "paused", "one-missing", "no-change", "none", "loading", "failed", "demo"],
  },
  {
    id: "notes",
    title: "Notes of every page",
    files: ["market/spoken-changes.tsx", "shell/page-notes.tsx", "shell/stored-note.tsx"],
    states: ["offline", "paused", "ribbon", "old-closes", "footer", "footer-demo", "stored"],
  },
  {
    id: "header",
    title: "Header and search",
    files: ["shell/app-header.tsx", "shell/header-controls.tsx", "shell/stock-search.tsx"],
    states: ["krx", "demo", "unknown", "found", "none", "failed"],
  },
  {
    id: "marks",
    title: "Marks of a signal",
    files: ["signals/signal-marks.tsx", "signals/row-marks.tsx", "signals/star-button.tsx"],
    states: ["states", "grades", "capped", "changes", "distances", "prices", "names"],
  },
  {
    id: "list",
    title: "List of signals",
    files: [
      "signals/signal-panel.tsx",
      "signals/signal-table.tsx",
      "signals/signal-table-row.tsx",
      "signals/signal-card-list.tsx",
      "signals/filter-bar.tsx",
      "signals/filter-chip.tsx",
      "signals/sort-select.tsx",
      "signals/list-tools.tsx",
      "signals/legend-button.tsx",
    ],
    states: ["all-states", "prices", "long-names", "actionable", "loading", "failed", "kept"],
  },
  {
    id: "empty",
    title: "A list without a row",
    files: ["signals/filter-empty.tsx", "signals/signal-empty.tsx"],
    states: ["hidden", "no-bars", "not-scanned", "nothing-found", "past"],
  },
  {
    id: "dialogs",
    title: "Dialogs",
    files: [
      "ui/modal.tsx",
      "signals/legend-dialog.tsx",
      "shell/settings-dialog.tsx",
      "settings/key-settings.tsx",
      "settings/screen-settings.tsx",
      "settings/session-settings.tsx",
      "views/views-dialog.tsx",
    ],
    states: ["legend", "settings", "session", "views", "views-empty"],
  },
  {
    id: "changes",
    title: "Changes",
    files: [
      "changes/changes-card.tsx",
      "changes/change-item.tsx",
      "changes/since-card.tsx",
      "changes/since-line.tsx",
    ],
    states: ["first-visit", "since", "since-open", "none", "loading", "failed"],
  },
  {
    id: "signal",
    title: "One signal",
    files: [
      "signal/signal-head.tsx",
      "signal/base-levels.tsx",
      "signal/base-facts.tsx",
      "signal/fact-list.tsx",
      "signal/live-quote.tsx",
      "signal/event-list.tsx",
      "signal/scoring.tsx",
    ],
    states: [
      "open",
      "live",
      "ended",
      "halted",
      "flags",
      "earlier-rules",
      "history",
      "history-empty",
      "history-failed",
    ],
  },
  {
    id: "verdict",
    title: "Verdict on a stock",
    files: ["signal/verdict-card.tsx", "signal/form-checklist.tsx"],
    states: ["candidate", "near", "stays", "none", "checklist"],
  },
  {
    id: "chart",
    title: "Chart",
    files: [],
    states: ["base", "near-miss", "today", "marks", "empty", "loading", "failed"],
  },
  {
    id: "scan",
    title: "Last scan",
    files: ["runs/scan-summary.tsx", "runs/missing-scan.tsx"],
    states: ["done", "running", "none", "failed", "overdue", "missing", "coming", "loading"],
  },
  { id: "runs", title: "Scans", files: ["runs/run-table.tsx"], states: ["all-statuses", "one"] },
  {
    id: "outcomes",
    title: "Outcomes",
    files: [
      "performance/performance-table.tsx",
      "performance/figures-head.tsx",
      "performance/figure-cell.tsx",
      "performance/group-link.tsx",
      "performance/horizon-choice.tsx",
    ],
    states: ["enough", "few", "none", "choice"],
  },
  {
    id: "study",
    title: "Historical study",
    files: [
      "performance/study-section.tsx",
      "performance/study-table.tsx",
      "performance/study-baselines.tsx",
      "performance/study-progress.tsx",
    ],
    states: ["made", "running", "due", "stopped", "link"],
  },
  {
    id: "outcome-list",
    title: "Lists behind the outcomes",
    files: ["performance/outcome-table.tsx", "performance/more-pages.tsx", "performance/archive-filters.tsx"],
    states: ["live", "studied", "more", "more-busy", "filters", "filters-chosen"],
  },
  {
    id: "method",
    title: "How it is measured",
    files: [
      "performance/form-rules-table.tsx",
      "performance/null-rates-table.tsx",
      "performance/judges-table.tsx",
    ],
    states: ["rules", "chance", "chance-demo", "judges"],
  },
  {
    id: "past",
    title: "The past of a market",
    files: ["status/backfill-progress.tsx", "status/coming-past.tsx"],
    states: ["running", "counting", "soon", "waiting", "refused", "coming"],
  },
  {
    id: "status",
    title: "State of the server",
    files: [
      "status/step-list.tsx",
      "status/source-list.tsx",
      "status/difference-list.tsx",
      "status/server-facts.tsx",
      "status/fact-row.tsx",
      "status/missing-notice.tsx",
    ],
    states: [
      "steps",
      "no-steps",
      "sources",
      "refused",
      "differences",
      "server",
      "server-bare",
      "missed",
      "missed-rows",
    ],
  },
  {
    id: "ui",
    title: "Answers and frames",
    files: ["ui/remote-page.tsx", "ui/remote-state.tsx", "ui/scroll-region.tsx", "ui/fact.tsx"],
    states: ["loading", "refused", "unreachable", "unreadable", "kept", "gone", "other-exchange", "fact"],
  },
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
  { id: "page-settings", title: "Settings", files: [], states: ["filled"] },
  {
    id: "page-login",
    title: "Login",
    files: [],
    states: ["form", "refused", "kept", "not-needed", "loading"],
  },
] as const satisfies readonly GalleryPart[];

export type PartId = (typeof PARTS)[number]["id"];

export type StateOf<Id extends PartId> = Extract<
  (typeof PARTS)[number],
  { readonly id: Id }
>["states"][number];

/** Files of web/view/part without a state of their own in the gallery, and where they are looked at instead. */
export const EXEMPT: Readonly<Record<string, string>> = {};
