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
    files: [
      "part/alerts/device-rules.tsx",
      "part/alerts/rule-form.tsx",
      "part/alerts/rule-toggle.tsx",
      "part/alerts/removed-rule.tsx",
    ],
    states: ["templates", "filled", "edit", "removed", "full", "aside"],
  },
  {
    id: "alert-button",
    title: "Press for alerts of a share",
    files: ["part/alerts/tell-me-button.tsx"],
    states: ["off", "on", "stars-off", "stars-on"],
  },
  {
    id: "alert-ways",
    title: "How a device shows its alerts",
    files: ["part/alerts/channel-tests.tsx"],
    states: ["default", "granted", "denied", "unsupported"],
  },
  {
    id: "owner-alerts",
    title: "Alerts of the server",
    files: [
      "part/owner-alerts/owner-alerts.tsx",
      "part/owner-alerts/folded.tsx",
      "part/owner-alerts/request-failure.tsx",
      "part/owner-alerts/save-buttons.tsx",
    ],
    states: ["out", "empty", "linked", "loading", "failed", "logged-out"],
  },
  {
    id: "owner-channels",
    title: "Channels of the server",
    files: [
      "part/owner-alerts/channel-section.tsx",
      "part/owner-alerts/channel-item.tsx",
      "part/owner-alerts/channel-form.tsx",
      "part/owner-alerts/drawn-secret.tsx",
    ],
    states: ["filled", "add", "wrong", "remove", "drawn", "not-drawn", "full"],
  },
  {
    id: "owner-rules",
    title: "Rules of the server",
    files: ["part/owner-alerts/owner-rules.tsx", "part/owner-alerts/owner-rule-form.tsx"],
    states: ["filled", "edit", "full"],
  },
  {
    id: "owner-log",
    title: "What the server has sent",
    files: ["part/owner-alerts/delivery-section.tsx"],
    states: ["filled", "loading", "failed"],
  },
  {
    id: "alert-push",
    title: "Push to a closed device",
    files: ["part/alerts/push-way.tsx"],
    states: [
      "off",
      "on",
      "no-rules",
      "failed",
      "refused",
      "lost",
      "denied",
      "home-screen",
      "insecure",
      "unsupported",
    ],
  },
] as const;
