import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it, onTestFinished } from "vitest";
import { processesIn, processOf } from "./processes.ts";
import { lockHolder, takeStateLock } from "./state-lock.ts";
import { eventually } from "../../testing/eventually.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vcp-lock-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const lockFile = (): string => join(folder, "npm-start.lock");

function leaveLock(holder: object): void {
  const whole = { pid: 1, began: "", port: 9_000, since: "2026-11-29T10:00:00.000Z", group: null, ...holder };
  writeFileSync(lockFile(), JSON.stringify(whole));
}

describe("the lock of a state folder", () => {
  it("[CL41] is held by one server, and the second learns which, since when and on which port", async ({
    expect,
  }) => {
    const lock = await takeStateLock(folder, 8_787);
    expect(lockHolder(folder)).toMatchObject({ pid: process.pid, port: 8_787 });
    const second = takeStateLock(folder, 9_000);
    await expect(second).rejects.toThrow(
      new RegExp(`runs already on ${folder}: process ${process.pid}, http://127\\.0\\.0\\.1:8787, since 20`),
    );
    await expect(takeStateLock(folder, 9_000)).rejects.toThrow("--port N --state DIR");
    lock.release();
    expect([existsSync(lockFile()), lockHolder(folder)]).toEqual([false, null]);
    (await takeStateLock(folder, 9_000)).release();
  });

  it("[CL41b] names a path that is no folder, and the option", async ({ expect }) => {
    const file = join(folder, "state");
    writeFileSync(file, "");
    for (const path of [file, join(file, "below")]) {
      await expect(takeStateLock(path, 9_000)).rejects.toThrow(
        new RegExp(`^The state cannot be kept in ${path}: E.*--state DIR$`),
      );
    }
  });

  it("[CL41] goes to one of many that start at once", async ({ expect }) => {
    leaveLock({ pid: 999_999_999 });
    const taken = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => takeStateLock(folder, 9_000 + i)),
    );
    expect(taken.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it.for<[string, () => object | string]>([
    ["is gone", () => ({ pid: 999_999_999 })],
    ["has an id that another program has now", () => ({ pid: process.pid, began: "before the last boot/1" })],
    ["wrote half of it", () => "{"],
  ])("[CL41] is taken over when its holder %s", async ([, left], { expect }) => {
    const holder = left();
    if (typeof holder === "string") {
      writeFileSync(lockFile(), holder);
    } else {
      leaveLock(holder);
    }
    expect(lockHolder(folder)).toBeNull();
    const lock = await takeStateLock(folder, 8_787);
    lock.setGroup(4_711);
    expect(JSON.parse(readFileSync(lockFile(), "utf8"))).toMatchObject({ pid: process.pid, group: 4_711 });
    lock.release();
  });

  it("[CL41] that is taken over ends what the killed server left running, and no other program", async ({
    expect,
  }) => {
    const start = (...name: readonly string[]): number => {
      const args = ["-e", "setInterval(() => {}, 1000)", ...name];
      const { pid } = spawn(process.execPath, args, { detached: true, stdio: "ignore" });
      onTestFinished(() => {
        try {
          process.kill(-(pid ?? 0), "SIGKILL");
        } catch {
          // It has ended, as it should.
        }
      });
      return pid ?? 0;
    };
    const [ours, other] = [start("workerd serve"), start("something else")];
    await eventually(() => expect(processOf(ours)?.command).toContain("workerd serve"));
    for (const group of [ours, other]) {
      leaveLock({ pid: 999_999_999, group });
      (await takeStateLock(folder, 8_787)).release();
    }
    expect([processesIn(ours).length, processesIn(other).length]).toEqual([0, 1]);
  });
});
