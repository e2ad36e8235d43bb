import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig, type UserWorkspaceConfig } from "vitest/config";
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
  "serve.slow",
  "kill-backfills.slow",
  "form-naive.slow",
  "collect.slow",
  "secrets.slow",
  "first-hours.slow",
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

/** A file that evicts objects: emptying a runtime passes over those, with their alarms, so nobody shares it. */
function evicts(file: string): boolean {
  return /evict[A-Z]|real-book-world/u.test(readFileSync(join(root, file), "utf8"));
}

/** The files in workerd of which `isIn` is true. */
function workerd(
  name: string,
  options: Pick<NonNullable<UserWorkspaceConfig["test"]>, "isolate" | "setupFiles">,
  isIn: (file: string) => boolean,
): UserWorkspaceConfig {
  return {
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
      ...options,
      name,
      root,
      include: globSync("worker/**/*.workerd.test.ts", { cwd: root }).filter(isIn),
      // Storage on a shared machine can stall for seconds; a wrong answer fails at once all the same.
      testTimeout: 30_000,
    },
  };
}

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
          include: ["worker/**/*.test.ts", "web/{live,offline,store,i18n,view,gallery}/**/*.test.ts"],
          exclude: ["**/*.{slow,workerd}.test.ts"],
        },
      },
      {
        // Models, simulations, and commands that are started as processes: `npm test` only.
        test: {
          ...NODE.test,
          name: "slow",
          include: ["worker/**/*.slow.test.ts"],
          // Node's own modules, because the runner's cost a loop over a market a quarter more of the processor.
          experimental: { viteModuleRunner: false, nodeLoader: false },
          execArgv: ["--import", `${root}worker/testing/wire/register.ts`],
        },
      },
      // A runtime for each file would cost more than all that is tested in it.
      workerd(
        "workerd",
        { isolate: false, setupFiles: [`${root}worker/testing/stage/empty-runtime.ts`] },
        (file) => !evicts(file),
      ),
      workerd("workerd-evicting", {}, evicts),
    ],
  },
});
