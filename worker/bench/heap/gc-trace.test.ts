import { mkdtempSync, rmSync, writeFileSync, appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { parseCollection, total, Traces } from "./gc-trace.ts";

const FIELDS = {
  pause: 1.037,
  gc: "s",
  reason: "allocation failure",
  start_object_size: 1_810_652,
  end_object_size: 1_369_192,
  start_old_gen_consumed_size: 762_148,
  end_old_gen_consumed_size: 800_000,
  start_global_consumed_size: 22_249_552,
  end_global_consumed_size: 900_000,
};

function line(fields: object = {}): string {
  return `[25316:0x7225bfd2c000:0]     1032 ms: GC: ${JSON.stringify({ ...FIELDS, ...fields })}`;
}

describe("the sizes that V8 prints", () => {
  it("[BN4] counts objects and array buffers, before and after", ({ expect }) => {
    const collection = parseCollection(line());
    expect(collection).toEqual({
      pid: 25_316,
      isolate: "0x7225bfd2c000",
      isFull: false,
      before: { objects: 1_810_652, external: 21_487_404 },
      after: { objects: 1_369_192, external: 100_000 },
    });
    expect(collection && total(collection.before)).toBe(23_298_056);
    expect(parseCollection(line({ gc: "mc" }))?.isFull).toBe(true);
  });

  it("[BN4] takes nothing else for a collection", ({ expect }) => {
    const others = [
      "",
      "[25316:0x7225bfd2c000:0]      258 ms: Memory pool: Removed pages: 0",
      line().slice(0, -20),
      line({ start_object_size: "many" }),
    ];
    expect(others.map(parseCollection)).toEqual([null, null, null, null]);
  });

  it("[BN4] reads each line once, also one that is printed in two parts", ({ expect }) => {
    const folder = mkdtempSync(join(tmpdir(), "vcp-traces-"));
    try {
      const [file, traces] = [join(folder, "1.gc"), new Traces(folder)];
      writeFileSync(file, `${line()}\n${line().slice(0, 30)}`);
      expect(traces.read()).toHaveLength(1);
      appendFileSync(file, `${line().slice(30)}\n`);
      expect([traces.read().length, traces.read().length]).toEqual([1, 0]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
