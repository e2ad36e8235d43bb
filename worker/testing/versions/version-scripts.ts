/** Two versions of the program as two Workers of one deployment: which of them has the routes, and which has each class of objects. */
import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../cli/terminal/project-root.ts";

/** The old one is a commit, the new one is this folder. */
export type Version = "old" | "new";

/** By the names of the bindings. */
export const CLASSES = {
  MARKET_BOOK: "MarketBook",
  MARKET_FEED: "MarketFeed",
  TOPIC: "Topic",
  GATEWAY: "Gateway",
  ALERTS: "Alerts",
} as const;
export type ObjectClass = (typeof CLASSES)[keyof typeof CLASSES];

/** What each part of a deployment runs. */
export interface Mix {
  readonly routes: Version;
  readonly objects: Readonly<Record<ObjectClass, Version>>;
}

/** Neither the page nor the clock takes part. */
const LEFT_OUT = ["assets", "triggers", "secrets"];
/** As `startWorker` gives it to the first. */
const OWNER_TOKEN = "owner-token-of-a-test";

function sectionsOf(toml: string): readonly string[] {
  return toml.split(/^(?=\[)/m);
}

export class VersionScripts {
  readonly #folder: string;
  readonly #trees: Readonly<Record<Version, string>>;

  /** Checks the commit out beside `folder`'s configurations. */
  constructor(folder: string, commit: string) {
    this.#folder = folder;
    const old = join(folder, "old");
    execFileSync("git", ["worktree", "add", "--quiet", "--detach", old, commit], { cwd: projectRoot });
    symlinkSync(join(projectRoot, "node_modules"), join(old, "node_modules"));
    this.#trees = { old, new: projectRoot };
  }

  /** The configurations of the routes' Worker and of the other one; only the first when one version does all. */
  write({ routes, objects }: Mix, name: string): readonly string[] {
    const versions = new Set([routes, ...Object.values(objects)]);
    return Array.from(versions, (version) => {
      const file = join(this.#folder, `${name}-${version}.toml`);
      writeFileSync(file, this.#config(version, version === routes, objects, routes));
      return file;
    });
  }

  end(): void {
    execFileSync("git", ["worktree", "remove", "--force", this.#trees.old], { cwd: projectRoot });
  }

  #config(version: Version, isFirst: boolean, objects: Mix["objects"], routes: Version): string {
    const tree = this.#trees[version];
    const nameOf = (one: Version): string => (one === routes ? "vcp-radar" : "vcp-radar-other");
    const bindings = Object.entries(CLASSES).map(([binding, type]) => {
      const elsewhere = objects[type] === version ? "" : `, script_name = "${nameOf(objects[type])}"`;
      return `  { name = "${binding}", class_name = "${type}"${elsewhere} },`;
    });
    return (
      sectionsOf(readFileSync(join(tree, "wrangler.toml"), "utf8"))
        .filter((section) => !LEFT_OUT.some((name) => section.startsWith(`[${name}]`)))
        .join("")
        .replace(/^name = .*$/m, `name = "${nameOf(version)}"`)
        .replace(/^main = .*$/m, `main = "${join(tree, "worker/index.ts")}"`)
        .replace(/^migrations_dir = .*$/m, `migrations_dir = "${join(projectRoot, "migrations")}"`)
        .replace(/^bindings = \[[^\]]*\]$/m, `bindings = [\n${bindings.join("\n")}\n]`)
        .replace(
          /^\[vars\]$/m,
          `[vars]${isFirst ? "" : `\nOWNER_TOKEN = "${OWNER_TOKEN}"\nDEMO_SESSION_S = "86400"`}`,
        )
        .replace(isFirst ? "" : /^DEMO_SESSION_S = "300"$/m, "")
        // The tour reads KRX as anyone would; an earlier version has no such line.
        .replace('READERS = "owner"', 'READERS = "public"')
    );
  }
}
