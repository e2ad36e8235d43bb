import { defineConfig } from "vitest/config";
import { longestFirst } from "./longest-first.ts";
import { SLOWNESS } from "./slow.ts";

const root = new URL("../..", import.meta.url).pathname;

/** Above some fifteen seconds. */
const LONGEST = [
  "gallery",
  "axe-pages",
  "loading",
  "market-days",
  "outcome-lists",
  "login",
  "alerts",
  "outside",
  "moving-demo",
  "pages",
  "live-worker",
  "live-page",
  "exchange-switch",
  "list",
  "stock-form",
  "names",
  "push",
];

export default defineConfig({
  test: {
    name: "browser",
    root,
    include: ["web/e2e/*.test.ts"],
    environment: "node",
    globalSetup: [`${root}web/e2e/build-page.ts`, `${root}worker/testing/stage/migrated-state.ts`],
    // Two files at a time, each with a browser of its own: half of a file's time is waiting for a page or a Worker.
    maxWorkers: 2,
    sequence: { sequencer: longestFirst(LONGEST) },
    // Wall clock on a machine whose cores two browsers and two Workers share; what is tested has its own limits.
    testTimeout: 60_000 * SLOWNESS,
    hookTimeout: 120_000,
    // Of a page that draws and answers on a machine with other work; a test that fails is late, none that passes.
    expect: { poll: { timeout: 15_000 * SLOWNESS } },
  },
});
