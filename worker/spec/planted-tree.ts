/**
 * A small tree of its own under this repository's compiler and linter settings: what a file planted there would meet here.
 * The sources are not copied, so that unfinished work elsewhere cannot fail a wall.
 */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as v from "valibot";

const ROOT = join(import.meta.dirname, "../..");
const MODULES = join(ROOT, "node_modules");

/** The folders with a project of their own, in the order of the references. */
const PROJECTS = [
  "worker/core",
  "worker/protocol",
  "worker/app",
  "worker/platform",
  "worker/research",
  "worker/market",
  "worker/live",
  "worker/notify",
  "worker/adapters",
  "worker/http",
  "web/offline",
  "web",
];

const SETTINGS = [
  ".oxlintrc.json",
  "package.json",
  "tsconfig.json",
  ...PROJECTS.map((folder) => `${folder}/tsconfig.json`),
];

export interface Complaint {
  /** Relative to the tree's root. */
  readonly file: string;
  /** `TS2304`, or `eslint(no-restricted-imports)`. */
  readonly rule: string;
}

export interface Findings {
  /** False when the tool itself refused the tree. */
  readonly passed: boolean;
  readonly complaints: readonly Complaint[];
  readonly output: string;
}

export interface PlantedTree {
  /** Writes files by path, relative to the tree's root. */
  write(files: Readonly<Record<string, string>>): void;
  /** Builds the folders that have a project of their own. */
  compile(): Findings;
  lint(): Findings;
  remove(): void;
}

/** Every package by a link; not the whole folder, because the compiler keeps its cache beside the packages. */
function linkModules(root: string): void {
  mkdirSync(join(root, "node_modules"));
  for (const name of readdirSync(MODULES).filter((entry) => !entry.startsWith("."))) {
    symlinkSync(join(MODULES, name), join(root, "node_modules", name));
  }
}

function run(root: string, tool: string, args: readonly string[], pattern: RegExp): Findings {
  const bin = join(MODULES, ".bin");
  const { status, stdout, stderr } = spawnSync(join(bin, tool), args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}`, NO_COLOR: "1" },
  });
  const complaints = Array.from(stdout.matchAll(pattern), ([, file = "", rule = ""]) => ({ file, rule }));
  return { passed: status === 0, complaints, output: stdout + stderr };
}

const Named = v.object({ files: v.optional(v.array(v.string()), []) });

/** `files` of a project; none of what is no project. */
function namedFiles(path: string): readonly string[] {
  return path.endsWith("tsconfig.json") ? v.parse(Named, JSON.parse(readFileSync(path, "utf8"))).files : [];
}

/** The caller removes it. */
export function plantTree(): PlantedTree {
  const root = mkdtempSync(join(tmpdir(), "vcp-walls-"));
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  linkModules(root);
  for (const path of SETTINGS) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    copyFileSync(join(ROOT, path), join(root, path));
    // The compiler refuses a project one of whose files, named one by one, is not there.
    write(
      Object.fromEntries(
        namedFiles(join(ROOT, path)).map((name) => [join(dirname(path), name), "export const own = 1;\n"]),
      ),
    );
  }
  return {
    write,
    compile: () =>
      run(root, "tsc", ["-b", ...PROJECTS, "--pretty", "false"], /^(\S+?)\(\d+,\d+\): error (TS\d+):/gm),
    lint: () =>
      run(
        root,
        "oxlint",
        ["--deny-warnings", "-f", "unix", "worker", "web"],
        /^(\S+?):\d+:\d+: .* \[\w+\/(\S+)\]$/gm,
      ),
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
