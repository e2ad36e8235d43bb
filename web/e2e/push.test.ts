/**
 * Push to a device whose pages are closed, from the press on the page to the press on the notification.
 *
 * Real: the page, its service worker, the Worker with its log of events and its encryption, the key pair of the subscription, and the way
 * from the browser into the service worker (`ServiceWorker.deliverPushMessage`). Not real: the push service, which is a fake on this
 * machine that decrypts what it was sent as a browser does; `PushManager`, which in a packaged browser has no service to subscribe at and
 * here subscribes at the fake; and the notifications of the system and their permission, which this browser has not: they are kept in
 * memory where the page and the service worker ask for them, and a press on one is an event in the service worker.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, CDPSession, Page, Worker } from "playwright-core";
import * as v from "valibot";
import { afterAll, beforeAll, describe, it } from "vitest";
import { AlertEventsBody } from "../../worker/protocol/rest/alert-events.ts";
import { DeliveriesBody, SubscriptionRow } from "../../worker/protocol/rest/alerts.ts";
import { HealthBody } from "../../worker/protocol/rest/health.ts";
import type { MadeSubscription } from "../../worker/testing/fakes/alerts/fake-push-service.ts";
import { eventuallyTrue } from "../../worker/testing/eventually.ts";
import { BOT_TOKEN, WEBHOOK_SECRET } from "../../worker/testing/fakes/alerts/samples.ts";
import { type ServedReceivers, serveReceivers } from "../../worker/testing/fakes/alerts/served-receivers.ts";
import { askOwner } from "../../worker/testing/stage/ask-owner.ts";
import { type RealWorker, startWorker } from "../../worker/testing/stage/real-worker.ts";
import { waitUntil } from "../../worker/testing/stage/wait-until.ts";
import { launchBrowser, openPage } from "./browser.ts";
import { CONTROLLED, PAGE_STUBS, SYSTEM_STUBS } from "./stub-push.ts";

const PATIENT = { timeout: 30_000, interval: 100 };

let stateDir: string;
let receivers: ServedReceivers;
let worker: RealWorker;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: readonly string[];

/** What this browser has subscribed; the page's `PushManager` asks for it. */
let subscribed: { readonly endpoint: string; readonly keys: object; readonly key: string } | null = null;

const Shown = v.object({
  title: v.string(),
  tag: v.string(),
  body: v.string(),
  silent: v.boolean(),
  data: v.object({ url: v.string(), ids: v.array(v.string()) }),
});

function serviceWorker(): Worker {
  const [only] = context.serviceWorkers();
  if (only === undefined) {
    throw new Error("The page has no service worker");
  }
  return only;
}

async function shown(): Promise<readonly v.InferOutput<typeof Shown>[]> {
  const text = await serviceWorker().evaluate<string>("JSON.stringify([...shown.values()])");
  return v.parse(v.array(Shown), JSON.parse(text));
}

/** How often something was shown. */
async function times(): Promise<number> {
  return serviceWorker().evaluate<number>("times");
}

/** As a page notifies of it. */
async function showOfPage(id: string, url: string): Promise<void> {
  const options = { tag: id, body: "", silent: false, data: { url, ids: [id] } };
  await serviceWorker().evaluate(`registration.showNotification("of a page", ${JSON.stringify(options)})`);
}

/** Brings what the push service has taken into the service worker, as a browser does. */
class Delivery {
  readonly #tool: CDPSession;
  #registration = "";

  constructor(tool: CDPSession) {
    this.#tool = tool;
    tool.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      this.#registration = registrations.at(-1)?.registrationId ?? this.#registration;
    });
  }

  async open(): Promise<void> {
    await this.#tool.send("ServiceWorker.enable");
    await eventuallyTrue(() => this.#registration !== "");
  }

  async bring(data: string): Promise<void> {
    const origin = new URL(worker.url).origin;
    await this.#tool.send("ServiceWorker.deliverPushMessage", {
      origin,
      registrationId: this.#registration,
      data,
    });
  }
}

let delivery: Delivery;
/** Of the subscription, as the page keeps it. */
let kept: { readonly id: string; readonly token: string };

/** Of the messages that the push service has taken, in their order. */
function keys(of: "test" | "event"): readonly string[] {
  return receivers.push.received.keys().filter((key) => key.startsWith("test-") === (of === "test"));
}

/** What the push service has taken of the message with this key, as the browser has decrypted it. */
async function bringPayload(key: string): Promise<void> {
  await delivery.bring(JSON.stringify(receivers.push.received.of(key)[0]?.payload));
}

/** The browser has another address for it; resolves when the service worker has done what follows. */
async function changeSubscription(made: MadeSubscription): Promise<void> {
  await inServiceWorker(
    "pushsubscriptionchange",
    `{ newSubscription: { value: { toJSON: () => (${JSON.stringify(made)}) } } }`,
  );
}

/** Dispatches an event with these properties; resolves when the service worker has done what follows. */
async function inServiceWorker(type: string, properties: string): Promise<void> {
  await serviceWorker().evaluate(`(async () => {
    const event = new ExtendableEvent("${type}");
    const waits = [];
    Object.defineProperties(event, ${properties});
    Object.defineProperty(event, "waitUntil", { value: (work) => waits.push(work) });
    self.dispatchEvent(event);
    await Promise.all(waits);
  })()`);
}

/** Presses the notification with this tag. */
async function press(tag: string): Promise<void> {
  await inServiceWorker(
    "notificationclick",
    `{ notification: { value: shown.get(${JSON.stringify(tag)}) } }`,
  );
}

async function isReady(): Promise<boolean> {
  const { feed, last_run: run } = v.parse(HealthBody, await (await fetch(`${worker.url}/api/health`)).json());
  return feed?.state === "live" && run?.status === "done";
}

const Kept = v.object({ id: v.string(), token: v.string() });

/** What the server knows of this device; `null`: nothing. */
async function known(): Promise<SubscriptionRow | null> {
  const { id, token } = kept;
  const answer = await fetch(`${worker.url}/api/push/subscriptions/${id}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const body: unknown = await answer.json();
  return answer.status === 404 ? null : v.parse(SubscriptionRow, body);
}

/** Of a message that the log of this device has as sent. */
async function sentTitle(): Promise<string | null> {
  const { id, token } = kept;
  const answer = await fetch(`${worker.url}/api/push/subscriptions/${id}/log`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const { deliveries } = v.parse(DeliveriesBody, await answer.json());
  return deliveries.find(({ state }) => state === "sent")?.title ?? null;
}

async function lastPosition(): Promise<number> {
  const answer = await fetch(`${worker.url}/api/kr/events?limit=1`);
  return v.parse(AlertEventsBody, await answer.json()).last;
}

/** Sessions of the demo without a new signal in a row, at most. */
const QUIET_SESSIONS = 5;

/** Ends sessions until one brings a new signal. */
async function advanceToBirth(): Promise<void> {
  const before = await lastPosition();
  for (let session = 0; session < QUIET_SESSIONS; session++) {
    await askOwner(worker, "POST", "/api/admin/demo", JSON.stringify({ advance: "session" }));
    const answer = await fetch(`${worker.url}/api/kr/events?after=${before}&limit=200`);
    const { events } = v.parse(AlertEventsBody, await answer.json());
    if (events.some(({ kind }) => kind === "new")) {
      return;
    }
  }
  throw new Error(`No signal in ${QUIET_SESSIONS} sessions`);
}

describe("push to a closed device", () => {
  beforeAll(async () => {
    stateDir = mkdtempSync(join(tmpdir(), "vcp-radar-"));
    receivers = await serveReceivers({ token: BOT_TOKEN, secret: WEBHOOK_SECRET });
    worker = await startWorker({ stateDir, vars: { ...receivers.vars, DEMO_SESSION_S: "86400" } });
    await waitUntil(isReady, "the demo is ready", 60_000);
    browser = await launchBrowser();
    ({ context, page, complaints } = await openPage(browser, { serviceWorkers: "allow" }));
    await page.exposeFunction("makeSubscription", (key: string) => {
      subscribed ??= { ...receivers.push.subscribe(key), key };
      return subscribed;
    });
    await page.exposeFunction("currentSubscription", () => subscribed);
    await page.exposeFunction("endSubscription", () => {
      if (subscribed !== null) {
        receivers.push.end(subscribed.endpoint);
        subscribed = null;
      }
    });
    await page.addInitScript(PAGE_STUBS);
    delivery = new Delivery(await context.newCDPSession(page));
    await page.goto(`${worker.url}/alerts`);
    await page.evaluate(CONTROLLED);
    await serviceWorker().evaluate(SYSTEM_STUBS);
    await delivery.open();
  });

  afterAll(async () => {
    await browser.close();
    await worker.stop();
    await receivers.end();
    rmSync(stateDir, { recursive: true, force: true });
  });

  // In their order: one device, from its first press to its last.
  it("[UI285] begins with a press, not before, and the rules that are on are those of it", async ({
    expect,
  }) => {
    await page.getByRole("button", { name: "A등급 이상 신규·돌파" }).click();
    const begin = page.getByRole("button", { name: "이 기기로 푸시 받기" });
    await begin.waitFor();
    await page.getByText("바꾸기").click();
    const choice = page.getByRole("checkbox", { name: "푸시", exact: true });
    await expect.poll(async () => choice.count(), PATIENT).toBe(0);
    expect(subscribed).toBeNull();
    await begin.click();
    await page.getByText("푸시를 고른 켜진 규칙: 1개").waitFor();
    await expect.poll(async () => choice.isChecked(), PATIENT).toBe(true);
    const record = await page.evaluate(
      "caches.match('/push/subscription', { cacheName: 'push' }).then((entry) => entry.json())",
    );
    kept = v.parse(Kept, record);
    expect((await known())?.rules).toMatchObject([{ scope: { kind: "grade", least: "A" }, channels: [] }]);
  });

  it("[UI286] names a changed rule to the server", async ({ expect }) => {
    await page.getByLabel("대상").selectOption({ label: "모든 시그널" });
    await expect
      .poll(async () => (await known())?.rules, PATIENT)
      .toMatchObject([{ scope: { kind: "all" } }]);
    expect(complaints).toEqual([]);
  });

  it("[UI287] is tried at a press", async ({ expect }) => {
    await page.getByRole("button", { name: "푸시 시험해 보기" }).click();
    await page.getByText("푸시 서비스에 보냈습니다").waitFor();
    const [key = ""] = keys("test");
    await bringPayload(key);
    await expect.poll(shown, PATIENT).toMatchObject([{ title: "시험 알림", tag: key }]);
    await press(key);
    expect(await shown()).toEqual([]);
  });

  it("[UI280] shows an event of the Worker as it was sent, once, in the place of the page's; [UI281] a press leads there", async ({
    expect,
  }) => {
    const before = new Set(keys("event"));
    await advanceToBirth();
    const fresh = (): readonly string[] => keys("event").filter((key) => !before.has(key));
    await expect.poll(fresh, PATIENT).not.toEqual([]);
    const [key = ""] = fresh();
    const { payload } = receivers.push.received.of(key)[0] ?? {};
    const ids = v.parse(v.array(v.string()), payload?.["ids"]);
    const [first = "", last = ""] = [ids.at(0), ids.at(-1)];
    const signal = `/signals/${first.split(":")[0]}`;
    const path = (): string => new URL(page.url()).pathname;
    await showOfPage(first, signal);
    await press(first);
    await expect.poll(path, PATIENT).toBe(signal);

    const shownBefore = await times();
    await showOfPage(first, signal);
    await bringPayload(key);
    await expect.poll(times, PATIENT).toBe(shownBefore + 2);
    // Once more, as an attempt whose answer was lost.
    await bringPayload(key);
    await expect.poll(times, PATIENT).toBe(shownBefore + 3);
    await expect
      .poll(shown, PATIENT)
      .toMatchObject([
        { title: payload?.["title"], body: payload?.["body"], tag: last, silent: true, data: { ids } },
      ]);
    const [notice] = await shown();
    await press(last);
    await expect.poll(path, PATIENT).toBe(notice?.data.url);
    expect(await shown()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("[UI280] shows that something came which cannot be read, and leaves one line", async ({ expect }) => {
    const lines: string[] = [];
    context.on("console", (line) => lines.push(line.text()));
    await delivery.bring("not of this site");
    await expect.poll(shown, PATIENT).toMatchObject([{ title: "VCP 레이더 알림", data: { url: "/alerts" } }]);
    await expect.poll(() => lines.filter((line) => line.startsWith("push_")), PATIENT).toHaveLength(1);
    await press("unreadable");
    await expect.poll(() => new URL(page.url()).pathname, PATIENT).toBe("/alerts");
  });

  it("[UI287] lists what was sent with its state", async ({ expect }) => {
    await expect.poll(sentTitle, PATIENT).not.toBeNull();
    const title = await sentTitle();
    await page.reload();
    const listed = page.locator("#device-channels .state-list .state-list li", { hasText: title ?? "" });
    await listed
      .filter({ hasText: /보냄 .* KST/u })
      .first()
      .waitFor();
  });

  it("[UI289] follows the browser to a new address without a page", async ({ expect }) => {
    const moved = receivers.push.subscribe(subscribed?.key ?? "");
    subscribed = { ...moved, key: subscribed?.key ?? "" };
    await changeSubscription(moved);
    await page.getByRole("button", { name: "푸시 시험해 보기" }).click();
    await page.getByText("푸시 서비스에 보냈습니다").waitFor();
    const waiting = receivers.push.fetchWaiting(moved.endpoint).map(({ payload }) => payload["key"]);
    expect(waiting).toContain(keys("test").at(-1));
    expect(keys("test")).toHaveLength(2);
  });

  it("[UI288] ends with a press, at the browser and at the server", async ({ expect }) => {
    await page.getByRole("button", { name: "푸시 그만 받기" }).click();
    await page.getByRole("button", { name: "이 기기로 푸시 받기" }).waitFor();
    expect([subscribed, await known()]).toEqual([null, null]);
    expect(complaints).toEqual([]);
  });
});
