/** Which page an address is. All but the dashboard load when they are first opened. */
import { Route, Router } from "@solidjs/router";
import { type JSX, lazy } from "solid-js";
import { Dashboard } from "./page/dashboard.tsx";
import { Shell } from "./page/shell.tsx";
import { firstDraw } from "../store/first-draw.ts";

const SignalPage = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./page/signal.tsx"))).SignalPage,
}));
const StockPage = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./page/stock.tsx"))).StockPage,
}));
const RunsPage = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./page/runs.tsx"))).RunsPage,
}));
const RunPage = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./page/run.tsx"))).RunPage,
}));
const PerformancePage = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./page/performance.tsx"))).PerformancePage,
}));
const StatusPage = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./page/status.tsx"))).StatusPage,
}));

const FurtherPages = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("./page/further-pages.tsx"))).FurtherPages,
}));

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
      <Route path="*" component={FurtherPages} />
    </Router>
  );
}
