/** Builds the page once before the browser tests: they test what is deployed, not what a development server serves. */
import { build } from "vite";

export async function setup(): Promise<void> {
  // The test runner sets "test", and libraries would bring their development builds.
  const before = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  try {
    await build({ configFile: new URL("../vite.config.ts", import.meta.url).pathname, logLevel: "warn" });
  } finally {
    process.env["NODE_ENV"] = before;
  }
}
