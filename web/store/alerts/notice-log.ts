/** The notices of the day on this device, of one exchange, and how far its log has been read: what was shown once is not shown again. */
import * as v from "valibot";
import { isSimulated } from "../../../worker/core/instrument/exchange-profile.ts";
import { type Exchange, EXCHANGES } from "../../../worker/core/instrument/instrument.ts";
import { AlertEventRow } from "../../../worker/protocol/rest/alert-events.ts";
import { Count } from "../../../worker/protocol/vocabulary.ts";
import type { Device } from "../device/device.ts";
import type { RecordPlace } from "../device/kept.ts";
import { placeOf } from "../device/place.ts";
import { createRecord, type DeviceRecord } from "../device/record.ts";
import { type Shelf, writeShelf } from "../device/shelf.ts";
import { DEVICE_CHANNELS } from "./device-rules.ts";

/** Of one exchange; the oldest go first. */
export const MAX_NOTICES = 200;

const Notice = v.object({
  event: AlertEventRow,
  /** `withdrawn`: a correction took back what it states. */
  state: v.picklist(["unread", "read", "withdrawn"]),
  /** In milliseconds since the epoch when it is shown; `null` once it was. */
  waits: v.nullable(v.number()),
  channels: v.array(v.picklist(DEVICE_CHANNELS)),
  /** Of the rules that asked for it. */
  rules: v.array(v.string()),
});
export type Notice = v.InferOutput<typeof Notice>;

const StoredLog = v.object({
  version: v.literal(1),
  /** Of the last row that was read; `null` before the first visit with a rule. */
  position: v.nullable(Count),
  notices: v.pipe(v.array(Notice), v.maxLength(MAX_NOTICES)),
});

/** Oldest first. */
export interface NoticeLog {
  readonly position: number | null;
  readonly notices: readonly Notice[];
}

export const EMPTY_LOG: NoticeLog = { position: null, notices: [] };

export type NoticeRecord = DeviceRecord<NoticeLog>;

export function noticesKey(exchange: Exchange): string {
  return `vcp.notices.${exchange}`;
}

export function createNoticeLog(place: RecordPlace, exchange: Exchange): NoticeRecord {
  return createRecord<NoticeLog>(place, {
    key: noticesKey(exchange),
    empty: EMPTY_LOG,
    schema: v.pipe(
      StoredLog,
      v.transform(({ position, notices }): NoticeLog => ({ position, notices })),
    ),
    encode: (log) => ({ version: 1, ...log }),
  });
}

const made = new WeakMap<Device, Map<Exchange, NoticeRecord>>();

/** One of each exchange for the page. */
export function noticesOf(device: Device, exchange: Exchange): NoticeRecord {
  const all = made.get(device) ?? new Map<Exchange, NoticeRecord>();
  const log = all.get(exchange) ?? createNoticeLog(placeOf(device), exchange);
  all.set(exchange, log);
  made.set(device, all);
  return log;
}

/** Takes the notices of every market that may ask for a login from the device; its tabs follow. */
export function forgetNotices(): void {
  const shelf: Shelf = {
    getItem: (key) => localStorage.getItem(key),
    setItem: (key, value) => {
      localStorage.setItem(key, value);
    },
  };
  for (const exchange of EXCHANGES.filter((one) => !isSimulated(one))) {
    writeShelf(shelf, noticesKey(exchange), "");
  }
}

/** Shown and not yet looked at. */
export function isUnread({ state, waits }: Notice): boolean {
  return state === "unread" && waits === null;
}

/** The same log where none of them is unread. */
function withRead(log: NoticeLog, isOf: (notice: Notice) => boolean): NoticeLog {
  const isNow = (one: Notice): boolean => isUnread(one) && isOf(one);
  return log.notices.some(isNow)
    ? { ...log, notices: log.notices.map((one) => (isNow(one) ? { ...one, state: "read" } : one)) }
    : log;
}

export function withAllRead(log: NoticeLog): NoticeLog {
  return withRead(log, () => true);
}

/** Of these events, as the log has them now. */
export function withEventsRead(log: NoticeLog, ids: readonly string[]): NoticeLog {
  return withRead(log, ({ event }) => ids.includes(event.id));
}

/** Read by no rule: from the end of the server's log once there is one again. What has not been shown goes. */
export function asleep(log: NoticeLog): NoticeLog {
  return { position: null, notices: log.notices.filter(({ waits }) => waits === null) };
}

/** One share, or the exchange as a whole under an empty ticker. */
export interface NoticeGroup {
  readonly ticker: string;
  /** Newest first. */
  readonly notices: readonly Notice[];
  readonly unread: number;
}

/** What has been shown, by share: what has something unread first, then the newest. */
export function groupedNotices({ notices }: NoticeLog): readonly NoticeGroup[] {
  const groups = new Map<string, Notice[]>();
  for (const notice of notices.filter(({ waits }) => waits === null).toReversed()) {
    const ticker = notice.event.ticker ?? "";
    groups.set(ticker, [...(groups.get(ticker) ?? []), notice]);
  }
  const all = [...groups].map(([ticker, of]) => ({
    ticker,
    notices: of,
    unread: of.filter(isUnread).length,
  }));
  return [...all.filter(({ unread }) => unread > 0), ...all.filter(({ unread }) => unread === 0)];
}
