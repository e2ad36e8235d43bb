import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
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
});
