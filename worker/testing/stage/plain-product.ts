/** The product under a plain workerd: as {@link startWorker}, but a start takes a few hundred milliseconds. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { bundle, end, type PlainWorkerd, serve } from "../load/plain-workerd.ts";
import type { RealWorker } from "./real-worker.ts";

const OWNER_TOKEN = "owner-token-of-a-test";
const MIGRATIONS = join(projectRoot, "migrations");

const CONFIGURED: Readonly<Record<string, string>> = Object.fromEntries(
  readFileSync(join(projectRoot, "wrangler.toml"), "utf8")
    .split(/^(?=\[)/mu)
    .filter((section) => section.startsWith("[vars]"))
    .flatMap((section) =>
      Array.from(section.matchAll(/^(\w+) = "([^"]*)"$/gmu), ([, name = "", value = ""]) => [name, value]),
    ),
);

function productWith(vars: Readonly<Record<string, string>>): PlainWorkerd {
  return {
    source: ["worker/testing/stage/plain-worker.ts"],
    name: "plain-worker",
    classes: [
      ["MARKET_BOOK", "MarketBook"],
      ["MARKET_FEED", "MarketFeed"],
      ["TOPIC", "Topic"],
      ["GATEWAY", "Gateway"],
      ["ALERTS", "Alerts"],
      ["DATABASE", "DiskDatabase"],
    ],
    // As wrangler.toml has them, so that none is missing here when one is added there.
    vars: { ...CONFIGURED, READERS: "public", BUILD: "plain", OWNER_TOKEN, ...vars },
    probe: "/openapi.json",
  };
}

/** Bundles into `folder`, once. */
export async function bundleProduct(folder: string): Promise<void> {
  await bundle(folder, productWith({}));
}

/** A Worker without a debugger. */
export type PlainProduct = Omit<RealWorker, "inspector" | "output">;

/** Starts what was bundled into `folder` on the state that stands there. */
export async function startPlain(
  folder: string,
  port: number,
  vars: Readonly<Record<string, string>>,
): Promise<PlainProduct> {
  const group = await serve(folder, port, productWith(vars));
  const url = `http://127.0.0.1:${port}`;
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith(".sql"));
  for (const name of files.toSorted()) {
    const body = readFileSync(join(MIGRATIONS, name), "utf8");
    const response = await fetch(`${url}/migrate?name=${name}`, { method: "POST", body });
    if (!response.ok) {
      throw new Error(`${name} failed: ${await response.text()}`);
    }
  }
  return {
    url,
    ownerToken: OWNER_TOKEN,
    pid: group.pid ?? 0,
    stop: async () => end(group, port, "SIGTERM"),
    kill: async () => end(group, port, "SIGKILL"),
  };
}
