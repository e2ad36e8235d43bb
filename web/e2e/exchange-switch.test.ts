/** One page that stays open while its owner switches the active exchange, there and back: nothing of the two is ever mixed. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import * as v from "valibot";
import { afterAll, beforeAll, describe, it } from "vitest";
import { decodeServer } from "../../worker/protocol/messages/codec.ts";
import { HealthBody } from "../../worker/protocol/rest/health.ts";
import type { ServerMessage } from "../../worker/protocol/messages/server-message.ts";
import { STREAMS } from "../../worker/protocol/messages/topic.ts";
import { buildMarket } from "../../worker/testing/builders/constructed-market.ts";
import { barsOf, runOwnerCommand, signalsOf } from "../../worker/testing/stage/owner-commands.ts";
import { waitUntil } from "../../worker/testing/stage/wait-until.ts";
import { type RealWorker, startWorker } from "../../worker/testing/stage/real-worker.ts";
import { askOwner, sendMarket } from "../../worker/testing/stage/ask-owner.ts";
import { launchBrowser, openPage } from "./browser.ts";
import { WHOLE_LIST } from "./stage-page.ts";
import { eventually } from "../../worker/testing/eventually.ts";

/** The badge in Korean: closes only, and live. */
const NO_FEED = "실시간 시세 없음";
const LIVE = "실시간";
const TOPICS = [...STREAMS, "feed", "index:KOSPI"];
const PATIENT = { timeout: 20_000, interval: 100 };
const MARKET = buildMarket();

/**
 * Looks at every state that the page ever had, inside the page: an observer runs before the next frame is drawn. Kept is
 * each state that differs from the one before, such as `DEMO:D`: the exchange by name, and whose signals are there.
 */
const WATCH = `(() => {
  const seen = (window.seen = []);
  const look = () => {
    const chip = document.querySelector(".exchange-DEMO") ? "DEMO" : document.querySelector(".exchange-KRX") ? "KRX" : "none";
    const ribbon = document.querySelector(".ribbon") ? "+ribbon" : "";
    const of = (first) => [...document.querySelectorAll('a[href^="/signals/"]')].some((a) => first.test(a.getAttribute("href")));
    const state = chip + ribbon + ":" + (of(/^.signals.D/) ? "D" : "") + (of(/^.signals.[0-9]/) ? "K" : "");
    if (seen.at(-1) !== state) seen.push(state);
  };
  look();
  new MutationObserver(look).observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
})()`;

let stateDir: string;
let worker: RealWorker;
let browser: Browser;

async function switchTo(exchange: "DEMO" | "KRX"): Promise<void> {
  await askOwner(worker, "PUT", "/api/admin/exchange", JSON.stringify({ exchange }));
}

async function isReady(): Promise<boolean> {
  const health = v.parse(HealthBody, await (await fetch(`${worker.url}/api/health`)).json());
  return health.last_run?.status === "done" && health.feed?.state === "live";
}

/** What a client without our code receives, oldest first. */
function listen(topics: readonly string[]): {
  readonly heard: readonly ServerMessage[];
  readonly close: () => void;
} {
  const socket = new WebSocket(`${worker.url.replace("http", "ws")}/ws?subscribe=${topics.join(",")}`);
  const heard: ServerMessage[] = [];
  socket.addEventListener("message", ({ data }) => {
    heard.push(...(decodeServer(String(data))?.messages ?? []));
  });
  return {
    heard,
    close: () => {
      socket.close();
    },
  };
}

/** The epochs of a topic in the order of their first message. */
function epochsOf(topic: string, heard: readonly ServerMessage[]): readonly string[] {
  const epochs = heard.flatMap((message) =>
    "epoch" in message && message.topic === topic ? (message.epoch ?? []) : [],
  );
  return [...new Set(epochs)];
}

function feedStates(heard: readonly ServerMessage[]): readonly string[] {
  return heard.flatMap((message) => (message.type === "feed_update" ? message.data.state : []));
}

async function waitForBadge(page: Page, label: string): Promise<void> {
  await page.locator(".connection b").getByText(label, { exact: true }).waitFor(PATIENT);
}

async function waitForRow(page: Page, exchange: "DEMO" | "KRX"): Promise<void> {
  const first =
    exchange === "DEMO" ? 'a[href^="/signals/D"]' : `a[href^="/signals/${MARKET.leader.ticker}."]`;
  await page.locator(`.signal-row ${first}`).first().waitFor(PATIENT);
}

describe("a switch of the exchange", () => {
  beforeAll(async () => {
    stateDir = mkdtempSync(join(tmpdir(), "vcp-radar-"));
    worker = await startWorker({ stateDir, vars: { DEMO_SESSION_S: "86400" } });
    browser = await launchBrowser();
    await waitUntil(isReady, "the demo is ready", 150_000);
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await worker.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  it("[UI32] begins every stream anew and never shows a signal of one market beside one of the other", async ({
    expect,
  }) => {
    const { page, complaints } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
    await page.goto(`${worker.url}${WHOLE_LIST}`);
    await waitForRow(page, "DEMO");
    await page.evaluate(WATCH);
    const { heard, close } = listen(TOPICS);
    const epochs = (): readonly number[] => TOPICS.map((topic) => epochsOf(topic, heard).length);
    await eventually(() => {
      expect(epochs()).toEqual([1, 1, 1, 1]);
    });

    await sendMarket(worker, MARKET);
    await switchTo("KRX");
    await waitForBadge(page, NO_FEED);
    await askOwner(worker, "POST", "/api/kr/scan", "{}");
    await waitForRow(page, "KRX");
    await expect.poll(async () => page.locator('.connection[data-state="closed"]').count()).toBe(1);
    await page.locator(".indices .as-of").nth(1).waitFor(PATIENT);

    await switchTo("DEMO");
    await waitForRow(page, "DEMO");
    await waitForBadge(page, LIVE);
    await eventually(() => {
      expect(epochs()).toEqual([3, 3, 3, 3]);
      expect(feedStates(heard)).toEqual(["live", "none", "live"]);
    });
    close();

    const seen = v.parse(v.array(v.string()), await page.evaluate("window.seen"));
    const allowed = ["DEMO+ribbon:D", "DEMO+ribbon:", "KRX:", "KRX:K"];
    expect(seen.filter((state) => !allowed.includes(state))).toEqual([]);
    expect(seen.filter((state) => state.endsWith("D") || state.endsWith("K"))).toEqual([
      "DEMO+ribbon:D",
      "KRX:K",
      "DEMO+ribbon:D",
    ]);
    expect(complaints).toEqual([]);
  }, 90_000);

  it("[CL32] survives the loss of every object: a restore gives the same signals and bars, and resets open sockets", async ({
    expect,
  }) => {
    await switchTo("KRX");
    const backup = join(stateDir, "backup");
    const signals = await signalsOf(worker.url);
    expect(signals).toMatchObject({ count: 1 });
    await runOwnerCommand(worker, "backup.ts", [backup, "--to", worker.url, "--state", stateDir]);
    const bars = gunzipSync(readFileSync(join(backup, "bars-KRX.csv.gz"))).toString("utf8");

    // What came after the backup: another name and another run. Then bars, streams and gateways are gone.
    const renamed = MARKET.instruments.replace(MARKET.leader.name, "새이름");
    await askOwner(worker, "POST", "/api/admin/instruments?exchange=KRX", renamed, "text/csv");
    await askOwner(worker, "POST", "/api/kr/scan", "{}");
    expect(await signalsOf(worker.url)).not.toEqual(signals);
    await worker.stop();
    rmSync(join(stateDir, "v3", "do"), { recursive: true });
    worker = await startWorker({ stateDir, vars: { DEMO_SESSION_S: "86400" } });

    const { heard, close } = listen(STREAMS);
    await eventually(() => {
      expect(STREAMS.map((topic) => epochsOf(topic, heard).length)).toEqual(STREAMS.map(() => 1));
    });
    const at = ["--to", worker.url, "--state", stateDir];
    const output = await runOwnerCommand(worker, "restore.ts", [backup, ...at, "--yes"]);
    expect(output).toContain("byte for byte as in the backup");
    expect(await signalsOf(worker.url)).toEqual(signals);
    expect(await barsOf(worker)).toBe(bars);
    await eventually(() => {
      expect(STREAMS.map((topic) => epochsOf(topic, heard).length)).toEqual(STREAMS.map(() => 2));
      const resets = heard.flatMap((message) => (message.type === "reset" ? [message.topic] : []));
      expect(resets.toSorted()).toEqual(STREAMS.toSorted());
      expect(heard.findLast(({ type }) => type === "signal_update")).toMatchObject({
        snapshot: true,
        data: { count: 1, signals: [{ ticker: MARKET.leader.ticker, name: MARKET.leader.name }] },
      });
    });
    close();
  }, 90_000);
});
