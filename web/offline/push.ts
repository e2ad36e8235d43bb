/** Web Push in the service worker: shows what comes, leads where a press on it asks, and names a moved subscription to the server. */
import {
  openNotice,
  type OpenNotice,
  pathWithin,
  planNotice,
  readPush,
  type SharedNames,
  windowFor,
} from "./push-notice.ts";

declare const self: ServiceWorkerGlobalScope;

/** As the page names them. */
export const NAMES: SharedNames = {
  notified: "notified",
  push: "push",
  subscription: "/push/subscription",
};
/** Events that count as shown; the oldest go first. */
const MOST_NOTIFIED = 500;

function report(what: string, error: unknown): void {
  // oxlint-disable-next-line no-console -- a service worker has no other log
  console.warn(what, error instanceof Error ? error.message : error);
}

function keyOf(id: string): string {
  return `/notified/${encodeURIComponent(id)}`;
}

/** Whether each of them was shown before; from now on they count as shown. */
async function noteShown(ids: readonly string[]): Promise<boolean> {
  const cache = await caches.open(NAMES.notified);
  const found = await Promise.all(ids.map((id) => cache.match(keyOf(id))));
  await Promise.all(ids.map((id) => cache.put(keyOf(id), new Response())));
  const oldest = (await cache.keys()).slice(0, -MOST_NOTIFIED);
  await Promise.all(oldest.map((one) => cache.delete(one)));
  return ids.length > 0 && found.every((one) => one !== undefined);
}

async function windows(): Promise<readonly WindowClient[]> {
  return self.clients.matchAll({ type: "window", includeUncontrolled: true });
}

/** What is asked of the browser before something is shown may fail; that something came is shown all the same. */
async function look(ids: readonly string[]): Promise<{ isQuiet: boolean; open: readonly OpenNotice[] }> {
  try {
    const wasShown = await noteShown(ids);
    const isLookedAt = (await windows()).some(({ focused }) => focused);
    const open = (await self.registration.getNotifications()).map(({ tag, data }) => openNotice(tag, data));
    return { isQuiet: wasShown || isLookedAt, open };
  } catch (error) {
    report("push_not_compared", error);
    return { isQuiet: false, open: [] };
  }
}

function textOf(data: PushMessageData | null): string | null {
  try {
    return data?.text() ?? null;
  } catch (error) {
    report("push_without_text", error);
    return null;
  }
}

async function show(data: PushMessageData | null): Promise<void> {
  const message = readPush(textOf(data));
  if (message === null) {
    report("push_unreadable", data === null ? "without a payload" : "not a message of this site");
  }
  const around = await look(message?.ids ?? []);
  const { origin } = self.location;
  const { language } = self.navigator;
  const { title, options, closes } = planNotice(message, { origin, language, ...around });
  await self.registration.showNotification(title, options);
  const open = await self.registration.getNotifications();
  for (const one of open.filter(({ tag }) => closes.includes(tag))) {
    one.close();
  }
}

/** To the front, which a browser refuses where no press came before. */
async function toFront(client: WindowClient): Promise<void> {
  try {
    await client.focus();
  } catch (error) {
    report("window_not_focused", error);
  }
}

/** `false`: the browser does not let this worker lead that window. */
async function leadTo(client: WindowClient, path: string): Promise<boolean> {
  try {
    return (await client.navigate(path)) !== null;
  } catch (error) {
    report("window_not_led", error);
    return false;
  }
}

async function answerPress(data: unknown): Promise<void> {
  const { origin } = self.location;
  const { url }: { readonly url?: unknown } = Object(data);
  const path = pathWithin(url, origin);
  const client = windowFor(await windows(), origin, path);
  if (client !== null) {
    await toFront(client);
    if (client.url === `${origin}${path}` || (await leadTo(client, path))) {
      return;
    }
  }
  await self.clients.openWindow(path);
}

interface Kept {
  readonly id: string;
  readonly token: string;
}

/** `null` where the page has kept none. */
async function readKept(): Promise<Kept | null> {
  const entry = await caches.match(NAMES.subscription, { cacheName: NAMES.push });
  const { id, token }: Partial<Record<keyof Kept, unknown>> = Object(await entry?.json());
  return typeof id === "string" && typeof token === "string" ? { id, token } : null;
}

async function answered(response: Response): Promise<unknown> {
  if (!response.ok) {
    throw new Error(`${response.url} answered ${response.status}`);
  }
  return response.json();
}

/** The browser's new subscription, where it has made one by itself; else one under the key of the old. */
async function renewed({
  newSubscription,
  oldSubscription,
}: PushSubscriptionChangeEvent): Promise<PushSubscription> {
  if (newSubscription) {
    return newSubscription;
  }
  const { key }: { readonly key?: unknown } = Object(await answered(await fetch("/api/push")));
  const applicationServerKey = oldSubscription?.options.applicationServerKey ?? String(key);
  return self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

/** Names the new address to the server, with the rules that it has of this device. */
async function move(event: PushSubscriptionChangeEvent): Promise<void> {
  const kept = await readKept();
  if (kept === null) {
    return;
  }
  const path = `/api/push/subscriptions/${encodeURIComponent(kept.id)}`;
  const headers = { Accept: "application/json", Authorization: `Bearer ${kept.token}` };
  const { rules }: { readonly rules?: unknown } = Object(await answered(await fetch(path, { headers })));
  const { endpoint, keys } = (await renewed(event)).toJSON();
  const body = JSON.stringify({ endpoint, keys, rules });
  await answered(await fetch(path, { method: "PUT", headers, body }));
}

self.addEventListener("push", (event) => {
  event.waitUntil(show(event.data));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(answerPress(event.notification.data));
});

// What fails here the page finds when it is opened next: the address that it has named is another one.
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(
    move(event).catch((error: unknown) => {
      report("push_not_moved", error);
    }),
  );
});
