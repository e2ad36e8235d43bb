import { describe, it } from "vitest";
import { deploy, type DeployTools, rehearse } from "./deploy-steps.ts";

const CONFIG = 'database_id = "11111111-2222-3333-4444-555555555555"';
const PLACEHOLDER = 'database_id = "00000000-0000-0000-0000-000000000000"';
const OWNED = '[\n  { "name": "OWNER_TOKEN", "type": "secret_text" }\n]';

/** Fake tools: what each was asked for, and answers by the beginning of the command. */
function fake(answers: Readonly<Record<string, string | null>> = {}, config = CONFIG) {
  const calls: string[] = [];
  const printed: string[] = [];
  const tools: DeployTools = {
    run(tool, args) {
      const command = [tool, ...args].join(" ");
      calls.push(command);
      const key = Object.keys(answers).find((start) => command.startsWith(start));
      const output = key === undefined ? "" : (answers[key] ?? null);
      return Promise.resolve({ ok: output !== null, output: output ?? "boom" });
    },
    config,
    print: (line) => printed.push(line),
    now: () => Date.UTC(2026, 10, 23, 10, 15, 7, 250),
  };
  return { tools, calls, printed };
}

const READY = {
  "wrangler secret list": `a line before\n${OWNED}`,
  "wrangler deploy": "Uploaded\n  https://vcp-radar.example.workers.dev\nCurrent Version",
};

describe("npm run deploy", () => {
  it("[CL27] builds, migrates, deploys, in this order, and knows the address", async ({ expect }) => {
    const { tools, calls } = fake(READY);
    expect(await deploy(tools)).toBe("https://vcp-radar.example.workers.dev");
    expect(calls).toEqual([
      "wrangler secret list --format json",
      "vite build --config web/vite.config.ts",
      "wrangler d1 migrations apply vcp-radar --remote",
      "wrangler deploy --var BUILD:20261123101507",
    ]);
  });

  it.for([
    ["no secrets", { ...READY, "wrangler secret list": "[]" }],
    ["another secret", { ...READY, "wrangler secret list": '[{"name":"OWNER_TOKENS"}]' }],
    ["no list", { ...READY, "wrangler secret list": null }],
    ["a list that is none", { ...READY, "wrangler secret list": "You are not logged in" }],
  ] as const)("[CL27] refuses with %s, before anything is sent", async ([, answers], { expect }) => {
    const { tools, calls } = fake(answers);
    await expect(deploy(tools)).rejects.toThrow("wrangler secret put OWNER_TOKEN");
    expect(calls).toEqual(["wrangler secret list --format json"]);
  });

  it("[CL27] refuses without a database, and asks nobody", async ({ expect }) => {
    const { tools, calls } = fake(READY, PLACEHOLDER);
    await expect(deploy(tools)).rejects.toThrow("wrangler d1 create");
    expect(calls).toEqual([]);
  });

  it.for(["vite build", "wrangler d1", "wrangler deploy"])(
    "[CL27] ends where `%s` fails",
    async (start, { expect }) => {
      const { tools, calls } = fake({ ...READY, [start]: null });
      await expect(deploy(tools)).rejects.toThrow("failed:\nboom");
      expect(calls.at(-1)).toMatch(new RegExp(`^${start}`));
    },
  );

  it("[CL79] names the vendors' secrets that are set there, and how the others are set", async ({
    expect,
  }) => {
    const secrets = (...names: readonly string[]): string => JSON.stringify(names.map((name) => ({ name })));
    const lines = async (...names: readonly string[]): Promise<readonly string[]> => {
      const { tools, printed } = fake({ ...READY, "wrangler secret list": secrets("OWNER_TOKEN", ...names) });
      await deploy(tools);
      return printed.slice(0, -3);
    };
    expect(await lines("KRX_AUTH_KEY", "ANOTHER")).toEqual([
      "Secrets set there: OWNER_TOKEN, KRX_AUTH_KEY.",
      expect.stringMatching(/^Not set: KIS_APP_KEY, KIS_APP_SECRET\. .*npx wrangler secret put NAME/),
    ]);
    expect(await lines("KRX_AUTH_KEY", "KIS_APP_KEY", "KIS_APP_SECRET")).toHaveLength(1);
  });

  it("[CL28] rehearsed sends nothing, and prints what is missing", async ({ expect }) => {
    const { tools, calls, printed } = fake({}, PLACEHOLDER);
    await rehearse(tools, "/nowhere");
    expect(calls).toEqual([
      "vite build --config web/vite.config.ts",
      "wrangler deploy --dry-run --outdir /nowhere",
    ]);
    expect(printed.join("\n")).toMatch(/wrangler d1 create[\s\S]*Nothing was sent/);
  });
});
