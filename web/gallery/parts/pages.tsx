/** Whole pages with each kind of answer: what they wait for, refused, none, and all of it. */
import type { Component, JSX } from "solid-js";
import type { Answer } from "../../e2e/stub-api.ts";
import { ARCHIVE, ARCHIVE_EMPTY, LIVE_SIGNALS } from "../../e2e/stub-outcome-lists.ts";
import { RUN_FULL, RUNS } from "../../e2e/stub-pages.ts";
import { UNMEASURED } from "../../e2e/stub-performance.ts";
import { ROWS } from "../../e2e/stub-signals.ts";
import { rowAt } from "../../e2e/stub-long-list.ts";
import { DAYS_STATUS, MISSED_EVENING, REFUSED_STATUS } from "../../e2e/stub-status.ts";
import { STOCK_NEAR } from "../../e2e/stub-stock.ts";
import { ArchivePage } from "../../view/page/archive.tsx";
import { LoginPage } from "../../view/page/login.tsx";
import { MethodologyPage } from "../../view/page/methodology.tsx";
import { OutcomeListPage } from "../../view/page/outcome-list.tsx";
import { PerformancePage } from "../../view/page/performance.tsx";
import { RunPage } from "../../view/page/run.tsx";
import { RunsPage } from "../../view/page/runs.tsx";
import { SettingsPage } from "../../view/page/settings.tsx";
import { SignalPage } from "../../view/page/signal.tsx";
import { StatusPage } from "../../view/page/status.tsx";
import { StockPage } from "../../view/page/stock.tsx";
import { type Scene, scened } from "../stage.tsx";
import type { Views } from "../views.ts";

interface Place {
  readonly page: Component;
  readonly path: string;
  readonly pattern: string;
  /** What it cannot do without. */
  readonly asks: string;
}

function at(
  { page: Page, path, pattern, asks }: Place,
  answer?: Answer,
  scene: Scene = {},
): () => JSX.Element {
  const answers = { ...scene.answers, ...(answer !== undefined && { [asks]: answer }) };
  return scened({ ...scene, answers }, () => <Page />, { path, pattern });
}

const { id } = rowAt(ROWS);
const REFUSED: Answer = { status: 503 };
const GONE: Answer = { status: 404 };

const PLACES = {
  signal: {
    page: SignalPage,
    path: `/signals/${id}`,
    pattern: "/signals/:id",
    asks: `/api/kr/signals/${id}`,
  },
  stock: {
    page: StockPage,
    path: `/s/${STOCK_NEAR.ticker}`,
    pattern: "/s/:code",
    asks: `/api/kr/stocks/${STOCK_NEAR.ticker}`,
  },
  runs: { page: RunsPage, path: "/runs", pattern: "/runs", asks: "/api/kr/runs" },
  run: {
    page: RunPage,
    path: `/runs/${RUN_FULL.id}`,
    pattern: "/runs/:id",
    asks: `/api/kr/runs/${RUN_FULL.id}`,
  },
  performance: {
    page: PerformancePage,
    path: "/performance",
    pattern: "/performance",
    asks: "/api/kr/performance",
  },
  outcomes: {
    page: OutcomeListPage,
    path: "/performance/signals?by=grade&key=A&horizon=10",
    pattern: "/performance/signals",
    asks: "/api/kr/performance/signals",
  },
  archive: {
    page: ArchivePage,
    path: "/archive",
    pattern: "/archive",
    asks: "/api/kr/archive",
  },
  methodology: { page: MethodologyPage, path: "/methodology", pattern: "/methodology", asks: "" },
  status: { page: StatusPage, path: "/status", pattern: "/status", asks: "/api/kr/status" },
  settings: { page: SettingsPage, path: "/settings", pattern: "/settings", asks: "/api/session" },
  login: { page: LoginPage, path: "/login", pattern: "/login", asks: "/api/session" },
} as const satisfies Readonly<Record<string, Place>>;

type Pages =
  | "page-signal"
  | "page-stock"
  | "page-runs"
  | "page-run"
  | "page-performance"
  | "page-outcome-list"
  | "page-archive"
  | "page-methodology"
  | "page-status"
  | "page-settings"
  | "page-login";

function waitingAnd(place: Place): {
  readonly loading: () => JSX.Element;
  readonly failed: () => JSX.Element;
} {
  return { loading: at(place, "hang"), failed: at(place, REFUSED) };
}

const session = (required: boolean, until: string | null): Answer => ({
  body: { required, active: until !== null, expires_at: until },
});

export const PAGES: Views<Pages> = {
  "page-signal": { filled: at(PLACES.signal), ...waitingAnd(PLACES.signal), gone: at(PLACES.signal, GONE) },
  "page-stock": { filled: at(PLACES.stock), ...waitingAnd(PLACES.stock), gone: at(PLACES.stock, GONE) },
  "page-runs": {
    filled: at(PLACES.runs),
    ...waitingAnd(PLACES.runs),
    empty: at(PLACES.runs, { body: { ...RUNS, runs: [], count: 0 } }),
  },
  "page-run": { filled: at(PLACES.run), ...waitingAnd(PLACES.run), gone: at(PLACES.run, GONE) },
  "page-performance": {
    filled: at(PLACES.performance),
    ...waitingAnd(PLACES.performance),
    unmeasured: at(PLACES.performance, { body: UNMEASURED }),
  },
  "page-outcome-list": {
    filled: at(PLACES.outcomes, { body: LIVE_SIGNALS }),
    ...waitingAnd(PLACES.outcomes),
    empty: at(PLACES.outcomes, { body: { ...LIVE_SIGNALS, signals: [], count: 0, closed: 0 } }),
  },
  "page-archive": {
    filled: at(PLACES.archive, { body: ARCHIVE }),
    ...waitingAnd(PLACES.archive),
    empty: at(PLACES.archive, { body: ARCHIVE_EMPTY }),
    "no-match": at({ ...PLACES.archive, path: "/archive?entry_grade=S" }, { body: ARCHIVE_EMPTY }),
  },
  "page-methodology": { filled: at(PLACES.methodology) },
  "page-status": {
    good: at(PLACES.status),
    refused: at(PLACES.status, { body: REFUSED_STATUS }),
    missed: at(PLACES.status, { body: { ...DAYS_STATUS, overdue: true, missing: MISSED_EVENING } }),
    demo: at(PLACES.status, { body: { ...DAYS_STATUS, exchange: "DEMO" } }, { exchange: "DEMO" }),
    ...waitingAnd(PLACES.status),
  },
  "page-settings": { filled: at(PLACES.settings, session(true, "2025-06-20T18:24:10.000+09:00")) },
  "page-login": {
    form: at(PLACES.login, session(true, null)),
    refused: at(PLACES.login, REFUSED),
    kept: at(PLACES.login, session(true, "2025-06-20T18:24:10.000+09:00")),
    "not-needed": at(PLACES.login, session(false, null)),
    loading: at(PLACES.login, "hang"),
  },
};
