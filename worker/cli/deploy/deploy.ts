/** `npm run deploy`: build, migrate and deploy to Cloudflare, and print where it runs. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readArgs, usageError } from "../terminal/command-args.ts";
import { runCommand } from "../terminal/command-error.ts";
import { deploy, type DeployTools, rehearse } from "./deploy-steps.ts";
import { startGroup } from "../serve/process-group.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { quietEnv, WRANGLER } from "../serve/wrangler.ts";

const USAGE = `Usage: npm run deploy [-- --dry-run]

Builds the page, applies the migrations to the remote database and deploys the Worker. Refuses without an owner's token.

  --dry-run   builds and bundles, sends nothing and asks nobody

Exit code: 0 deployed, 1 refused or failed, 2 wrong usage.`;

const BIN = {
  vite: join(projectRoot, "node_modules", "vite", "bin", "vite.js"),
  wrangler: WRANGLER,
} as const;

const tools: DeployTools = {
  async run(tool, args) {
    const group = startGroup(process.execPath, [BIN[tool], ...args], { cwd: projectRoot, env: quietEnv() });
    const end = await group.ended;
    return { ok: end === 0, output: group.output() };
  },
  config: readFileSync(join(projectRoot, "wrangler.toml"), "utf8"),
  print: (line) => {
    process.stdout.write(`${line}\n`);
  },
  now: () => Date.now(),
};

await runCommand(async () => {
  const options = { "dry-run": { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
  const { values, positionals } = readArgs(process.argv.slice(2), options, USAGE);
  if (positionals.length > 0) {
    throw usageError(`Not understood: ${positionals.join(" ")}`, USAGE);
  }
  if (values.help === true) {
    tools.print(USAGE);
    return;
  }
  if (values["dry-run"] !== true) {
    tools.print(
      `Deployed: ${(await deploy(tools)) ?? "the tool named no address; see npx wrangler deployments list"}`,
    );
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "vcp-deploy-"));
  try {
    await rehearse(tools, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
