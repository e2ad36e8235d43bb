/** The alerts: notices over the page, those of the day, the rules of a device, and how it shows them. */
import type { JSX } from "solid-js";
import { EVENTS, noticeOf, NOTICES } from "../../e2e/stub-alerts.ts";
import { ROWS } from "../../e2e/stub-signals.ts";
import { alertRulesOf, ruleFrom, type TemplateName } from "../../store/alerts/device-rules.ts";
import { type Notice, noticesKey, noticesOf } from "../../store/alerts/notice-log.ts";
import { rowOf } from "../../store/alerts/stage-alerts.ts";
import { createDevice, type Device } from "../../store/device/device.ts";
import { AlertsPage } from "../../view/page/alerts.tsx";
import { ChannelTests } from "../../view/part/alerts/channel-tests.tsx";
import { DeviceRules } from "../../view/part/alerts/device-rules.tsx";
import { NoticeList } from "../../view/part/alerts/notice-list.tsx";
import { TellMeButton, TellStarsButton } from "../../view/part/alerts/tell-me-button.tsx";
import { ToastRegion } from "../../view/part/alerts/toast-region.tsx";
import { type ToastContent, toastsOf } from "../../view/alerts/toasts.ts";
import { Acting } from "../acting.tsx";
import { memoryShelf, newDevice, usedDevice } from "../device.ts";
import { scened } from "../stage.tsx";
import type { Views } from "../views.ts";

const LOGGED_OUT = { "/api/session": { body: { required: false, active: false, expires_at: null } } };

const TICKER = ROWS[0]?.ticker ?? "900010";
const PLACE = { exchange: "KRX", language: "ko" } as const;

function withNotices(device: Device, notices: readonly Notice[]): Device {
  noticesOf(device, "KRX").change(() => ({ position: 10, notices }));
  return device;
}

function withRules(names: readonly TemplateName[]): Device {
  const device = usedDevice();
  alertRulesOf(device).change(() => names.map((name, i) => ruleFrom(name, `r${i}`, PLACE)));
  return device;
}

function toasts(...contents: readonly ToastContent[]): () => JSX.Element {
  const device = (): Device => {
    const made = newDevice();
    const all = toastsOf(made, () => () => undefined);
    contents.forEach(all.add);
    return made;
  };
  return scened({ device }, () => <ToastRegion />);
}

const ONE: ToastContent = { kind: "events", notices: NOTICES.slice(0, 1) };
const ASKED: ToastContent = {
  kind: "asked",
  text: "한빛전자: 관심 종목입니다. 관심 종목에 다음 일이 생기면 이 화면에서 알립니다: 피벗 터치, 돌파 확정, 손절가 이탈.",
  isRefused: false,
};

function rules(device: () => Device, act: (root: HTMLElement) => void = () => undefined): () => JSX.Element {
  return () => (
    <Acting act={act} class="settings alerts">
      {scened({ device }, () => <DeviceRules />)()}
    </Acting>
  );
}

function button(names: readonly TemplateName[]): () => JSX.Element {
  const device = (): Device => {
    const made = withRules(names);
    if (!made.stars.has(TICKER)) {
      made.stars.toggle(TICKER);
    }
    return made;
  };
  return scened({ device }, () => <TellMeButton ticker={TICKER} name="한빛전자" />);
}

function list(device: () => Device): () => JSX.Element {
  return () => <div class="settings alerts">{scened({ device }, () => <NoticeList />)()}</div>;
}

function ways(permission: "default" | "granted" | "denied" | "unsupported"): () => JSX.Element {
  return () => (
    <div class="settings alerts">
      <ChannelTests permission={permission} />
    </div>
  );
}

function unreadable(): Device {
  const shelf = memoryShelf();
  shelf.setItem("vcp.alerts", '{"version":9}');
  shelf.setItem(noticesKey("KRX"), "{}");
  return createDevice(shelf);
}

export const ALERTS: Views<
  "alert-toasts" | "alert-notices" | "alert-rules" | "alert-button" | "alert-ways" | "page-alerts"
> = {
  "alert-toasts": {
    event: toasts(ONE),
    market: toasts({ kind: "events", notices: NOTICES.slice(5, 6) }),
    burst: toasts({ kind: "events", notices: NOTICES.slice(0, 5) }),
    withdrawn: toasts({ kind: "withdrawn", notices: NOTICES.slice(3, 4) }),
    asked: toasts(ASKED),
    three: toasts(ASKED, ONE, { kind: "events", notices: NOTICES.slice(2, 3) }),
  },
  "alert-notices": {
    filled: list(() => withNotices(usedDevice(), NOTICES)),
    read: list(() => withNotices(usedDevice(), [noticeOf(EVENTS[0] ?? rowOf(1), "read")])),
    empty: list(() => withRules(["starred"])),
    off: list(newDevice),
  },
  "alert-rules": {
    templates: rules(newDevice),
    filled: rules(() => withRules(["starred", "market"])),
    edit: rules(
      () => withRules(["near"]),
      (root) => {
        root.querySelector("details")?.setAttribute("open", "");
      },
    ),
    removed: rules(
      () => withRules(["starred", "best"]),
      (root) => {
        root.querySelector<HTMLElement>("details > .action")?.click();
      },
    ),
    full: rules(() => withRules(["starred", "near", "best", "market", "starred"])),
    aside: rules(unreadable),
  },
  "alert-button": {
    off: button([]),
    on: button(["starred"]),
    "stars-off": scened({ device: newDevice }, () => <TellStarsButton />),
    "stars-on": scened({ device: () => withRules(["starred"]) }, () => <TellStarsButton />),
  },
  "alert-ways": {
    default: ways("default"),
    granted: ways("granted"),
    denied: ways("denied"),
    unsupported: ways("unsupported"),
  },
  "page-alerts": {
    filled: scened(
      { device: () => withNotices(withRules(["starred", "market"]), NOTICES), answers: LOGGED_OUT },
      () => <AlertsPage />,
    ),
    empty: scened({ device: newDevice, answers: LOGGED_OUT }, () => <AlertsPage />),
  },
};
