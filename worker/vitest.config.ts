import { availableParallelism } from "node:os";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";
import { longestFirst } from "../web/e2e/longest-first.ts";

const root = new URL("..", import.meta.url).pathname;

/** What the files that need no workerd have in common. */
const NODE = {
  // Solid answers Node with its server build, where nothing reacts: the stores are tested with the browser's.
  // The shipped objects run in a simulated world (`testing/wire`): its own base class for theirs.
  resolve: {
    alias: [
      { find: /^solid-js$/, replacement: `${root}node_modules/solid-js/dist/solid.js` },
      {
        find: /^cloudflare:workers$/,
        replacement: `${root}worker/testing/wire/world/cloudflare-workers.ts`,
      },
    ],
  },
  test: {
    root,
    // Pure files leave nothing behind; a worker for each would cost the gate a minute.
    isolate: false,
    // Wall clock on a machine with other work; what is tested has its own limits.
    testTimeout: 60_000,
  },
};

/** Above some five seconds. */
const LONGEST = [
  "kill-backfills.slow",
  "first-hours.slow",
  "serve.slow",
  "form-naive.slow",
  "collect.slow",
  "correct-sessions.slow",
  "live-session.slow",
  "scan.slow",
  "import.slow",
  "demo-list.slow",
  "week.slow",
  "wire.slow",
  "study-steps.slow",
  "import-findings.slow",
  "gateway-growth.slow",
  "dying-days",
  "form-properties",
];

export default defineConfig({
  test: {
    // One more than there are cores: a sixth of what the files take is waiting for a process, a disk or a pause.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: longestFirst(LONGEST) },
    projects: [
      {
        ...NODE,
        test: {
          ...NODE.test,
          name: "pure",
          include: ["worker/**/*.test.ts", "web/{live,store,i18n,view,gallery}/**/*.test.ts"],
          exclude: ["**/*.{slow,workerd}.test.ts"],
        },
      },
      {
        ...NODE,
        // Models, simulations, and commands that are started as processes: `npm test` only.
        test: { ...NODE.test, name: "slow", include: ["{worker,web}/**/*.slow.test.ts"] },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: `${root}wrangler.toml` },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations(`${root}migrations`),
                OWNER_TOKEN: "test-owner-token",
                // Most tests read KRX as anyone would; those of the login set the rule themselves.
                READERS: "public",
              },
            },
          })),
        ],
        test: {
          name: "workerd",
          root,
          include: ["worker/**/*.workerd.test.ts"],
          // Storage on a shared machine can stall for seconds; a wrong answer fails at once all the same.
          testTimeout: 30_000,
        },
      },
    ],
  },
});
