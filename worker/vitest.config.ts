import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";

const root = new URL("..", import.meta.url).pathname;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "pure",
          root,
          include: ["worker/{core,protocol,app,cli,spec,testing}/**/*.test.ts", "web/{live,store,i18n,view}/**/*.test.ts"],
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: `${root}wrangler.toml` },
            miniflare: {
              bindings: { TEST_MIGRATIONS: await readD1Migrations(`${root}migrations`), OWNER_TOKEN: "test-owner-token" },
            },
          })),
        ],
        test: { name: "workerd", root, include: ["worker/{adapters,market,live,http}/**/*.test.ts", "worker/*.test.ts"] },
      },
    ],
  },
});
