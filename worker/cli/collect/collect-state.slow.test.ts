import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { startCollect } from "../../testing/stage/collect-process.ts";
import { fillDisk, mountSmallDisk, unmountSmallDisk } from "../../testing/stage/small-disk.ts";
import { takeCollectState } from "./collect-state.ts";

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe("the folder of collect", () => {
  it("[CL83] is its owner's alone when it is new or empty, and keeps its mode when other files stand in it", async ({
    expect,
  }) => {
    const above = mkdtempSync(join(tmpdir(), "vcp-collect-"));
    const take = async (folder: string): Promise<number> => {
      const state = await takeCollectState(folder);
      if ("release" in state) {
        await state.store.put("kis:token", "secret");
        state.release();
      }
      expect(modeOf(join(folder, "upstream.json"))).toBe(0o600);
      return modeOf(folder);
    };
    try {
      expect(await take(join(above, "new", "deep"))).toBe(0o700);
      const shared = join(above, "shared");
      mkdirSync(shared);
      chmodSync(shared, 0o755);
      expect(await take(shared)).toBe(0o700);
      chmodSync(shared, 0o755);
      writeFileSync(join(shared, "page.html"), "");
      expect(await take(shared)).toBe(0o755);
    } finally {
      rmSync(above, { recursive: true, force: true });
    }
  });

  it(
    "[CL83a] that cannot be used ends the command in one line with its path and the option, within seconds",
    { timeout: 180_000 },
    async ({ expect }) => {
      const above = mkdtempSync(join(tmpdir(), "vcp-collect-"));
      const file = join(above, "file");
      const pipes = [join(above, "store", "upstream.json"), join(above, "lock", "collect.lock")];
      const disk = join(above, "disk");
      const places = [
        "/proc/x",
        "/proc/self/deep/down",
        "/dev/null",
        "/dev/null/x",
        file,
        join(file, "x"),
        join(above, "store"),
        join(above, "lock"),
      ];
      writeFileSync(file, "");
      mkdirSync(disk);
      for (const pipe of pipes) {
        mkdirSync(join(pipe, ".."));
        spawnSync("mkfifo", [pipe]);
      }
      const isMounted = mountSmallDisk(disk, 1);
      try {
        if (isMounted) {
          fillDisk(join(disk, "all"));
          places.push(disk);
        }
        for (const place of places.filter((one) => existsSync("/proc") || !one.startsWith("/proc"))) {
          const run = startCollect(["--to", "http://127.0.0.1:9", "--state", place], {
            KRX_AUTH_KEY: "key",
            OWNER_TOKEN: "token",
          });
          const patience = setTimeout(() => {
            run.kill();
          }, 60_000);
          const { code, out, err } = await run.ended;
          clearTimeout(patience);
          expect([place, code, out]).toEqual([place, 1, ""]);
          expect(err).toMatch(/^[^\n]*--state DIR\n$/);
          expect(err).toContain(place);
        }
      } finally {
        if (isMounted) {
          unmountSmallDisk(disk);
        }
        rmSync(above, { recursive: true, force: true });
      }
    },
  );
});
