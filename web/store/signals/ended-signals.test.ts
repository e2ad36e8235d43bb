import { describe, it } from "vitest";
import { endedIds } from "./ended-signals.ts";

describe("signals that ended lately", () => {
  it("[UI125] are those of the last scan first, each once, none that is open, and no more than a page can ask for", ({
    expect,
  }) => {
    const ofBefore = Array.from({ length: 300 }, (_, i) => `v${i}`);
    const ids = endedIds({ ofScan: ["a", "b"], seen: ["b", "c"], ofBefore }, new Set(["c", "v0"]));
    expect(ids.slice(0, 3)).toEqual(["a", "b", "v1"]);
    expect(ids).toHaveLength(40);
  });
});
