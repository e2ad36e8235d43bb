/**
 * `npm run bench:vitals`: what a reader feels, in the lab: the largest paint and the layout shifts of a page that is loaded cold
 * and again, and the delay from an act to the frame that shows it; on a desk, and on a phone whose processor is four times as
 * slow. Beside a page with one sentence and one button at the same server. Needs `npm run build`. Stops by itself; ends with 1
 * over a budget.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import * as v from "valibot";
import { launchBrowser, openPage } from "../../../web/e2e/browser.ts";
import { type PageServer, servePage } from "../../../web/e2e/page-server.ts";
import { LONG_ROWS, rowAt } from "../../../web/e2e/stub-long-list.ts";
import { machineLine } from "../../testing/load/process-figures.ts";
import { quantile } from "../../testing/load/quantile.ts";
import { answersFor } from "./list-answers.ts";
import { dayInPage } from "./open-hours-socket.ts";
import { ACTS } from "./vitals-acts.ts";
import { Felt, VITALS_PROBE } from "./vitals-probe.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    /** How often each act is repeated. */
    acts: { type: "string", default: "12" },
    /** Of the built page. */
    folder: { type: "string", default: new URL("../../../dist/web", import.meta.url).pathname },
  },
});

/** Milliseconds, milliseconds, and the sum of the shifts; of three quarters of the samples. */
const BUDGET = { lcp: 1_800, inp: 150, cls: 0.05 } as const;
const SHARE = 0.75;

const SCREENS = [
  { name: "phone, 360 px, x4", slow: 4, options: { viewport: { width: 360, height: 780 }, hasTouch: true } },
  { name: "desk, 1440 px", slow: 1, options: { viewport: { width: 1440, height: 900 } } },
] as const;
type Screen = (typeof SCREENS)[number];

const PAGES = [
  { name: "floor", path: "/floor.html", ready: "button" },
  { name: "list", path: "/", ready: ".row-link" },
  { name: "signal", path: `/signals/${rowAt(LONG_ROWS).id}`, ready: ".chart-host canvas" },
] as const;

const FLOOR = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>floor</title>
<h1>One sentence that is painted.</h1><button type="button">A button that does nothing</button></html>`;

/** Milliseconds for what follows the first paint. */
const SETTLED_MS = 1_500;

async function take(page: Page): Promise<Felt> {
  return v.parse(Felt, await page.evaluate("globalThis.takeFelt()"));
}

interface Opened {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

async function openSlow(browser: Browser, { options, slow }: Screen): Promise<Opened> {
  const { page, context } = await openPage(browser, options);
  const inspector = await context.newCDPSession(page);
  await inspector.send("Emulation.setCPUThrottlingRate", { rate: slow });
  await page.addInitScript(VITALS_PROBE);
  await page.addInitScript(dayInPage(LONG_ROWS));
  return { page, close: async () => context.close() };
}

let isOver = false;

function verdict(value: number, budget: number): string {
  if (value <= budget) {
    return "";
  }
  isOver = true;
  return ` OVER ${budget}`;
}

/** Cold: a browser that has never seen the page. Again: the same page once more, with what the browser kept. */
async function measureLoads(browser: Browser, server: PageServer, screen: Screen): Promise<void> {
  for (const { name, path, ready } of PAGES) {
    const felt = { cold: new Array<Felt>(), again: new Array<Felt>() };
    for (let round = 0; round < Number(values.rounds); round++) {
      const { page, close } = await openSlow(browser, screen);
      for (const turn of ["cold", "again"] as const) {
        await page.goto(`${server.url}${path}`);
        await page.locator(ready).first().waitFor();
        await page.waitForTimeout(SETTLED_MS);
        felt[turn].push(await take(page));
      }
      await close();
    }
    for (const turn of ["cold", "again"] as const) {
      const lcp = felt[turn].map((one) => one.lcp ?? Number.NaN);
      const cls = felt[turn].map((one) => one.cls);
      const [paint, shift] = [quantile(lcp, SHARE), quantile(cls, SHARE)];
      console.log(
        [
          `${screen.name.padEnd(18)} ${name.padEnd(7)} ${turn.padEnd(6)}`,
          `LCP p50 ${quantile(lcp, 0.5).toFixed(0)} p75 ${paint.toFixed(0)} ms${verdict(paint, BUDGET.lcp)},`,
          `CLS p75 ${shift.toFixed(4)} worst ${Math.max(...cls).toFixed(4)}${verdict(shift, BUDGET.cls)}`,
          `(${felt[turn].at(-1)?.largest ?? "-"})`,
        ].join(" "),
      );
    }
  }
}

/** An act whose delay is below what the browser measures counts as that. */
async function measureActs(browser: Browser, server: PageServer, screen: Screen): Promise<void> {
  for (const { name, path, ready, act } of ACTS) {
    const { page, close } = await openSlow(browser, screen);
    await page.goto(`${server.url}${path}`);
    await page.locator(ready).first().waitFor();
    await page.waitForTimeout(SETTLED_MS);
    const delays: number[] = [];
    for (let turn = 0; turn < Number(values.acts); turn++) {
      await take(page);
      await act(page, screen.slow > 1 ? "tap" : "click", turn);
      await page.waitForTimeout(300);
      delays.push(Math.max(16, ...(await take(page)).delays));
    }
    await close();
    const delay = quantile(delays, SHARE);
    console.log(
      [
        `${screen.name.padEnd(18)} ${name.padEnd(15)}`,
        `delay p50 ${quantile(delays, 0.5).toFixed(0)} p75 ${delay.toFixed(0)}`,
        `worst ${Math.max(...delays).toFixed(0)} ms of ${delays.length}${verdict(delay, BUDGET.inp)}`,
      ].join(" "),
    );
  }
}

const folder = mkdtempSync(join(tmpdir(), "vcp-radar-vitals-"));
cpSync(values.folder, folder, { recursive: true });
writeFileSync(join(folder, "floor.html"), FLOOR);
const answers = answersFor(LONG_ROWS);
const server = await servePage(folder, null, (path) => answers.get(path) ?? null);
const browser = await launchBrowser();
try {
  console.log(machineLine());
  for (const screen of SCREENS) {
    await measureLoads(browser, server, screen);
    await measureActs(browser, server, screen);
  }
  console.log(machineLine());
  process.exitCode = isOver ? 1 : 0;
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
