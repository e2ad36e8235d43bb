/** The pages behind the outcomes, which load one by one: the route that leads to them is in the script of every page. */
import { useLocation } from "@solidjs/router";
import { type JSX, lazy, Match, Switch } from "solid-js";

const OutcomeListPage = lazy(async () => ({ default: (await import("./outcome-list.tsx")).OutcomeListPage }));
const ArchivePage = lazy(async () => ({ default: (await import("./archive.tsx")).ArchivePage }));
const MethodologyPage = lazy(async () => ({ default: (await import("./methodology.tsx")).MethodologyPage }));

export function OutcomePages(): JSX.Element {
  const location = useLocation();
  return (
    <Switch>
      <Match when={location.pathname === "/archive"}>
        <ArchivePage />
      </Match>
      <Match when={location.pathname === "/methodology"}>
        <MethodologyPage />
      </Match>
      <Match when={location.pathname === "/performance/signals"}>
        <OutcomeListPage />
      </Match>
    </Switch>
  );
}
