/** Which events of a page of the log a device notifies of, when, and what a correction takes back. Pure. */
import { isTakenBack, keyOf, type ToldAlert } from "../../../worker/core/alerts/alert-event.ts";
import { cooldownKey, matchesRule, tellAt } from "../../../worker/core/alerts/alert-rule.ts";
import { isAlwaysQuiet } from "../../../worker/core/alerts/quiet-hours.ts";
import { digestAt, isMarketOpen } from "../../../worker/core/alerts/market-hours.ts";
import { DAY_MS } from "../../../worker/core/calendar/trading-day.ts";
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
/** Of the simulated market, whose sessions have no hours of their own: what it does within these comes together. */
const SIMULATED_DIGEST_MS = 5 * MINUTE_MS;

/** Hours without an end are never over. */
function isSilent({ quiet }: DeviceRule): boolean {
  return quiet !== null && isAlwaysQuiet(quiet);
}

/** Where nothing was asked for before, what the rules get is what comes from now on. */
function isAsked(rule: DeviceRule, event: ToldAlert, log: NoticeLog): boolean {
  if (
    !matchesRule(rule, event) ||
    isSilent(rule) ||
    (rule.onlyOpen && !isMarketOpen(event.exchange, event.at))
  ) {
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
  const left = SIMULATED_DIGEST_MS - (event.at % SIMULATED_DIGEST_MS);
  const due = rule.digest ? Math.max(now, digestAt(event.exchange, event.at, left)) : now;
  const at = tellAt(rule, due);
  return at <= now ? null : at;
}

/** Of what could have been shown from `since` on. */
function freshChannels(channels: readonly DeviceChannel[], since: number, now: number): DeviceChannel[] {
  const isFresh = now - since <= FRESH_MS;
  return channels.filter((channel) => isFresh || (channel !== "sound" && channel !== "notification"));
}

function channelsOf(rules: readonly DeviceRule[]): readonly DeviceChannel[] {
  return [...new Set(rules.flatMap(({ channels }) => channels))];
}

/** When a notice is shown by the rules that ask for it, `null` for at once, and where: by those alone whose time it is. */
function showingOf(
  event: ToldAlert,
  rules: readonly DeviceRule[],
  now: number,
): Pick<Notice, "waits"> & { readonly channels: readonly DeviceChannel[] } {
  const waits = rules.map((rule) => [rule, waitOf(rule, event, now)] as const);
  const atOnce = waits.filter(([, at]) => at === null).map(([rule]) => rule);
  return atOnce.length > 0
    ? { waits: null, channels: channelsOf(atOnce) }
    : { waits: Math.min(...waits.map(([, at]) => at ?? now)), channels: channelsOf(rules) };
}

/** The notice of an event that some rule asks for. */
function noticeOf(row: EventRow, event: ToldAlert, rules: readonly DeviceRule[], now: number): Notice {
  const { waits, channels } = showingOf(event, rules, now);
  const base = { event: row, state: "unread", waits, rules: rules.map(({ id }) => id) } as const;
  return { ...base, channels: waits === null ? freshChannels(channels, event.at, now) : [...channels] };
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
  if (plan === start) {
    return start;
  }
  const notices = trimmed(plan.log.notices, now);
  return { ...plan, log: { ...plan.log, notices }, shown: plan.shown.filter((one) => notices.includes(one)) };
}

function idsOf(notices: readonly Notice[]): ReadonlySet<string> {
  return new Set(notices.map(({ event }) => event.id));
}

/** Two plans of one log as one: what has left it in between, or was taken back, is shown by neither. */
export function joined(before: NoticePlan, after: NoticePlan): NoticePlan {
  const [held, kept] = [
    idsOf(before.shown),
    idsOf(after.log.notices.filter((one) => one.state !== "withdrawn")),
  ];
  return {
    log: after.log,
    shown: [...before.shown.filter(({ event }) => kept.has(event.id)), ...after.shown],
    withdrawn: [...before.withdrawn, ...after.withdrawn.filter(({ event }) => !held.has(event.id))],
  };
}

/** As its rules are now; `null` where none of them asks any more. One that cannot be read waits for no rule. */
function judgedAnew(one: Notice, { exchange, rules, now }: Due): Notice | null {
  const event = alertOf(one.event, exchange);
  const asking = rules.filter((rule) => one.rules.includes(rule.id) && !isSilent(rule));
  if (one.waits === null || event === null || asking.length === 0) {
    return one.waits === null ? one : null;
  }
  const { waits, channels } = showingOf(event, asking, now);
  if (waits === null) {
    return { ...one, waits, channels: freshChannels(channels, Math.min(one.waits, now), now) };
  }
  return waits === one.waits ? one : { ...one, waits };
}

interface Due {
  readonly exchange: EventPage["exchange"];
  /** Those that are on. */
  readonly rules: readonly DeviceRule[];
  /** In milliseconds since the epoch. */
  readonly now: number;
}

/**
 * What has waited for the end of the quiet hours, or for its summary, by the rules as they are now: what no rule asks for any more goes
 * without a trace. The same log where nothing is due.
 */
export function planDue(log: NoticeLog, due: Due): NoticePlan {
  const judged = log.notices.map((one) => [one, judgedAnew(one, due)] as const);
  const notices = judged.flatMap(([, next]) => next ?? []);
  return {
    log: judged.every(([one, next]) => one === next) ? log : { ...log, notices },
    shown: judged.flatMap(([one, next]) => (one.waits !== null && next?.waits === null ? [next] : [])),
    withdrawn: [],
  };
}
