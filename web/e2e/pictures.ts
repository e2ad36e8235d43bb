/**
 * `npm run pictures [-- WIDTH,... LANGUAGE,... THEME,...]`: a picture of every page and of every part of the gallery, at each
 * width, in each language and theme, in `dist/pictures`, for people who look at them.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { PARTS } from "../gallery/registry.ts";
import { launchBrowser, openPage } from "./browser.ts";
import { buildPage } from "./build-page.ts";
import { answerWhole, openWhole, PAGES } from "./every-page.ts";
import { resize } from "./faults.ts";
import { servePage } from "./page-server.ts";

const FOLDER = new URL("../../dist/pictures", import.meta.url).pathname;
const SCHEMES = ["light", "dark"] as const;
/** For what a part draws after its answers have come. */
const SETTLED_MS = 800;

const [widths = "360,768,1440", languages = "ko,en", themes = SCHEMES.join()] = process.argv.slice(2);

/** A path as the name of a file. */
function fileOf(path: string): string {
  return path.replaceAll(/[^\w-]+/gu, "_").replace(/^_|_$/gu, "") || "dashboard";
}

async function take(page: Page, name: string, language: string): Promise<void> {
  for (const width of widths.split(",").map(Number)) {
    await resize(page, width);
    for (const colorScheme of SCHEMES.filter((one) => themes.includes(one))) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(SETTLED_MS);
      const path = join(FOLDER, `${name}-${width}-${language}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
    }
  }
}

mkdirSync(FOLDER, { recursive: true });
await buildPage("gallery");
const server = await servePage(new URL("../../dist/gallery", import.meta.url).pathname);
const browser = await launchBrowser();
const places = [
  ...PAGES.map(({ path, ready }) => ({ path, ready, name: `page-${fileOf(path)}` })),
  ...PARTS.filter(({ id }) => !id.startsWith("page-")).map(({ id }) => ({
    path: `/gallery?part=${id}`,
    ready: ".gallery-state",
    name: `part-${id}`,
  })),
];
for (const language of languages.split(",")) {
  for (const { path, ready, name } of places) {
    const { page, context } = await openPage(browser, { locale: language === "ko" ? "ko-KR" : "en-US" });
    await answerWhole(page);
    await openWhole(page, server.url, { path, ready });
    await take(page, name, language);
    await context.close();
  }
}
await browser.close();
await server.stop();
process.stdout.write(`${FOLDER}\n`);
