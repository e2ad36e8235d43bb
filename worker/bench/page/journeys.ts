/**
 * `npm run bench:journeys`: the journeys of a trader by mouse, by keyboard alone and by touch at 360 px, in Korean and in
 * English, with a clock: presses, seconds of the page and its server without those of the market, and what stood in the way. The
 * moving demo is that of the shipped Worker; lists for TradingView and the outcomes of a real market come from answers in the
 * browser, because the demo has neither. Needs `npm run build`. Stops by itself; ends with 1 when a journey cannot be gone.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, BrowserContext, Page } from "playwright-core";
import sharp from "sharp";
import * as v from "valibot";
import { launchBrowser, openPage } from "../../../web/e2e/browser.ts";
import { Reader, SCREENS, type Way, WAYS } from "../../../web/e2e/journeys/reader.ts";
import { WALKS, type WalkName } from "../../../web/e2e/journeys/walks.ts";
import { ASLEEP_S, type World } from "../../../web/e2e/journeys/world.ts";
import { servePage } from "../../../web/e2e/page-server.ts";
import { stubApi } from "../../../web/e2e/stub-api.ts";
import { LONG_SIGNALS } from "../../../web/e2e/stub-long-list.ts";
import { LIVE_SIGNALS } from "../../../web/e2e/stub-outcome-lists.ts";
import { LOCALES, type Locale } from "../../../web/i18n/locale.ts";
import { HealthBody } from "../../protocol/rest/health.ts";
import { machineLine } from "../../testing/load/process-figures.ts";
import { askOwner } from "../../testing/stage/ask-owner.ts";
import { type RealWorker, startWorker } from "../../testing/stage/real-worker.ts";
import { waitUntil } from "../../testing/stage/wait-until.ts";
import { forgetAlerts, happen, type ServedReceiver, serveReceiver } from "./alert-stage.ts";

const { values } = parseArgs({
  options: {
    /** Of the built page. */
    folder: { type: "string", default: new URL("../../../dist/web", import.meta.url).pathname },
    only: { type: "string", default: "" },
    /** Prints what the reader then knows. */
    known: { type: "boolean", default: false },
    /** A folder for pictures on the way; they count in the seconds. */
    shots: { type: "string", default: "" },
  },
});

/** What the demo has none of: a list that TradingView knows, and thirty cases. */
const REAL_MARKET: ReadonlySet<WalkName> = new Set(["starred", "outcomes"]);

/** What an owner sets up at a desk. */
const AT_A_DESK: ReadonlySet<WalkName> = new Set(["webhook"]);

interface Sites {
  readonly browser: Browser;
  readonly worker: RealWorker;
  readonly receiver: ServedReceiver;
  /** Of the built page, without a Worker. */
  readonly stub: string;
}

async function answerLists(page: Page): Promise<void> {
  await stubApi(page, { "/api/kr/signals": { body: LONG_SIGNALS } });
  await page.route("**/api/kr/performance/signals?*", async (route) => {
    await route.fulfill({ json: { ...LIVE_SIGNALS, next_cursor: null } });
  });
}

/** The lid is closed: no timer runs and no network is there, and two sessions pass meanwhile. */
async function sleepOver(context: BrowserContext, page: Page, worker: RealWorker): Promise<void> {
  await context.setOffline(true);
  for (let session = 0; session < 2; session++) {
    await askOwner(worker, "POST", "/api/admin/demo", JSON.stringify({ advance: "session" }));
  }
  await page.clock.fastForward(1_000 * ASLEEP_S);
  await context.setOffline(false);
}

interface Gone {
  readonly presses: number;
  readonly seconds: number;
  readonly stumbles: readonly string[];
  readonly known: Readonly<Record<string, string>>;
}

interface Journey {
  readonly walk: WalkName;
  readonly way: Way;
  readonly locale: Locale;
}

/** Each way in one theme and each language in the other. */
function themeOf({ way, locale }: Journey): "light" | "dark" {
  return (way === "touch") === (locale === "ko") ? "dark" : "light";
}

/** A picture of few colours, as those of the README. */
async function take(page: Page, { walk, way, locale }: Journey, name: string): Promise<void> {
  if (values.shots !== "") {
    const path = join(values.shots, `${walk}-${way}-${locale}-${name}.png`);
    await sharp(await page.screenshot())
      .png({ palette: true, colours: 128, effort: 10 })
      .toFile(path);
  }
}

/** `null` for `failure` when the reader came to the end. */
async function go(
  { browser, worker, stub, receiver }: Sites,
  journey: Journey,
): Promise<Gone & { readonly failure: string | null }> {
  const { walk, way, locale } = journey;
  const language = locale === "ko" ? "ko-KR" : "en-US";
  const { context, page, complaints } = await openPage(browser, {
    ...SCREENS[way],
    locale: language,
    colorScheme: themeOf(journey),
    // A picture of a phone is looked at on a larger screen.
    deviceScaleFactor: way === "touch" && values.shots !== "" ? 2 : 1,
  });
  const isReal = REAL_MARKET.has(walk);
  let marketMs = 0;
  const world: World = {
    page,
    locale,
    url: isReal ? stub : worker.url,
    sleep: async () => sleepOver(context, page, worker),
    happen: async (tickers) => {
      const from = performance.now();
      await happen(worker, tickers);
      marketMs += performance.now() - from;
    },
    shot: async (name) => take(page, journey, name),
    owner: { ...receiver.owner, token: worker.ownerToken },
  };
  const reader = new Reader(page, way);
  try {
    if (isReal) {
      await answerLists(page);
    } else if (walk === "afterSleep") {
      await page.clock.install();
    }
    const from = performance.now();
    const known = await WALKS[walk](reader, world);
    const seconds = (performance.now() - from - marketMs) / 1_000;
    // The browser's own line about a network that the journey has taken away.
    const faults = complaints.filter((one) => !one.includes("ERR_INTERNET_DISCONNECTED"));
    return { ...reader.cost, seconds, known, failure: faults.length > 0 ? faults.join("; ") : null };
  } catch (error) {
    // Another journey may be possible: the line names this one.
    return {
      ...reader.cost,
      seconds: Number.NaN,
      known: {},
      failure: String(error).split("\n").slice(0, 4).join(" "),
    };
  } finally {
    await context.close();
    await forgetAlerts(worker);
  }
}

async function isReady(worker: RealWorker): Promise<boolean> {
  const health = v.parse(HealthBody, await (await fetch(`${worker.url}/api/health`)).json());
  return health.last_run?.status === "done" && health.feed?.state !== "preparing";
}

async function walkAll(sites: Sites): Promise<void> {
  const chosen = WALK_NAMES.filter((name) => values.only === "" || values.only.split(",").includes(name));
  for (const walk of chosen) {
    for (const way of WAYS.filter((one) => one !== "touch" || !AT_A_DESK.has(walk))) {
      for (const locale of LOCALES) {
        const gone = await go(sites, { walk, way, locale });
        const cost = `${String(gone.presses).padStart(3)} presses ${gone.seconds.toFixed(1).padStart(5)} s`;
        console.log(`${walk.padEnd(11)} ${way.padEnd(8)} ${locale} ${cost} ${gone.stumbles.length} stumbles`);
        for (const stumble of gone.stumbles) {
          console.log(`            ${stumble}`);
        }
        if (values.known) {
          console.log(gone.known);
        }
        if (gone.failure !== null) {
          console.log(`            NOT POSSIBLE: ${gone.failure}`);
          process.exitCode = 1;
        }
      }
    }
  }
}

const WALK_NAMES = [
  "canAct",
  "nearest",
  "starred",
  "afterSleep",
  "outcomes",
  "notified",
  "webhook",
] as const satisfies readonly WalkName[];

console.log(machineLine());
const stateDir = mkdtempSync(join(tmpdir(), "vcp-radar-journeys-"));
if (values.shots !== "") {
  mkdirSync(values.shots, { recursive: true });
}
const receiver = await serveReceiver();
const worker = await startWorker({ stateDir, vars: { ALERT_TARGETS: receiver.origin } });
const server = await servePage(values.folder);
const browser = await launchBrowser();
try {
  await waitUntil(async () => isReady(worker), "the demo is ready", 60_000);
  await walkAll({ browser, worker, receiver, stub: server.url });
  console.log(machineLine());
} finally {
  await browser.close();
  await server.stop();
  await worker.stop();
  await receiver.end();
  rmSync(stateDir, { recursive: true, force: true });
}
