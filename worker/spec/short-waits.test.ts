import { describe, it } from "vitest";
import { describeShortWait, findShortWaits } from "./short-waits.ts";

const wait = (method: string): string => `const a = 1;\nawait vi.${method}(() => expect(a).toBe(1));\n`;

describe("a wait of a test", () => {
  it.for(["waitFor", "waitUntil"])("[SP13] by %s is named with its line", (method, { expect }) => {
    expect(findShortWaits("worker/some.test.ts", wait(method)).map(describeShortWait)).toEqual([
      "worker/some.test.ts:2 may give up after a second: write eventually(() => ...) of worker/testing/eventually.ts",
    ]);
  });

  it("[SP13] stands in the file that names how long", ({ expect }) => {
    expect(findShortWaits("worker/testing/eventually.ts", wait("waitFor"))).toEqual([]);
    expect(findShortWaits("worker/some.test.ts", "await eventually(() => expect(a).toBe(1));")).toEqual([]);
  });
});
