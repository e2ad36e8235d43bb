/** A copy of the Worker's source outside the repository, in which one line at a time is wrong and the tests are run. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import type { Mutation } from "./mutation.ts";

/** Vitest for the pure folders alone: no bindings, one process, modules shared between files. */
const CONFIG = `export default { test: { include: ["worker/{core,app}/**/*.test.ts"], isolate: false, maxWorkers: 1,
  testTimeout: 60000 } };
`;
/** A mutation that makes a loop endless is noticed, too. */
const LIMIT_MS = 15 * 60_000;

export type Outcome =
  /** The title of the first test that failed. */
  | { readonly kind: "killed"; readonly by: string }
  | { readonly kind: "survived" }
  /** The text to be changed does not stand exactly once in the file: the table must follow the source. */
  | { readonly kind: "stale" };

interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export class MutationLab {
  readonly #root = mkdtempSync(join(tmpdir(), "vcp-mutations-"));

  constructor() {
    cpSync(join(projectRoot, "worker"), join(this.#root, "worker"), { recursive: true });
    cpSync(join(projectRoot, "package.json"), join(this.#root, "package.json"));
    // Without the references to folders that are not copied.
    writeFileSync(join(this.#root, "tsconfig.json"), '{ "compilerOptions": { "target": "es2024" } }');
    symlinkSync(join(projectRoot, "node_modules"), join(this.#root, "node_modules"));
    writeFileSync(join(this.#root, "vitest.config.mjs"), CONFIG);
  }

  /** Breaks the rule, asks the named test files (without folder and `.test.ts`), and mends it again. */
  ask({ file, from, to }: Mutation, tests: readonly string[]): Outcome {
    const path = join(this.#root, "worker", file);
    const source = readFileSync(path, "utf8");
    const parts = source.split(from);
    if (parts.length !== 2) {
      return { kind: "stale" };
    }
    writeFileSync(path, parts.join(to));
    try {
      return this.run(tests);
    } finally {
      writeFileSync(path, source);
    }
  }

  /** Runs test files until the first failure. */
  run(tests: readonly string[]): Outcome {
    const report = join(this.#root, "report.json");
    rmSync(report, { force: true });
    const files = tests.map((test) => `/${test}.test.ts`);
    const flags = [
      "run",
      "--bail",
      "1",
      "--reporter",
      "json",
      "--outputFile",
      report,
      "--config",
      "vitest.config.mjs",
    ];
    const vitest = join(projectRoot, "node_modules", "vitest", "vitest.mjs");
    const done = spawnSync(process.execPath, [vitest, ...flags, ...files], {
      cwd: this.#root,
      timeout: LIMIT_MS,
      killSignal: "SIGKILL",
      encoding: "utf8",
    });
    if (done.status === 0) {
      return { kind: "survived" };
    }
    return { kind: "killed", by: done.status === null ? "no end" : firstFailure(report) };
  }

  [Symbol.dispose](): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}

function isReport(value: unknown): value is Report {
  return typeof value === "object" && value !== null && "testResults" in value;
}

function firstFailure(file: string): string {
  const report: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isReport(report)) {
    return "no report";
  }
  for (const { assertionResults, message } of report.testResults) {
    const failed = assertionResults.find(({ status }) => status === "failed");
    if (failed !== undefined) {
      return failed.fullName;
    }
    if (assertionResults.length === 0 && message !== "") {
      return message.split("\n")[0] ?? "does not load";
    }
  }
  return "no test failed";
}
