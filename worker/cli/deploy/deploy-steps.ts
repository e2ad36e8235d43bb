/** What a deployment does, in order, and what it refuses to begin without. The tools are arguments, so that tests give others. */
import * as v from "valibot";
import { CommandError } from "../terminal/command-error.ts";
import { VENDOR_SECRETS, VENDORS } from "../../app/vendors.ts";

/** The effects of a deploy, so that its order can be tested. */
export interface DeployTools {
  /** Runs a tool of this project to its end; `output` is all it printed. */
  run(
    tool: "vite" | "wrangler",
    args: readonly string[],
  ): Promise<{ readonly ok: boolean; readonly output: string }>;
  /** The text of `wrangler.toml`. */
  readonly config: string;
  print(line: string): void;
  /** Milliseconds since the epoch. */
  now(): number;
}

const DATABASE = "vcp-radar";
const BUILD = ["build", "--config", "web/vite.config.ts"] as const;
const MIGRATE = ["d1", "migrations", "apply", DATABASE, "--remote"] as const;
const NO_DATABASE = /database_id = "0{8}-0{4}-0{4}-0{4}-0{12}"/;
const CREATE_DATABASE = `wrangler.toml names no database yet: run \`npx wrangler d1 create ${DATABASE}\` and write its database_id there.`;
const Secrets = v.pipe(v.string(), v.parseJson(), v.array(v.object({ name: v.string() })));

async function step(
  tools: DeployTools,
  what: string,
  tool: "vite" | "wrangler",
  args: readonly string[],
): Promise<string> {
  tools.print(`${what} ...`);
  const { ok, output } = await tools.run(tool, args);
  if (!ok) {
    throw new CommandError(`${what} failed:\n${output.trimEnd().split("\n").slice(-30).join("\n")}`);
  }
  return output;
}

/** Names of the secrets that are set there. Without an owner's token nobody can use the owner's routes; a list that cannot be read counts as empty. */
async function requireOwner(tools: DeployTools): Promise<readonly string[]> {
  const { ok, output } = await tools.run("wrangler", ["secret", "list", "--format", "json"]);
  const listed = v.safeParse(Secrets, output.slice(output.indexOf("[")));
  if (!ok || !listed.success || !listed.output.some(({ name }) => name === "OWNER_TOKEN")) {
    throw new CommandError(
      "Nothing was deployed: no OWNER_TOKEN is known there. Log in with `npx wrangler login` if you are not, " +
        "then run `npx wrangler secret put OWNER_TOKEN` with a long random text (`openssl rand -base64 32`).",
    );
  }
  return listed.output.map(({ name }) => name);
}

/** Which vendors' keys are set there, by their names alone, and how the others are set. */
function describeSecrets(set: readonly string[]): readonly string[] {
  const vendors = VENDOR_SECRETS;
  const has = vendors.filter((name) => set.includes(name));
  // Kiwoom is asked from a machine of the owner's.
  const without = vendors.filter(
    (name) => !set.includes(name) && !VENDORS.kiwoom.secrets.some((one) => one === name),
  );
  return [
    `Secrets set there: ${["OWNER_TOKEN", ...has].join(", ")}.`,
    ...(without.length === 0
      ? []
      : [
          `Not set: ${without.join(", ")}. For real days by themselves: \`npx wrangler secret put NAME\` (which of them and how to get them: worker/adapters/GUIDE.md).`,
        ]),
  ];
}

/** An open page offers a reload when its server has got another name (LV17), so each deployment has its own: its second. */
function buildName(at: number): string {
  return new Date(at).toISOString().replaceAll(/\D/g, "").slice(0, "20261123101500".length);
}

/** Builds, migrates, deploys; resolves with the address, `null` when the tool named none. */
export async function deploy(tools: DeployTools): Promise<string | null> {
  if (NO_DATABASE.test(tools.config)) {
    throw new CommandError(`Nothing was deployed: ${CREATE_DATABASE}`);
  }
  for (const line of describeSecrets(await requireOwner(tools))) {
    tools.print(line);
  }
  await step(tools, "Building the web client", "vite", BUILD);
  // Before the code: a migration only adds, and code that runs before its tables fails.
  await step(tools, "Preparing the database", "wrangler", MIGRATE);
  const output = await step(tools, "Deploying", "wrangler", [
    "deploy",
    "--var",
    `BUILD:${buildName(tools.now())}`,
  ]);
  return /https:\/\/\S+/.exec(output)?.[0] ?? null;
}

/** Builds and bundles, and sends nothing anywhere; prints what a deployment would still need. */
export async function rehearse(tools: DeployTools, folder: string): Promise<void> {
  await step(tools, "Building the web client", "vite", BUILD);
  await step(tools, "Bundling the Worker", "wrangler", ["deploy", "--dry-run", "--outdir", folder]);
  if (NO_DATABASE.test(tools.config)) {
    tools.print(`Still to do: ${CREATE_DATABASE}`);
  }
  tools.print(
    "Nothing was sent. A deployment looks for OWNER_TOKEN there, applies the migrations, then deploys.",
  );
}
