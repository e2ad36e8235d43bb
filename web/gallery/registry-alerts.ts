/** The entries of the alerts: notices over the page, those of the day, rules, and how a device shows them. */

export const ALERT_PARTS = [
  {
    id: "alert-toasts",
    title: "Notices over the page",
    files: ["part/alerts/toast-region.tsx"],
    states: ["event", "market", "burst", "withdrawn", "asked", "three"],
  },
  {
    id: "alert-notices",
    title: "Alerts of the day",
    files: ["part/alerts/notice-list.tsx"],
    states: ["filled", "read", "empty", "off"],
  },
  {
    id: "alert-rules",
    title: "Rules of alerts",
    files: ["part/alerts/device-rules.tsx", "part/alerts/rule-form.tsx"],
    states: ["templates", "filled", "edit", "removed", "full", "aside"],
  },
  {
    id: "alert-button",
    title: "Press for alerts of a share",
    files: ["part/alerts/tell-me-button.tsx"],
    states: ["off", "on"],
  },
  {
    id: "alert-ways",
    title: "How a device shows its alerts",
    files: ["part/alerts/channel-tests.tsx"],
    states: ["default", "granted", "denied", "unsupported"],
  },
] as const;
