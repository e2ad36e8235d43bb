/** What a device keeps of its alerts: two rules, and the notices of a morning in each of their states. */
import { ruleFrom } from "../store/alerts/device-rules.ts";
import type { EventRow } from "../store/alerts/event-page.ts";
import { type Notice, noticesKey } from "../store/alerts/notice-log.ts";
import { gateRow, kst, MORNING, rowOf } from "../store/alerts/stage-alerts.ts";
import type { Answer } from "./stub-api.ts";
import { ROWS } from "./stub-signals.ts";

const KINDS = ["confirmed", "near", "failed", "touched", "squat"] as const;

/** Of the list's own shares, as they happen in a morning. */
export const EVENTS: readonly EventRow[] = KINDS.map((kind, i) => {
  const row = ROWS[i];
  return rowOf(i + 1, {
    id: `${row?.id ?? ""}:${i}`,
    kind,
    at: kst(MORNING + i * 61_000),
    signal_id: row?.id ?? null,
    ticker: row?.ticker ?? null,
    name: row?.name ?? null,
    name_en: row?.name_en ?? null,
    romanised: row?.romanised ?? null,
    within: kind === "near" ? 3 : null,
  });
});

export function noticeOf(event: EventRow, state: Notice["state"] = "unread"): Notice {
  return { event, state, waits: null, channels: ["page"], rules: ["starred"] };
}

/** One is read, one is withdrawn, and two are of the exchange as a whole. */
export const NOTICES: readonly Notice[] = [
  ...EVENTS.map((event, i) => noticeOf(event, i === 0 ? "read" : i === 3 ? "withdrawn" : "unread")),
  noticeOf({ ...gateRow(9), at: kst(MORNING + 400_000) }),
  noticeOf({
    ...gateRow(10),
    kind: "feed_stale",
    from: null,
    to: null,
    id: "feed_stale:1",
    at: kst(MORNING + 500_000),
  }),
];

/** All of it has been read. */
const POSITION = 10;

/** Of the log behind it: nothing has happened since. */
export const NO_EVENTS: Answer = { body: { exchange: "KRX", last: POSITION, events: [] } };

const RULES = (["starred", "market"] as const).map((name) =>
  ruleFrom(name, name, { exchange: "KRX", language: "ko" }),
);

/** By key of the storage. */
export const KEPT_ALERTS: Readonly<Record<string, string>> = {
  "vcp.alerts": JSON.stringify({ version: 1, rules: RULES }),
  [noticesKey("KRX")]: JSON.stringify({ version: 1, position: POSITION, notices: NOTICES }),
};
