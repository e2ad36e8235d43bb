/** The journeys of a trader by keyboard alone: what the benches measure with a clock must be possible at every commit. */
import { describe, it } from "vitest";
import { assert } from "../../worker/core/assert.ts";
import type { Locale } from "../i18n/locale.ts";
import { MORNING } from "../store/alerts/stage-alerts.ts";
import { Reader, SCREENS, type Way } from "./journeys/reader.ts";
import { WALKS, type WalkName } from "./journeys/walks.ts";
import { ASLEEP_S } from "./journeys/world.ts";
import { stagePage } from "./stage-page.ts";
import { stubApi } from "./stub-api.ts";
import { StubbedLog } from "./stub-events.ts";
import { LISTED, LISTED_ANSWERS, STAYING } from "./stub-listed.ts";
import { nowKst, stubLive } from "./stub-live.ts";
import { HEALTH_BARE, RUN_DONE, STATUS } from "./stub-market.ts";
import { LIVE_SIGNALS } from "./stub-outcome-lists.ts";
import { ROWS, SIGNALS } from "./stub-signals.ts";

const ASLEEP_MS = 1_000 * ASLEEP_S;

const stage = stagePage();

/** What the list is after a night: one name has touched its pivot. */
const LATER = ROWS.map((row, i) => (i === 0 ? { ...row, state: "TRIGGERED" as const } : row));

const SCANNED = {
  ...STATUS,
  last_done: { ...RUN_DONE, diff: { ...RUN_DONE.diff, born: ROWS.slice(0, 1).map(({ id }) => id) } },
};

/** What the other journeys have no need of. */
const STILL = {
  happen: async () => Promise.resolve(),
  shot: async () => Promise.resolve(),
  owner: null,
} as const;

/** A new device on a morning, whatever the hour of the machine; the first of its shares breaks out. */
async function goToNotice(locale: Locale): Promise<Readonly<Record<string, unknown>>> {
  const { page, complaints } = await stage.open({
    ...SCREENS.keyboard,
    locale: locale === "ko" ? "ko-KR" : "en-US",
  });
  await page.clock.setFixedTime(MORNING);
  await page.addInitScript(STAYING);
  await stubApi(page, LISTED_ANSWERS);
  const log = new StubbedLog();
  await log.serve(page);
  const live = await stubLive(page, { rows: LISTED });
  live.later(MORNING - Date.now());
  const reader = new Reader(page, "keyboard");
  const known = await WALKS.notified(reader, {
    page,
    locale,
    url: `${stage.url()}/`,
    ...STILL,
    sleep: async () => Promise.resolve(),
    happen: async (tickers) => {
      const row = LISTED.find(({ ticker }) => tickers.includes(ticker));
      assert(row !== undefined, "The reader has starred what is listed");
      log.add(row, "confirmed");
      await live.change([{ ...row, state: "CONFIRMED" }], [], null);
    },
  });
  return { ...known, ...costOf(reader), complaints };
}

/** A wait of the machine that runs the tests is no fault of the page. */
function costOf({ cost }: Reader): { readonly stumbles: readonly string[] } {
  return { stumbles: cost.stumbles.filter((one) => !one.startsWith("waited")) };
}

async function go(
  walk: WalkName,
  locale: Locale,
  way: Way = "keyboard",
): Promise<Readonly<Record<string, unknown>>> {
  const { page, complaints } = await stage.open({
    ...SCREENS[way],
    locale: locale === "ko" ? "ko-KR" : "en-US",
  });
  if (walk === "afterSleep") {
    await page.clock.install();
  }
  const { answers } = await stubApi(page, { "/api/kr/scan/status": { body: SCANNED } });
  await page.route("**/api/kr/performance/signals?*", async (route) => {
    await route.fulfill({ json: { ...LIVE_SIGNALS, next_cursor: null } });
  });
  const live = await stubLive(page);
  const reader = new Reader(page, way);
  const known = await WALKS[walk](reader, {
    page,
    locale,
    url: `${stage.url()}/`,
    ...STILL,
    sleep: async () => {
      await live.cut();
      await live.change(LATER, [], null);
      answers.set("/api/kr/signals", { body: { ...SIGNALS, signals: LATER } });
      answers.set("/api/health", { body: { ...HEALTH_BARE, server_time: nowKst(ASLEEP_MS) } });
      live.later(ASLEEP_MS);
      live.restore();
      await page.clock.fastForward(ASLEEP_MS);
    },
  });
  return { ...known, ...costOf(reader), complaints };
}

describe("a journey by keyboard alone", () => {
  it("[UI240] learns whether one can act today and what has changed", async ({ expect }) => {
    expect(await go("canAct", "ko")).toMatchObject({
      gate: expect.stringMatching(/^(우호|주의|비우호)$/u),
      actionable: expect.stringMatching(/^실행 가능 \d+$/u),
      changed: expect.stringMatching(/\S/u),
      stumbles: [],
      complaints: [],
    });
  });

  it("[UI240] finds what is nearest its pivot and why, past no squat", async ({ expect }) => {
    expect(await go("nearest", "en")).toMatchObject({
      who: "Samsung Electronics",
      why: expect.stringContaining("3 contractions"),
      stumbles: [],
      complaints: [],
    });
  });

  it("[UI240][UI241] stars three names, and saves them for TradingView", async ({ expect }) => {
    expect(await go("starred", "ko")).toMatchObject({
      symbols: "KRX:005930,KRX:042700,KRX:257720",
      stumbles: [],
      complaints: [],
    });
  });

  it("[UI240] learns after a sleep what was missed", async ({ expect }) => {
    expect(await go("afterSleep", "en")).toMatchObject({
      gap: expect.stringContaining("8 h"),
      missed: expect.stringContaining("Samsung Electronics"),
      stumbles: [],
      complaints: [],
    });
  });

  it("[UI240] learns what A and B did, and which signals they were", async ({ expect }) => {
    expect(await go("outcomes", "ko")).toMatchObject({
      A: expect.stringMatching(/^A 29 /u),
      B: expect.stringMatching(/^B 32 .*%/u),
      "first of B": expect.stringContaining("한빛전자"),
      stumbles: [],
      complaints: [],
    });
  });
});

describe("the journey to an alert by keyboard alone", () => {
  it("[UI300][UI301] from a star and the key to the notice of a breakout, the list of the day and the signal", async ({
    expect,
  }) => {
    expect(await goToNotice("en")).toMatchObject({
      asked: expect.stringContaining("Samsung Electronics is starred"),
      notice: expect.stringMatching(/^Breakout confirmed · Samsung Electronics 005930 Price .*Not advice/u),
      count: expect.stringMatching(/^\(1\) /u),
      day: expect.stringMatching(/^Samsung Electronics 005930 Breakout confirmed/u),
      over: "0",
      who: "Samsung Electronics",
      stumbles: [],
      complaints: [],
    });
  });
});

describe("a journey on a phone", () => {
  it("[UI243] sees the candles of what is nearest on the first screen", async ({ expect }) => {
    expect(await go("nearest", "en", "touch")).toMatchObject({
      who: "Samsung Electronics",
      stumbles: [],
      complaints: [],
    });
  });

  it("[UI256] learns what A and B did, and which signals they were, from the cards", async ({ expect }) => {
    expect(await go("outcomes", "ko", "touch")).toMatchObject({
      A: expect.stringMatching(/^A .*29/u),
      B: expect.stringMatching(/^B .*32.*%/u),
      "first of B": expect.stringContaining("한빛전자"),
      complaints: [],
    });
  });
});
