/** Which events of a page of the log a device notifies of, when, and what a correction takes back. Pure. */
import { isTakenBack, keyOf, type ToldAlert } from "../../../worker/core/alerts/alert-event.ts";
import { cooldownKey, matchesRule, tellAt } from "../../../worker/core/alerts/alert-rule.ts";
import { calendarDay } from "../../../worker/core/calendar/krx-calendar.ts";
import { DAY_MS, midnightOf, tradingDayAt } from "../../../worker/core/calendar/trading-day.ts";
import { isSimulated } from "../../../worker/core/instrument/exchange-profile.ts";
import type { DeviceChannel, DeviceRule } from "./device-rules.ts";
import { alertOf, type EventPage, type EventRow } from "./event-page.ts";
import { MAX_NOTICES, type Notice, type NoticeLog } from "./notice-log.ts";

/** What is to be shown now, and the log as it is from now on. */
export interface NoticePlan {
  readonly log: NoticeLog;
  /** In their order; more than {@link BURST} are shown as one. */
  readonly shown: readonly Notice[];
  /** They were shown, and are taken back. */
  readonly withdrawn: readonly Notice[];
}

/** Notices of one second that are shown one by one. */
export const BURST = 3;

const MINUTE_MS = 60_000;
/** What is older makes no tone and comes over no other window: whoever was away finds it in the page. */
const FRESH_MS = 10 * MINUTE_MS;
/** What is unread outlives its session by so much. */
const UNREAD_MS = 3 * DAY_MS;
/** Of Seoul's day: the scan of the evening is over. */
const DIGEST_MS = (18 * 60 + 30) * MINUTE_MS;
/** Of the simulated market, whose sessions have no hours of their own. */
const SIMULATED_DIGEST_MS = 5 * MINUTE_MS;

/** When a summary of what happened at `at` is due, in milliseconds since the epoch. */
export function digestAt(exchange: EventPage["exchange"], at: number): number {
  if (isSimulated(exchange)) {
    return (Math.floor(at / SIMULATED_DIGEST_MS) + 1) * SIMULATED_DIGEST_MS;
  }
  const due = midnightOf(tradingDayAt(at)) + DIGEST_MS;
  return at < due ? due : due + DAY_MS;
}

/** Whether the exchange trades at that time; the simulated one always does. */
function isOpenAt(exchange: EventPage["exchange"], at: number): boolean {
  const day = calendarDay(tradingDayAt(at));
  return isSimulated(exchange) || (day.kind === "session" && at >= day.opensAt && at < day.closesAt);
}

/** Where nothing was asked for before, what the rules get is what comes from now on. */
function isAsked(rule: DeviceRule, event: ToldAlert, log: NoticeLog): boolean {
  if (!matchesRule(rule, event) || (rule.onlyOpen && !isOpenAt(event.exchange, event.at))) {
    return false;
  }
  const key = cooldownKey(event);
  return log.notices.every((one) => {
    const before = one.rules.includes(rule.id) ? alertOf(one.event, event.exchange) : null;
    const isSame = before !== null && one.state !== "withdrawn" && cooldownKey(before) === key;
    return !isSame || Math.abs(event.at - before.at) >= rule.cooldown * MINUTE_MS;
  });
}

/** `null`: it is shown at once. */
function waitOf(rule: DeviceRule, event: ToldAlert, now: number): number | null {
  const due = rule.digest ? Math.max(now, digestAt(event.exchange, event.at)) : now;
  const at = tellAt(rule, due);
  return at <= now ? null : at;
}

function channelsOf(rules: readonly DeviceRule[], event: ToldAlert, now: number): DeviceChannel[] {
  const all = new Set<DeviceChannel>(rules.flatMap(({ channels }) => channels));
  if (now - event.at > FRESH_MS) {
    all.delete("sound");
    all.delete("notification");
  }
  return [...all];
}

/** The notice of an event that some rule asks for. */
function noticeOf(row: EventRow, event: ToldAlert, rules: readonly DeviceRule[], now: number): Notice {
  const waits = rules.map((rule) => [rule, waitOf(rule, event, now)] as const);
  const atOnce = waits.filter(([, at]) => at === null).map(([rule]) => rule);
  return {
    event: row,
    state: "unread",
    waits: atOnce.length > 0 ? null : Math.min(...waits.map(([, at]) => at ?? now)),
    channels: channelsOf(atOnce.length > 0 ? atOnce : rules, event, now),
    rules: rules.map(({ id }) => id),
  };
}

/** Of the newest session, and what is unread for some days. */
function trimmed(notices: readonly Notice[], now: number): readonly Notice[] {
  const newest = notices.reduce((day, { event }) => (event.day > day ? event.day : day), "");
  return notices
    .filter(
      ({ event, state, waits }) =>
        event.day === newest ||
        ((state === "unread" || waits !== null) && now - Date.parse(event.at) < UNREAD_MS),
    )
    .slice(-MAX_NOTICES);
}

/** Takes back what one row names: an event, or all of a signal. What was not shown yet goes without a trace. */
function withdraw(plan: NoticePlan, { of }: EventRow, exchange: EventPage["exchange"]): NoticePlan {
  const isOf = ({ event: row, state }: Notice): boolean => {
    const event = alertOf(row, exchange);
    return of !== null && event !== null && state !== "withdrawn" && isTakenBack({ of }, event);
  };
  const found = plan.log.notices.filter(isOf);
  if (found.length === 0) {
    return plan;
  }
  const isNew = (one: Notice): boolean => one.waits !== null || plan.shown.includes(one);
  const notices = plan.log.notices
    .filter((one) => !isOf(one) || !isNew(one))
    .map((one): Notice => (isOf(one) ? { ...one, state: "withdrawn" } : one));
  return {
    log: { ...plan.log, notices },
    shown: plan.shown.filter((one) => !found.includes(one)),
    withdrawn: [...plan.withdrawn, ...found.filter((one) => !isNew(one))],
  };
}

function take(
  plan: NoticePlan,
  row: EventRow,
  page: EventPage,
  rules: readonly DeviceRule[],
  now: number,
): NoticePlan {
  const log = { ...plan.log, position: row.position };
  if (row.kind === "withdrawn") {
    return withdraw({ ...plan, log }, row, page.exchange);
  }
  const event = alertOf(row, page.exchange);
  const isKnown = log.notices.some(
    (one) => one.state !== "withdrawn" && keyOf(one.event.id) === keyOf(row.id),
  );
  const asking = event === null || isKnown ? [] : rules.filter((rule) => isAsked(rule, event, log));
  if (event === null || asking.length === 0) {
    return { ...plan, log };
  }
  const notice = noticeOf(row, event, asking, now);
  return {
    log: { ...log, notices: [...log.notices, notice] },
    shown: notice.waits === null ? [...plan.shown, notice] : plan.shown,
    withdrawn: plan.withdrawn,
  };
}

/**
 * `rules` with their tickers; `now` in milliseconds since the epoch. Before the first visit only the end of the log is noted, and so
 * it is where the server's log has begun anew.
 */
export function planNotices(
  log: NoticeLog,
  page: EventPage,
  rules: readonly DeviceRule[],
  now: number,
): NoticePlan {
  const { position } = log;
  if (position === null || page.last < position) {
    return { log: { ...log, position: page.last }, shown: [], withdrawn: [] };
  }
  const start: NoticePlan = { log, shown: [], withdrawn: [] };
  const plan = page.events.reduce(
    (before, row) =>
      row.position > (before.log.position ?? 0) ? take(before, row, page, rules, now) : before,
    start,
  );
  return plan === start ? start : { ...plan, log: { ...plan.log, notices: trimmed(plan.log.notices, now) } };
}

function withoutWait(notice: Notice): Notice {
  return { ...notice, waits: null };
}

/** What has waited for the end of the quiet hours, or for its summary. The same log where nothing is due. */
export function planDue(log: NoticeLog, now: number): NoticePlan {
  const isDue = ({ waits }: Notice): boolean => waits !== null && waits <= now;
  if (!log.notices.some(isDue)) {
    return { log, shown: [], withdrawn: [] };
  }
  return {
    log: { ...log, notices: log.notices.map((one) => (isDue(one) ? withoutWait(one) : one)) },
    shown: log.notices.filter(isDue).map(withoutWait),
    withdrawn: [],
  };
}
