import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, it } from "vitest";
import { upstreamStoreContract } from "../../app/ports/upstream-store.contract.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { FileUpstreamStore } from "./file-upstream-store.ts";

async function inFolder(act: (path: string, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "vcp-store-"));
  try {
    await act(join(folder, "upstream.json"), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

upstreamStoreContract("a file", (script) =>
  inFolder((path) =>
    script({ store: new FileUpstreamStore(path), reborn: () => new FileUpstreamStore(path) }),
  ),
);

/** Counts as fast as it can, and states each count once it is stored. */
const COUNTING = `
  const { FileUpstreamStore } = await import(${JSON.stringify(join(projectRoot, "worker/cli/collect/file-upstream-store.ts"))});
  const store = new FileUpstreamStore(process.argv[1]);
  for (let calls = Number(await store.get("krx:calls") ?? 0) + 1; ; calls++) {
    await store.put("krx:calls", String(calls));
    await store.put("kis:token", "t".repeat(calls % 5_000));
    process.stdout.write(calls + "\\n");
  }
`;

/** Puts a text that a file of two kilobytes cannot hold. */
const TOO_LONG = `
  const { FileUpstreamStore } = await import(${JSON.stringify(join(projectRoot, "worker/cli/collect/file-upstream-store.ts"))});
  await new FileUpstreamStore(process.argv[1]).put("kis:token", "t".repeat(5_000));
`;

describe("the store of a killed process", () => {
  it("[CL84] is the one before where the system takes a part of the text and no more", async ({ expect }) => {
    await inFolder(async (path) => {
      await new FileUpstreamStore(path).put("krx:calls", "17");
      const node = [process.execPath, "--input-type=module", "-e", TOO_LONG, path];
      const { status } = spawnSync("bash", ["-c", 'ulimit -f 2 && exec "$@"', "bash", ...node]);
      expect(status).not.toBe(0);
      expect(await new FileUpstreamStore(path).get("krx:calls")).toBe("17");
    });
  });

  it(
    "[CL84] has every count that was stored before the process was killed, and no half of a file",
    { timeout: 60_000 },
    async ({ expect }) => {
      await inFolder(async (path) => {
        const random = makeRandom(5);
        let stated = 0;
        for (let kill = 0; kill < 15; kill++) {
          const child = spawn(process.execPath, ["--input-type=module", "-e", COUNTING, path]);
          const begun = Promise.withResolvers<null>();
          child.stdout.on("data", (part: Buffer) => {
            stated = Number(part.toString().trimEnd().split("\n").at(-1));
            begun.resolve(null);
          });
          await begun.promise;
          await sleep(random() * 100);
          child.kill("SIGKILL");
          await new Promise((resolve) => {
            child.once("close", resolve);
          });
          const calls = Number(await new FileUpstreamStore(path).get("krx:calls"));
          // One may be on the disk and not stated.
          expect(calls - stated).toBeGreaterThanOrEqual(0);
          expect(calls - stated).toBeLessThanOrEqual(1);
        }
        expect(stated).toBeGreaterThan(15);
      });
    },
  );

  it("[CL84] is readable for its owner alone, also where it was not before", async ({ expect }) => {
    await inFolder(async (path, folder) => {
      const store = new FileUpstreamStore(path);
      await store.put("kis:token", "secret");
      expect(statSync(path).mode & 0o777).toBe(0o600);
      chmodSync(path, 0o644);
      const again = new FileUpstreamStore(path);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      await again.put("kis:token", "another");
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readdirSync(folder)).toEqual(["upstream.json"]);
    });
  });

  it("[CL84] is refused with its path where it is another program's, and left as it was", async ({
    expect,
  }) => {
    await inFolder(async (path) => {
      writeFileSync(path, "{");
      chmodSync(path, 0o644);
      expect(() => new FileUpstreamStore(path)).toThrow(path);
      expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual(["{", 0o644]);
      await Promise.resolve();
    });
  });
});
