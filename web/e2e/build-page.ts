/** Builds the page once before the browser tests: they test what is deployed, not what a development server serves. */
import { build } from "vite";

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

export async function setup(): Promise<void> {
  await buildPage("production");
}
