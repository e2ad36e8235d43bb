/** What the service worker shows of a push message and where a press on it leads, as values: the browser is asked elsewhere. */

/** The page and the service worker share no code, but the names under which they keep things for each other. */
export interface SharedNames {
  /** Which events this browser was notified of, by their ids, over every build. */
  readonly notified: "notified";
  /** Where the page keeps the subscription of this device, with the token that changes it. */
  readonly push: "push";
  readonly subscription: "/push/subscription";
}

/** As the Worker sends it (AL61); what it may lack is `null` or none. */
export interface PushMessage {
  readonly title: string;
  readonly body: string;
  /** Of this message alone. */
  readonly tag: string;
  readonly url: string | null;
  /** Of its events, the newest last. */
  readonly ids: readonly string[];
}

/** A notification that is on the screen or in the list of the system. */
export interface OpenNotice {
  readonly tag: string;
  /** Of the events that it is about. */
  readonly ids: readonly string[];
}

export interface NoticePlan {
  readonly title: string;
  readonly options: {
    readonly tag: string;
    readonly body: string;
    readonly icon: string;
    readonly silent: boolean;
    readonly data: { readonly url: string; readonly ids: readonly string[] };
  };
  /** Tags of those that it takes the place of, beside the one with its own tag. */
  readonly closes: readonly string[];
}

interface Around {
  readonly origin: string;
  /** Of the browser, such as `ko-KR`. */
  readonly language: string;
  /** A page of this site is looked at, or has shown all of it: no sound a second time. */
  readonly isQuiet: boolean;
  readonly open: readonly OpenNotice[];
}

const ICON = "/icon-192.png";
/** Where the alerts of the day stand. */
const ALERTS = "/alerts";
/** For what cannot be read: a later one takes its place. */
const UNREADABLE = "unreadable";

/** Where the content is unknown, what is known: that something came, and where to look. */
const UNREAD = {
  ko: {
    title: "VCP 레이더 알림",
    body: "받은 알림의 내용을 읽을 수 없었습니다. 누르면 오늘의 알림을 엽니다.",
  },
  en: {
    title: "VCP Radar alert",
    body: "An alert came whose content could not be read. Press to open the alerts of the day.",
  },
} as const;

/** UTF-16 units. A push service takes 4 kB: none of these is reached by a message of the Worker. */
const MOST = { title: 200, body: 4_096, tag: 128, url: 1_024, ids: 50, id: 128 } as const;

function textOf(value: unknown, most: number): string | null {
  return typeof value === "string" && value !== "" && value.length <= most ? value : null;
}

function idsOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [];
  return all.filter((one): one is string => textOf(one, MOST.id) !== null).slice(-MOST.ids);
}

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  try {
    return Object(text === null ? null : JSON.parse(text));
  } catch {
    // Expected of what no Worker of ours has sent: the caller logs that it cannot be read.
    return {};
  }
}

/** `text` is the decrypted payload, `null` where there was none. `null` for what is no message. */
export function readPush(text: string | null): PushMessage | null {
  const { title: head, body, tag: name, url, ids } = parsed(text);
  const [title, tag] = [textOf(head, MOST.title), textOf(name, MOST.tag)];
  return title === null || tag === null
    ? null
    : { title, tag, body: textOf(body, MOST.body) ?? "", url: textOf(url, MOST.url), ids: idsOf(ids) };
}

/** What a notification of this site carries; of another version's the events may be unknown. */
export function openNotice(tag: string, data: unknown): OpenNotice {
  const { ids }: { readonly ids?: unknown } = Object(data);
  return { tag, ids: idsOf(ids) };
}

/** A path of this site; the alerts of the day for anything else. */
export function pathWithin(url: unknown, origin: string): string {
  const found = typeof url === "string" ? URL.parse(url, origin) : null;
  return found?.origin === origin ? `${found.pathname}${found.search}${found.hash}` : ALERTS;
}

/** One that is about nothing else than these events: what is new states the same, or takes it back. */
function isOnlyOf(ids: readonly string[]): (open: OpenNotice) => boolean {
  return (open) => open.ids.length > 0 && open.ids.every((id) => ids.includes(id));
}

/**
 * A page names a notification by the newest event that it is about, and so does this: whichever is later takes the other's place. One
 * under that name that is about further events stays.
 */
function tagOf({ tag, ids }: PushMessage, open: readonly OpenNotice[]): string {
  const newest = ids.at(-1);
  const isFree = open.every((one) => one.tag !== newest || isOnlyOf(ids)(one));
  return newest !== undefined && isFree ? newest : tag;
}

/** `null`: a payload that cannot be read. The browser wants every push to be seen, so there is always something to show. */
export function planNotice(
  message: PushMessage | null,
  { origin, language, isQuiet, open }: Around,
): NoticePlan {
  if (message === null) {
    const { title, body } = language.toLowerCase().startsWith("ko") ? UNREAD.ko : UNREAD.en;
    const data = { url: ALERTS, ids: [] };
    return { title, options: { tag: UNREADABLE, body, icon: ICON, silent: isQuiet, data }, closes: [] };
  }
  const { title, body, url, ids } = message;
  const tag = tagOf(message, open);
  return {
    title,
    options: { tag, body, icon: ICON, silent: isQuiet, data: { url: pathWithin(url, origin), ids } },
    closes: open.filter((one) => one.tag !== tag && isOnlyOf(ids)(one)).map((one) => one.tag),
  };
}

/** What is used of a window that is open. */
export interface OpenWindow {
  readonly url: string;
  readonly focused: boolean;
  readonly visibilityState: string;
}

/** The window that is to show `path` of `origin`: one that does, else the one that is looked at, else the last that was. `null`: none is open. */
export function windowFor<T extends OpenWindow>(
  windows: readonly T[],
  origin: string,
  path: string,
): T | null {
  const own = windows.filter(({ url }) => URL.parse(url)?.origin === origin);
  return (
    own.find(({ url }) => url === `${origin}${path}`) ??
    own.find(({ focused }) => focused) ??
    own.find(({ visibilityState }) => visibilityState === "visible") ??
    own[0] ??
    null
  );
}
