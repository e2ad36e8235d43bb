/** The gallery of every part in every state: complete, without an error, and in no production build. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { PARTS } from "../gallery/registry.ts";
import { buildPage } from "./build-page.ts";
import { answerWhole, openWhole, PAGES } from "./every-page.ts";
import { inBothLanguages, layoutFaults, matrixFaults, resize, WIDTHS } from "./faults.ts";
import { type PageServer, servePage } from "./page-server.ts";
import { FOLDER, stagePage } from "./stage-page.ts";
import { stubApi } from "./stub-api.ts";
import { RUN_DONE } from "./stub-market.ts";

const GALLERY_FOLDER = new URL("../../dist/gallery", import.meta.url).pathname;

/** Of the refusals of its fixtures. */
const REQUEST = "req-7f3a";

/** What the gallery cannot be without, and the page has no use for. */
const TRACES = ["gallery-state", "gallery-view", "closes-only", RUN_DONE.id, REQUEST];

function filesWith(folder: string, trace: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.(?:js|css|html)$/u.test(name) && readFileSync(join(folder, name), "utf8").includes(trace),
  );
}

/** The states that are on the page and take room on it. */
const SHOWN = `
  [...document.querySelectorAll(".gallery-state")]
    .filter((one) => [...one.querySelectorAll(".gallery-view *")].some((part) => part.getBoundingClientRect().height > 0))
    .map(({ dataset }) => dataset.part + "/" + dataset.state)`;

/** How what cannot be pressed is painted, of whatever class it is. */
const DISABLED_PAINTS = `
  [...new Set([...document.querySelectorAll(":disabled, [aria-disabled=true]")].map((one) => getComputedStyle(one).opacity))]`;

/** Many states, on a machine that may be slow. */
const WALK = { timeout: 300_000 };
const LOCALES = ["ko-KR", "en-US"] as const;
const PATIENT = { timeout: 10_000 };

/** Faults of the layout at both widths. */
async function longFaults(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await resize(page, width);
    found.push(...(await layoutFaults(page)).map((fault) => `${width}: ${fault}`));
  }
  return found;
}

const stage = stagePage();
let gallery: PageServer;

beforeAll(async () => {
  await buildPage("gallery");
  gallery = await servePage(GALLERY_FOLDER);
});
afterAll(async () => gallery.stop());

describe("the gallery", () => {
  it("[UI231] is in no production build: no byte of it, and its address is one without a page", async ({
    expect,
  }) => {
    expect(TRACES.flatMap((trace) => filesWith(FOLDER, trace))).toEqual([]);
    expect(TRACES.filter((trace) => filesWith(GALLERY_FOLDER, trace).length === 0)).toEqual([]);
    const { page } = await stage.open();
    await stubApi(page);
    await page.goto(`${stage.url()}/gallery`);
    await page.getByRole("heading", { name: "페이지를 찾을 수 없습니다" }).waitFor();
    await expect.poll(async () => page.locator(".gallery").count()).toBe(0);
  });

  it("[UI230][UI257][UI306] shows every state of the registry without an error, and one that its address asks for", async ({
    expect,
  }) => {
    const { page, complaints } = await stage.open();
    await stubApi(page);
    await page.goto(`${gallery.url}/gallery`);
    await page.locator(".gallery-state").last().waitFor();
    const states = PARTS.flatMap(({ id, states: names }) => names.map((state) => `${id}/${state}`));
    await expect.poll(async () => page.evaluate<readonly string[]>(SHOWN)).toEqual(states);
    const paints = async () => page.evaluate<readonly string[]>(DISABLED_PAINTS);
    await expect.poll(paints).toEqual(["0.5"]);
    await page.goto(`${gallery.url}/gallery?part=gate&state=red`);
    await page.locator(".gate-RED").waitFor();
    await expect.poll(async () => page.locator(".gallery-state").count()).toBe(1);
    await page.goto(`${gallery.url}/gallery?part=gate&state=unknown`);
    await page.locator(".gate-UNKNOWN .gate-level", { hasText: "–/100" }).waitFor();
    expect(complaints).toEqual([]);
  });

  // Each language on its own: so many parts are loaded anew sooner than they are switched.
  it.for(LOCALES)("[UI232][UI256] lacks nothing in any state: %s", WALK, async (locale, { expect }) => {
    const { page } = await stage.open({ locale });
    await stubApi(page);
    await page.goto(`${gallery.url}/gallery`);
    await page.locator(".gallery-state").last().waitFor();
    await expect.poll(async () => page.locator(".gallery .skeleton").count(), PATIENT).toBeLessThan(30);
    // Whole pages are looked at as such.
    await page.evaluate(
      "document.querySelectorAll('[data-part^=page-][data-state=filled]').forEach((one) => one.remove())",
    );
    expect(await matrixFaults(page, true)).toEqual([]);
  });

  it.for(LOCALES)(
    "[UI233] texts longer by 40 % are neither cut nor over one another in any state: %s",
    WALK,
    async (locale, { expect }) => {
      const { page } = await stage.open({ locale });
      await answerWhole(page);
      await openWhole(page, gallery.url, { path: "/gallery?texts=long", ready: ".gallery-state" });
      await expect.poll(async () => page.locator("body").textContent()).toContain("«");
      expect(await longFaults(page)).toEqual([]);
    },
  );

  it(
    "[UI233] texts longer by 40 % are neither cut nor over one another on any page, in either language",
    WALK,
    async ({ expect }) => {
      const { page } = await stage.open();
      await answerWhole(page);
      for (const { path, ready } of PAGES) {
        const long = `${path}${path.includes("?") ? "&" : "?"}texts=long`;
        // On a narrow screen some tables are lists.
        await resize(page, WIDTHS[0]);
        await openWhole(page, gallery.url, { path: long, ready });
        await expect.poll(async () => page.locator("body").textContent(), { message: path }).toContain("«");
        expect.soft(await inBothLanguages(page, async () => longFaults(page)), path).toEqual([]);
      }
    },
  );
});
