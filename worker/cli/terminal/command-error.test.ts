import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, vi } from "vitest";
import { projectRoot } from "./project-root.ts";

// Every test starts processes; a busy machine is slow at that.
vi.setConfig({ testTimeout: 60_000 });

const MODULE = JSON.stringify(join(projectRoot, "worker/cli/terminal/command-error.ts"));

/** A command whose `main` is `body`, with its streams as in `redirect`. */
function command(body: string, redirect = "") {
  const script = `
    import { writeFileSync } from "node:fs";
    import { runCommand } from ${MODULE};
    await runCommand(async () => { ${body} });`;
  const args = ["-c", `"$0" --input-type=module -e "$1" ${redirect}`, process.execPath, script];
  const { status, stdout, stderr } = spawnSync("sh", args, { encoding: "utf8" });
  return { status, stdout, stderr };
}

describe.skipIf(!existsSync("/dev/full"))("a full disk (there is no /dev/full here)", () => {
  it("[CL6b] behind stdout is reported in one line", ({ expect }) => {
    expect(command('process.stdout.write("x".repeat(100_000));', "> /dev/full")).toEqual({
      status: 1,
      stdout: "",
      stderr: "The output could not be written: ENOSPC: no space left on device, write\n",
    });
  });

  it("[CL6b] behind a file is reported in one line", ({ expect }) => {
    expect(command('writeFileSync("/dev/full", "x");')).toEqual({
      status: 1,
      stdout: "",
      stderr: "ENOSPC: no space left on device, write\n",
    });
  });
});

describe("the streams of a command", () => {
  it("[CL6a] may lose the reader of stderr, and the result is written all the same", ({
    expect,
    onTestFinished,
  }) => {
    const body = `
      for (let i = 0; i < 20_000; i++) {
        process.stderr.write("progress\\n");
        if (i % 1_000 === 0) { await new Promise(setImmediate); }
      }
      process.stdout.write("result\\n");`;
    const folder = mkdtempSync(join(tmpdir(), "vcp-command-"));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const out = join(folder, "out");
    command(body, `2>&1 >'${out}' | head -c 1`);
    expect(readFileSync(out, "utf8")).toBe("result\n");
  });

  it("[CL6b] keep the stack of a fault of the program", ({ expect }) => {
    const { status, stderr } = command('throw new Error("a fault");');
    expect(status).toBe(1);
    expect(stderr).toMatch(/Error: a fault\n\s+at /);
  });
});
