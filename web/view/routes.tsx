/** Which page an address is. All but the dashboard load when they are first opened. */
import { Route, Router } from "@solidjs/router";
import { type JSX, lazy } from "solid-js";
import { useApp } from "./app-context.tsx";
import { Dashboard } from "./page/dashboard.tsx";
import { Shell } from "./page/shell.tsx";

/** An address without a page. */
function NotFound(): JSX.Element {
  const { text } = useApp();
  return (
    <div class="card empty">
      <h2>{text().notFoundTitle}</h2>
      <p>{text().notFoundText}</p>
      <a href="/">{text().navDashboard}</a>
    </div>
  );
}

const SignalPage = lazy(async () => ({ default: (await import("./page/signal.tsx")).SignalPage }));
const StockPage = lazy(async () => ({ default: (await import("./page/stock.tsx")).StockPage }));
const RunsPage = lazy(async () => ({ default: (await import("./page/runs.tsx")).RunsPage }));
const RunPage = lazy(async () => ({ default: (await import("./page/run.tsx")).RunPage }));
const PerformancePage = lazy(async () => ({
  default: (await import("./page/performance.tsx")).PerformancePage,
}));
const StatusPage = lazy(async () => ({ default: (await import("./page/status.tsx")).StatusPage }));

const OutcomePages = lazy(async () => ({ default: (await import("./page/outcome-pages.tsx")).OutcomePages }));

export function Routes(): JSX.Element {
  return (
    <Router root={Shell}>
      <Route path="/" component={Dashboard} />
      <Route path="/signals/:id" component={SignalPage} />
      <Route path="/s/:code" component={StockPage} />
      <Route path="/runs" component={RunsPage} />
      <Route path="/runs/:id" component={RunPage} />
      <Route path="/performance" component={PerformancePage} />
      <Route path="/status" component={StatusPage} />
      <Route path={["/performance/signals", "/archive", "/methodology"]} component={OutcomePages} />
      <Route path="*" component={NotFound} />
    </Router>
  );
}
