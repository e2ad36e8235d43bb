import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, onTestFinished } from "vitest";
import { mountSmallDisk, unmountSmallDisk } from "../../testing/stage/small-disk.ts";
import { describeFullDisk, freeBytes, isDiskFull, watchDisk } from "./state-disk.ts";
import { eventually } from "../../testing/eventually.ts";

const MIB = 1_048_576;

/** A disk of `size` MiB; `null` where this user may not mount one. */
function smallDisk(size: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), "vcp-disk-"));
  const isMounted = mountSmallDisk(folder, size);
  onTestFinished(() => {
    if (isMounted) {
      unmountSmallDisk(folder);
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return isMounted ? folder : null;
}

describe("the disk of the state folder", () => {
  it(
    "[CL39] is reported within 5 s of filling up, once, and again when there is space",
    { timeout: 30_000 },
    async ({ expect, skip }) => {
      const folder = smallDisk(40);
      if (folder === null) {
        skip("this user may not mount a small disk");
        return;
      }
      const printed: string[] = [];
      const disk = watchDisk(folder, (line) => printed.push(line));
      onTestFinished(() => disk.end());
      await disk.awaitSpace();
      expect([printed, isDiskFull(folder)]).toEqual([[], false]);
      const fill = join(folder, "fill");
      writeFileSync(fill, Buffer.alloc(36 * MIB));
      await eventually(() => expect(printed).toHaveLength(1), 5_000);
      expect(printed[0]).toContain(`disk full: 4 MiB are free for ${folder}.`);
      let waits = true;
      const waiting = disk.awaitSpace().then(() => {
        waits = false;
      });
      // Between the two limits nothing changes.
      writeFileSync(fill, Buffer.alloc(30 * MIB));
      await new Promise((resolve) => {
        setTimeout(resolve, 2_500);
      });
      expect([printed.length, waits]).toEqual([1, true]);
      rmSync(fill);
      await waiting;
      expect(printed).toEqual([expect.stringContaining("disk full"), `There is space again for ${folder}.`]);
    },
  );

  it("[CL39] that cannot be looked at is not called full", ({ expect }) => {
    expect([freeBytes("/nonexistent/folder"), isDiskFull("/nonexistent/folder")]).toEqual([null, false]);
    expect(describeFullDisk(tmpdir())).toMatch(/^disk full: \d+ MiB are free/);
  });

  it("[CL39] ends its wait when the watch ends", async ({ expect, skip }) => {
    const folder = smallDisk(4);
    if (folder === null) {
      skip("this user may not mount a small disk");
      return;
    }
    const printed: string[] = [];
    const disk = watchDisk(folder, (line) => printed.push(line));
    expect(printed).toHaveLength(1);
    const waiting = disk.awaitSpace();
    disk.end();
    await waiting;
  });
});
