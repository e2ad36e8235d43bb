/** What a browser has of Web Push: whether it can, and its subscription. */
import { type PushBrowser, PushRefused } from "./push.ts";
import type { PushTarget } from "./push-server.ts";

/** `homeScreen`: it can once the page was added to the home screen. `insecure`: not over an address without https. */
export type PushSupport = "ready" | "homeScreen" | "insecure" | "unsupported";

interface BrowserFacts {
  readonly isSecure: boolean;
  readonly hasPush: boolean;
  /** Of Safari on a phone or tablet: whether the page was opened from the home screen. Other browsers have no such value. */
  readonly standalone: unknown;
}

export function pushSupport({ isSecure, hasPush, standalone }: BrowserFacts): PushSupport {
  if (!isSecure) {
    return "insecure";
  }
  if (hasPush) {
    return "ready";
  }
  return standalone === false ? "homeScreen" : "unsupported";
}

export function supportHere(): PushSupport {
  const standalone: unknown = Reflect.get(navigator, "standalone");
  return pushSupport({
    isSecure: isSecureContext,
    hasPush: "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis,
    standalone,
  });
}

function targetOf(subscription: PushSubscription): PushTarget {
  const { endpoint, keys } = subscription.toJSON();
  const [p256dh, auth] = [keys?.["p256dh"], keys?.["auth"]];
  if (endpoint === undefined || p256dh === undefined || auth === undefined) {
    throw new PushRefused("The browser gives no keys of its subscription");
  }
  return { endpoint, keys: { p256dh, auth } };
}

function base64Url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

async function currentOf(): Promise<PushSubscription | null> {
  const registration =
    supportHere() === "ready" ? await navigator.serviceWorker.getRegistration() : undefined;
  return registration?.pushManager.getSubscription() ?? null;
}

async function subscribed(key: string): Promise<PushSubscription> {
  if ((await navigator.serviceWorker.getRegistration()) === undefined) {
    throw new PushRefused("The page has no service worker");
  }
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  const known = before?.options.applicationServerKey;
  if (before !== null && known && base64Url(known) !== key) {
    await before.unsubscribe();
  }
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

export const pageBrowser: PushBrowser = {
  current: async () => {
    const found = await currentOf();
    return found && targetOf(found);
  },
  subscribe: async (key) => {
    try {
      return targetOf(await subscribed(key));
    } catch (cause) {
      throw cause instanceof PushRefused ? cause : new PushRefused(String(cause), { cause });
    }
  },
  unsubscribe: async () => {
    await (await currentOf())?.unsubscribe();
  },
};
