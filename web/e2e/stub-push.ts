/** What the packaged browser has not of Web Push, for the page and for its service worker, as scripts that run in each. */

/** The permission as the reader answers it, and subscriptions at the fake. */
export const PAGE_STUBS = `
  let permission = "default";
  Object.defineProperty(Notification, "permission", { get: () => permission });
  Notification.requestPermission = async () => (permission = "granted");
  if (sessionStorage.getItem("asked")) permission = "granted";
  const subscriptionOf = (made) => made && {
    endpoint: made.endpoint,
    options: { applicationServerKey: Uint8Array.fromBase64(made.key, { alphabet: "base64url" }).buffer },
    toJSON: () => ({ endpoint: made.endpoint, keys: made.keys }),
    unsubscribe: () => endSubscription().then(() => true),
  };
  PushManager.prototype.subscribe = async ({ applicationServerKey: key }) => {
    sessionStorage.setItem("asked", "1");
    return subscriptionOf(await makeSubscription(key));
  };
  PushManager.prototype.getSubscription = async () => subscriptionOf(await currentSubscription());
`;

/** Notifications of the system, by their tags. */
export const SYSTEM_STUBS = `(() => {
  const shown = (globalThis.shown = new Map());
  globalThis.times = 0;
  ServiceWorkerRegistration.prototype.showNotification = async (title, { tag, body, data, silent }) => {
    globalThis.times += 1;
    shown.delete(tag);
    shown.set(tag, { title, tag, body, data, silent, close: () => shown.delete(tag) });
  };
  ServiceWorkerRegistration.prototype.getNotifications = async () => [...shown.values()];
})()`;

/** The page goes by the service worker. */
export const CONTROLLED = `new Promise((resolve) => {
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("controllerchange", resolve, { once: true });
  if (serviceWorker.controller) resolve();
}).then(() => true)`;
