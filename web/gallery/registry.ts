/** Which part of the page has which states in the gallery: data alone, so that tests can compare it with the files of the parts. */
import { ALERT_PARTS } from "./registry-alerts.ts";
import { OWN_PARTS } from "./registry-own.ts";
import { PAGE_STATES } from "./page-states.ts";

/** `files`, from web/view, are what the part is made of; each file belongs to one part. */
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
    files: ["part/market/gate-card.tsx", "part/market/gate-reasons.tsx"],
    states: ["green", "yellow", "red", "unknown", "running", "none", "loading", "failed", "kept"],
  },
  {
    id: "connection",
    title: "Connection",
    files: ["part/market/connection-badge.tsx"],
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
    files: ["part/market/market-strip.tsx", "part/market/pause-button.tsx"],
    states: ["closes", "live", "paused", "one-missing", "no-change", "none", "loading", "failed", "demo"],
  },
  {
    id: "notes",
    title: "Notes of every page",
    files: ["part/market/spoken-changes.tsx", "part/shell/page-notes.tsx", "part/shell/stored-note.tsx"],
    states: ["offline", "paused", "ribbon", "old-closes", "footer", "footer-demo", "stored"],
  },
  {
    id: "header",
    title: "Header and search",
    files: [
      "part/shell/app-header.tsx",
      "part/shell/header-controls.tsx",
      "part/shell/stock-search.tsx",
      "part/shell/search-found.tsx",
    ],
    states: ["krx", "demo", "unknown", "found", "none", "failed"],
  },
  {
    id: "marks",
    title: "Marks of a signal",
    files: ["part/signals/signal-marks.tsx", "part/signals/row-marks.tsx", "part/signals/star-button.tsx"],
    states: ["states", "grades", "capped", "changes", "distances", "prices", "names"],
  },
  {
    id: "list",
    title: "List of signals",
    files: [
      "part/signals/signal-panel.tsx",
      "part/signals/list-preview.tsx",
      "part/signals/list-rows.tsx",
      "part/signals/signal-table.tsx",
      "part/signals/signal-table-row.tsx",
      "part/signals/card-row.tsx",
      "part/signals/signal-card-list.tsx",
      "part/signals/filter-bar.tsx",
      "part/signals/filter-chip.tsx",
      "part/signals/list-chip.tsx",
      "part/signals/list-tools.tsx",
      "part/signals/legend-button.tsx",
    ],
    states: ["all-states", "prices", "long-names", "actionable", "loading", "failed", "kept"],
  },
  {
    id: "empty",
    title: "A list without a row",
    files: ["part/signals/filter-empty.tsx", "part/signals/signal-empty.tsx"],
    states: ["hidden", "no-bars", "not-scanned", "nothing-found", "past"],
  },
  {
    id: "dialogs",
    title: "Dialogs",
    files: [
      "part/ui/modal.tsx",
      "part/signals/legend-dialog.tsx",
      "part/shell/settings-dialog.tsx",
      "part/shell/keys-dialog.tsx",
      "part/settings/key-settings.tsx",
      "part/settings/screen-settings.tsx",
      "part/settings/session-settings.tsx",
      "part/views/views-dialog.tsx",
    ],
    states: ["legend", "keys", "settings", "session", "views", "views-empty"],
  },
  {
    id: "changes",
    title: "Changes",
    files: [
      "part/changes/changes-card.tsx",
      "part/changes/change-item.tsx",
      "part/changes/forming-line.tsx",
      "part/changes/since-card.tsx",
      "part/changes/since-line.tsx",
    ],
    states: ["first-visit", "since", "since-open", "forming", "none", "loading", "failed"],
  },
  {
    id: "signal",
    title: "One signal",
    files: [
      "part/signal/signal-parts.tsx",
      "part/signal/signal-head.tsx",
      "part/signal/base-levels.tsx",
      "part/signal/base-facts.tsx",
      "part/signal/fact-list.tsx",
      "part/signal/live-quote.tsx",
      "part/signal/event-list.tsx",
      "part/signal/scoring.tsx",
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
    files: ["part/signal/verdict-card.tsx", "part/signal/form-checklist.tsx"],
    states: ["candidate", "near", "stays", "none", "checklist"],
  },
  {
    id: "chart",
    title: "Chart",
    files: [
      "chart/chart-panel.tsx",
      "chart/chart-canvas.tsx",
      "chart/chart-legend.tsx",
      "chart/chart-marks.tsx",
      "chart/chart-picture.tsx",
      "chart/chart-table.tsx",
      "chart/chart-tip.tsx",
      "chart/chart-tools.tsx",
    ],
    states: ["base", "near-miss", "today", "marks", "pointed", "table", "empty", "loading", "failed"],
  },
  {
    id: "position",
    title: "Calculator and other sites",
    files: [
      "position/share-tools.tsx",
      "position/position-form.tsx",
      "position/position-field.tsx",
      "position/position-result.tsx",
      "position/outside-list.tsx",
    ],
    states: [
      "closed",
      "no-signal",
      "fictional",
      "empty",
      "filled",
      "no-volume",
      "much-of-volume",
      "too-little",
      "faults",
    ],
  },
  ...OWN_PARTS,
  ...ALERT_PARTS,
  {
    id: "scan",
    title: "Last scan",
    files: ["part/runs/scan-summary.tsx", "part/runs/missing-scan.tsx"],
    states: ["done", "running", "none", "failed", "overdue", "missing", "coming", "loading"],
  },
  { id: "runs", title: "Scans", files: ["part/runs/run-table.tsx"], states: ["all-statuses", "one"] },
  {
    id: "outcomes",
    title: "Outcomes",
    files: [
      "part/performance/performance-table.tsx",
      "part/performance/figures-head.tsx",
      "part/performance/figure-cell.tsx",
      "part/performance/figure-cards.tsx",
      "part/performance/group-link.tsx",
      "part/performance/horizon-choice.tsx",
    ],
    states: ["enough", "few", "none", "choice"],
  },
  {
    id: "study",
    title: "Historical study",
    files: [
      "part/performance/study-section.tsx",
      "part/performance/study-table.tsx",
      "part/performance/study-baselines.tsx",
      "part/performance/study-progress.tsx",
    ],
    states: ["made", "running", "due", "stopped", "link"],
  },
  {
    id: "outcome-list",
    title: "Lists behind the outcomes",
    files: [
      "part/performance/outcome-table.tsx",
      "part/performance/outcome-cards.tsx",
      "part/performance/card-facts.tsx",
      "part/performance/more-pages.tsx",
      "part/performance/archive-filters.tsx",
    ],
    states: ["live", "studied", "more", "more-busy", "filters", "filters-chosen"],
  },
  {
    id: "method",
    title: "How it is measured",
    files: [
      "part/performance/form-rules-table.tsx",
      "part/performance/null-rates-table.tsx",
      "part/performance/judges-table.tsx",
    ],
    states: ["rules", "chance", "chance-demo", "judges"],
  },
  {
    id: "past",
    title: "The past of a market",
    files: ["part/status/backfill-progress.tsx", "part/status/coming-past.tsx"],
    states: ["running", "counting", "soon", "waiting", "refused", "coming"],
  },
  {
    id: "status",
    title: "State of the server",
    files: [
      "part/status/step-list.tsx",
      "part/status/source-list.tsx",
      "part/status/difference-list.tsx",
      "part/status/server-facts.tsx",
      "part/status/fact-row.tsx",
      "part/status/missing-notice.tsx",
    ],
    states: [
      "steps",
      "no-steps",
      "sources",
      "refused",
      "differences",
      "server",
      "server-bare",
      "server-live",
      "missed",
      "missed-rows",
    ],
  },
  {
    id: "ui",
    title: "Answers and frames",
    files: [
      "part/ui/remote-page.tsx",
      "part/ui/remote-state.tsx",
      "part/ui/scroll-region.tsx",
      "part/ui/fact.tsx",
    ],
    states: ["loading", "refused", "unreachable", "unreadable", "kept", "gone", "other-exchange", "fact"],
  },
  ...PAGE_STATES,
] as const satisfies readonly GalleryPart[];

export type PartId = (typeof PARTS)[number]["id"];

export type StateOf<Id extends PartId> = Extract<
  (typeof PARTS)[number],
  { readonly id: Id }
>["states"][number];
