/** What this device has been notified of today, by which rules and in which ways. */
import { createEffect, type JSX, lazy, Suspense } from "solid-js";
import { firstDraw } from "../../store/first-draw.ts";
import { useApp } from "../app-context.tsx";
import { useAlertPageTexts } from "../alerts/use-texts.ts";
import { ChannelTests } from "../part/alerts/channel-tests.tsx";
import { DeviceRules } from "../part/alerts/device-rules.tsx";
import { NoticeList } from "../part/alerts/notice-list.tsx";
import { PushWay } from "../part/alerts/push-way.tsx";
import "../style/pages.css";

// Few readers are the owner of the server.
const OwnerAlerts = lazy(async () => ({
  default: (await firstDraw.pressed(async () => import("../part/owner-alerts/owner-alerts.tsx"))).OwnerAlerts,
}));

export function AlertsPage(): JSX.Element {
  const { text } = useApp();
  const page = useAlertPageTexts();
  createEffect(() => {
    document.title = `${page().title} · ${text().product}`;
  });
  return (
    <>
      <article class="settings alerts">
        <header class="page-head">
          <div class="page-title">
            <h2>{page().title}</h2>
          </div>
          <p class="muted">{page().lead}</p>
        </header>
        <NoticeList />
        <DeviceRules />
        <ChannelTests>
          <PushWay />
        </ChannelTests>
      </article>
      <Suspense>
        <OwnerAlerts />
      </Suspense>
    </>
  );
}
