/** What the browser tests need once: the page as it is deployed, not what a development server serves, and the browser unpacked. */
import { build } from "vite";
import { launchBrowser } from "./browser.ts";

/** `mode`: `production`, or `gallery` for the build with the pages of development. */
export async function buildPage(mode: "production" | "gallery"): Promise<void> {
  // The test runner sets "test", and libraries would bring their development builds.
  const before = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  try {
    const configFile = new URL("../vite.config.ts", import.meta.url).pathname;
    await build({ configFile, mode, logLevel: "warn" });
  } finally {
    process.env["NODE_ENV"] = before;
  }
}

/** Two files that unpack it at once would run a half of it. */
async function unpackBrowser(): Promise<void> {
  const browser = await launchBrowser();
  await browser.close();
}

export async function setup(): Promise<void> {
  // `npm test` has just built the page.
  const built = process.env["PAGE_IS_BUILT"] === "1" ? Promise.resolve() : buildPage("production");
  await Promise.all([built, unpackBrowser()]);
}
