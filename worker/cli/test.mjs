/**
 * `npm test`: installs what is missing, then runs every gate and ends with `N passed, N failed`.
 * `npm run check` is the same with `--quick`: the gates that need no build, no workerd, no browser and no minute.
 * A failing gate does not stop the others. Plain JavaScript without dependencies, for Node 20 and a fresh clone.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const reports = join(root, "node_modules", ".cache", "gates");
const GATE_LIMIT_MS = 20 * 60_000;

const STATIC_GATES = [
  { script: "check:types" },
  { script: "check:code" },
  { script: "check:lint" },
  { script: "check:format" },
  { script: "check:unused" },
  { script: "check:spec" },
];
const QUICK_GATES = [...STATIC_GATES, { script: "test:fast", tests: true }];
const ALL_GATES = [
  ...STATIC_GATES,
  { script: "test:unit", tests: true },
  { script: "test:workerd", tests: true },
  { script: "build" },
  { script: "check:size" },
  { script: "test:browser", tests: true },
];

// The gate `build` comes before the browser's, which need not build the page again.
const env = {
  ...process.env,
  CI: "1",
  NO_COLOR: "1",
  WRANGLER_SEND_METRICS: "false",
  PAGE_IS_BUILT: "1",
};
delete env.FORCE_COLOR;

/** In order. A gate with `tests` counts its tests, every other one counts as one. */
const gates = process.argv.includes("--quick") ? QUICK_GATES : ALL_GATES;

/** The gate that runs now. */
let running;

/** Ends the gate and all it started. @param {NodeJS.Signals} signal */
function stop(signal) {
  try {
    process.kill(-running.pid, signal);
  } catch {
    // Gone already, or never started.
  }
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<{ok: boolean, output: string}>}
 */
function runNpm(args) {
  return new Promise((resolve) => {
    // A group of its own: a gate that hangs is ended together with what it started.
    const child = spawn("npm", args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    running = child;
    let output = "";
    const take = (chunk) => {
      output += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    const limit = setTimeout(() => {
      output += `\nended after ${GATE_LIMIT_MS / 60_000} minutes\n`;
      stop("SIGKILL");
    }, GATE_LIMIT_MS);
    child.once("error", (error) => {
      clearTimeout(limit);
      resolve({ ok: false, output: error.message });
    });
    child.once("close", (code) => {
      clearTimeout(limit);
      resolve({ ok: code === 0, output });
    });
  });
}

/** The counts of a vitest report; `null` when vitest did not get as far as writing one. @param {string} file */
function countsOf(file) {
  try {
    const report = JSON.parse(readFileSync(file, "utf8"));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return null;
  }
}

/** @param {{script: string, tests?: boolean}} gate */
async function runGate({ script, tests }) {
  const file = join(reports, `${script.replace(":", "-")}.json`);
  rmSync(file, { force: true });
  const extra = tests ? ["--", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`] : [];
  const { ok, output } = await runNpm(["run", "--silent", script, ...extra]);
  const counts = tests ? countsOf(file) : null;
  if (counts === null) {
    return { ok, output, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  }
  // A run can fail without a failed test: a file that does not load, an unhandled rejection.
  const failed = ok ? counts.failed : Math.max(1, counts.failed);
  return { ok: ok && failed === 0, output, passed: counts.passed, failed, skipped: counts.skipped };
}

const broken = install(root);
if (broken !== 0) {
  process.exit(broken);
}
mkdirSync(reports, { recursive: true });
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    stop("SIGTERM");
    process.exit(130);
  });
}

const total = { passed: 0, failed: 0 };
for (const gate of gates) {
  const began = Date.now();
  process.stdout.write(`${gate.script.padEnd(14)} `);
  const result = await runGate(gate);
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(6);
  const counts = gate.tests
    ? `  ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`
    : "";
  process.stdout.write(`${result.ok ? "ok  " : "FAIL"} ${seconds} s${counts}\n`);
  if (!result.ok) {
    process.stdout.write(`${result.output.trimEnd()}\n\n`);
  }
  total.passed += result.passed;
  total.failed += result.failed;
}
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
