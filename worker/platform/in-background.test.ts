import { describe, it } from "vitest";
import { inBackground } from "./in-background.ts";

describe("work in the background", () => {
  it("[PF4] keeps the object awake to its end, and stands in the log when it fails", async ({ expect }) => {
    const kept: Promise<unknown>[] = [];
    const lines: unknown[] = [];
    const ctx = { waitUntil: (work: Promise<unknown>) => kept.push(work) };
    const log = { write: (...line: unknown[]) => lines.push(line) };
    inBackground(ctx, log, "drain_failed", Promise.resolve(1));
    inBackground(ctx, log, "drain_failed", Promise.reject(new Error("disk full")));
    await expect(Promise.all(kept)).resolves.toHaveLength(2);
    expect(lines).toEqual([["error", "drain_failed", { error: "disk full" }]]);
  });
});
