/**
 * `npm run bench:list`: how evenly the dashboard draws while a long list moves, in a real browser on the built page. Its server
 * is inside the page, because a socket carries at most 512 prices: first the prices alone move, then every chip and every
 * heading is pressed in turn as well. Needs `npm run build`. Stops by itself.
 */
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import * as v from "valibot";
import { launchBrowser, openPage } from "../../web/e2e/browser.ts";
import { servePage } from "../../web/e2e/page-server.ts";
import { stubApi } from "../../web/e2e/stub-api.ts";
import { LONG_SIGNALS, rowsOf } from "../../web/e2e/stub-long-list.ts";
import { machineLine } from "../testing/load/process-figures.ts";
import { quantile } from "../testing/load/quantile.ts";
import { FRAMES_PROBE, socketInPage } from "./list-frames-socket.ts";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "2600" },
    /** Prices that move in a second. */
    rate: { type: "string", default: "2000" },
    seconds: { type: "string", default: "20" },
    /** Milliseconds between two presses. */
    press: { type: "string", default: "300" },
    /** Of the built page. */
    folder: { type: "string", default: new URL("../../dist/web", import.meta.url).pathname },
  },
});

const WARM_MS = 5_000;
/** What can be pressed: chips that choose, and headings that sort. Neither exists on a page of an earlier version. */
const PRESSED = ".pick, .signals .sort";

const Figures = v.object({
  frames: v.array(v.number()),
  longTasks: v.array(v.number()),
  presses: v.array(v.number()),
  ticks: v.number(),
});
type Figures = v.InferOutput<typeof Figures>;

/** Frames, tasks and prices of `ms`; with `isPressed` every chip and heading is pressed meanwhile, each on the whole list. */
async function measure(page: Page, ms: number, isPressed: boolean): Promise<Figures> {
  await page.evaluate("globalThis.takeFigures()");
  if (isPressed) {
    await page.evaluate(`globalThis.pressEach(${JSON.stringify(PRESSED)}, ${Number(values.press)})`);
  }
  await page.waitForTimeout(ms);
  await page.evaluate("globalThis.pressNone()");
  return v.parse(Figures, await page.evaluate("globalThis.takeFigures()"));
}

function at(samples: readonly number[], share: number): string {
  return samples.length === 0 ? "-" : quantile(samples, share).toFixed(1);
}

function lineOf(name: string, { frames, longTasks, presses, ticks }: Figures, seconds: number): string {
  return [
    name.padEnd(22),
    `${(ticks / seconds).toFixed(0)} prices/s, ${(frames.length / seconds).toFixed(1)} frames/s,`,
    `frame p50 ${at(frames, 0.5)} p95 ${at(frames, 0.95)} p99 ${at(frames, 0.99)} ms,`,
    `long tasks ${longTasks.length} (worst ${at(longTasks, 1)} ms),`,
    `press to frame p50 ${at(presses, 0.5)} p95 ${at(presses, 0.95)} ms of ${presses.length}`,
  ].join(" ");
}

const rows = rowsOf(Number(values.rows));
const browser = await launchBrowser();
const server = await servePage(values.folder);
try {
  const { page, complaints } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
  await stubApi(page, {
    "/api/kr/signals": { body: { ...LONG_SIGNALS, signals: rows, count: rows.length } },
  });
  await page.addInitScript(FRAMES_PROBE);
  await page.addInitScript(socketInPage(rows, Number(values.rate)));
  await page.goto(`${server.url}/?state=all&grade=all`);
  await page.locator(".signal-row").first().waitFor();
  await page.waitForTimeout(WARM_MS);
  const shown = async (): Promise<string> =>
    page.evaluate("document.querySelector('.signals tbody').textContent");
  const before = await shown();
  const counted = await page.locator(".signals").getAttribute("aria-rowcount");
  const seconds = Number(values.seconds);
  console.log(`${rows.length} rows, ${values.rate} prices/s, ${seconds} s each; ${machineLine()}`);
  console.log(lineOf("prices", await measure(page, seconds * 1_000, false), seconds));
  // A page that shows nothing of it would draw as evenly.
  console.log(`rows of the list ${counted ?? "-"}, what is shown has moved: ${before !== (await shown())}`);
  if ((await page.locator(PRESSED).count()) > 0) {
    console.log(lineOf("prices and presses", await measure(page, seconds * 1_000, true), seconds));
  }
  console.log(machineLine());
  if (complaints.length > 0) {
    console.log(complaints.join("\n"));
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await server.stop();
}
