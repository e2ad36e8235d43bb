import { defineConfig } from "vitest/config";

const root = new URL("../..", import.meta.url).pathname;

export default defineConfig({
  test: {
    name: "browser",
    root,
    include: ["web/e2e/*.test.ts"],
    environment: "node",
    globalSetup: `${root}web/e2e/build-page.ts`,
    // One browser and one Worker at a time: the machine's cores are the bottleneck.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Of a page that draws and answers on a machine with other work; a test that fails is late, none that passes.
    expect: { poll: { timeout: 15_000 } },
  },
});
