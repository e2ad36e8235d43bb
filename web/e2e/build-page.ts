/** Builds the page once before the browser tests: they test what is deployed, not what a development server serves. */
import { build } from "vite";

export async function setup(): Promise<void> {
  await build({ configFile: new URL("../vite.config.ts", import.meta.url).pathname, logLevel: "warn" });
}
