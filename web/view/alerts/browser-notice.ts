/** Notifications over other windows: whether the browser lets the page, and one for each event whatever tab shows it. */
import { type Accessor, createSignal } from "solid-js";
import type { SharedNames } from "../../offline/push-notice.ts";

/** `unsupported`: the browser has none, as on an iPhone before the page is on its home screen. */
export type NoticePermission = NotificationPermission | "unsupported";

export function noticePermission(): NoticePermission {
  return "Notification" in globalThis ? Notification.permission : "unsupported";
}

const [shown, setShown] = createSignal(noticePermission());

/** As it was when the page was opened, or as the reader has answered since. Reactive. */
export const shownPermission: Accessor<NoticePermission> = shown;

/** From a press alone. */
export async function askNoticePermission(): Promise<NoticePermission> {
  const answer = "Notification" in globalThis ? await Notification.requestPermission() : "unsupported";
  setShown(answer);
  return answer;
}

export interface BrowserNotice {
  /** The id of its newest event: another with the same takes its place. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  /** On this site; the service worker leads there at a press. */
  readonly path: string;
  /** Of all events that it stands for. */
  readonly ids: readonly string[];
}

/** Which events this browser has shown, here or by a push message. */
const CACHE: SharedNames["notified"] = "notified";
const ICON = "/icon-192.png";
/** The oldest go first. */
const MOST_KEPT = 500;

function keyOf(id: string): string {
  return `/notified/${encodeURIComponent(id)}`;
}

/** Those of which none was shown, all of which count as shown from now on. */
async function notShown(ids: readonly string[]): Promise<readonly string[]> {
  const cache = await caches.open(CACHE);
  const found = await Promise.all(ids.map(async (id) => cache.match(keyOf(id))));
  await Promise.all(ids.map(async (id) => cache.put(keyOf(id), new Response())));
  const oldest = (await cache.keys()).slice(0, -MOST_KEPT);
  await Promise.all(oldest.map(async (one) => cache.delete(one)));
  return ids.filter((_, i) => found[i] === undefined);
}

/** Whether it is there. Nothing without permission, and nothing where each of its events was shown before. */
export async function showBrowserNotice(notice: BrowserNotice): Promise<boolean> {
  const { tag, title, body, path, ids } = notice;
  if (noticePermission() !== "granted" || (ids.length > 0 && (await notShown(ids)).length === 0)) {
    return false;
  }
  const options = { tag, body, icon: ICON, data: { url: path, ids, isOfPage: true } };
  const worker = await navigator.serviceWorker.getRegistration();
  if (worker === undefined) {
    const made = new Notification(title, options);
    made.addEventListener("click", () => {
      globalThis.focus();
      location.assign(path);
    });
  } else {
    await worker.showNotification(title, options);
  }
  return true;
}

/** What a notification of a page is about; none of one that came by a push message, whose corrections come that way too. */
function idsOf(data: unknown): readonly unknown[] {
  const { ids, isOfPage }: { readonly ids?: unknown; readonly isOfPage?: unknown } = Object(data);
  return isOfPage === true && Array.isArray(ids) ? ids : [];
}

/** Those that are still there, and about nothing else than these events, are named so with `word`, and make no sound. */
export async function withdrawBrowserNotices(ids: readonly string[], word: string): Promise<void> {
  const worker =
    noticePermission() === "granted" ? await navigator.serviceWorker?.getRegistration() : undefined;
  const all = (await worker?.getNotifications()) ?? [];
  const stale = all.filter(({ data }) => {
    const about = idsOf(data);
    return about.length > 0 && about.every((id) => ids.some((one) => one === id));
  });
  await Promise.all(
    stale.map(async ({ tag, title, body, data }) => {
      const options = { tag, body, icon: ICON, data: { ...Object(data), isOfPage: false }, silent: true };
      return worker?.showNotification(`${title} · ${word}`, options);
    }),
  );
}

/** A page that its reader looks at has its own notice; the others are for who looks elsewhere. */
export function isLookedAt(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}
