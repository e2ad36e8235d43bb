import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { projectRoot } from "./terminal/project-root.ts";

// Every test starts processes; a busy machine is slow at that.
vi.setConfig({ testTimeout: 60_000 });

/** A clone with the scripts of npm start and npm test, a lock of two packages, and a fake npm that writes down how it was called. */
const FAKE_NPM = `#!/usr/bin/env node
const { appendFileSync, mkdirSync, writeFileSync } = require("node:fs");
const args = process.argv.slice(2);
appendFileSync("calls", args.join(" ") + "\\n");
if (args[0] === "ci") {
  mkdirSync("node_modules", { recursive: true });
  process.exit(Number(process.env.CI_EXIT ?? 0));
}
const script = args[2];
const report = args.find((arg) => arg.startsWith("--outputFile.json="));
const failing = (process.env.FAILING ?? "").split(",").includes(script);
if (report && script !== process.env.NO_REPORT) {
  const counts = { numPassedTests: 10, numFailedTests: failing ? 3 : 0, numPendingTests: 1, numTodoTests: 0 };
  writeFileSync(report.slice(report.indexOf("=") + 1), JSON.stringify(counts));
}
console.log("output of " + script);
process.exit(failing || script === process.env.NO_REPORT ? 1 : 0);
`;

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vcp-commands-"));
  mkdirSync(join(root, "worker/cli"), { recursive: true });
  mkdirSync(join(root, "bin"));
  for (const name of ["install.mjs", "test.mjs", "start.mjs"]) {
    cpSync(join(projectRoot, "worker/cli", name), join(root, "worker/cli", name));
  }
  writeFileSync(join(root, "bin/npm"), FAKE_NPM);
  chmodSync(join(root, "bin/npm"), 0o755);
  lock("1.0.0");
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function lock(version: string): void {
  const packages = { "": {}, "node_modules/a": { version }, "node_modules/b": { version, optional: true } };
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }));
}

/** What npm notes down in node_modules. */
function record(packages: Readonly<Record<string, { readonly version: string }>>): void {
  mkdirSync(join(root, "node_modules"), { recursive: true });
  writeFileSync(join(root, "node_modules/.package-lock.json"), JSON.stringify({ packages }));
}

function runGates(env: Readonly<Record<string, string>> = {}, ...args: readonly string[]) {
  rmSync(join(root, "calls"), { force: true });
  const { status, stdout } = spawnSync(process.execPath, ["worker/cli/test.mjs", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env, PATH: `${join(root, "bin")}${delimiter}${process.env["PATH"]}` },
  });
  const calls = existsSync(join(root, "calls"))
    ? readFileSync(join(root, "calls"), "utf8").trim().split("\n")
    : [];
  return { status, lines: stdout.trimEnd().split("\n"), calls };
}

describe("packages", () => {
  const installs = (): boolean => runGates().calls[0]?.startsWith("ci ") === true;

  it("[CL18] are installed once for a lock", ({ expect }) => {
    expect([installs(), installs()]).toEqual([true, false]);
    lock("2.0.0");
    expect([installs(), installs()]).toEqual([true, false]);
  });

  it("[CL18] are left alone when they agree with the lock, whoever installed them", ({ expect }) => {
    record({ "node_modules/a": { version: "1.0.0" } });
    expect(installs()).toBe(false);
  });

  it("[CL18] are installed when one is missing or of another version", ({ expect }) => {
    record({ "node_modules/b": { version: "1.0.0" } });
    expect(installs()).toBe(true);
    rmSync(join(root, "node_modules"), { recursive: true });
    record({ "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "0.9.0" } });
    expect(installs()).toBe(true);
  });

  it("[CL18] that cannot be installed end the command with npm's exit code", ({ expect }) => {
    const { status, calls } = runGates({ CI_EXIT: "7" });
    expect([status, calls.length]).toEqual([7, 1]);
    expect(existsSync(join(root, "node_modules/.vcp-lock"))).toBe(false);
  });
});

describe("gates", () => {
  beforeEach(() => {
    record({ "node_modules/a": { version: "1.0.0" } });
  });

  it("[CL19] all run and are added up in the last line", ({ expect }) => {
    const { status, lines, calls } = runGates();
    expect(calls).toHaveLength(11);
    // Eight gates that count as one, three with ten tests each.
    expect([status, lines.at(-1)]).toEqual([0, "38 passed, 0 failed"]);
  });

  it("[CL19] go on after a failure, show its output, and end with 1", ({ expect }) => {
    const { status, lines, calls } = runGates({ FAILING: "check:code,test:unit" });
    expect(calls).toHaveLength(11);
    expect([status, lines.at(-1)]).toEqual([1, "37 passed, 4 failed"]);
    expect(lines).toContain("output of check:code");
    expect(lines).not.toContain("output of check:lint");
  });

  it("[CL19] count a test run that broke before its report", ({ expect }) => {
    const { status, lines } = runGates({ NO_REPORT: "test:browser" });
    expect([status, lines.at(-1)]).toEqual([1, "28 passed, 1 failed"]);
  });

  it("[CL19a] without build, workerd and browser are the quick ones", ({ expect }) => {
    const { status, lines, calls } = runGates({ FAILING: "check:lint" }, "--quick");
    expect(calls.map((call) => call.split(" ")[2])).toEqual([
      "check:types",
      "check:code",
      "check:lint",
      "check:format",
      "check:unused",
      "check:spec",
      "test:fast",
    ]);
    expect([status, lines.at(-1)]).toEqual([1, "15 passed, 1 failed"]);
  });
});
