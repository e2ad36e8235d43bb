import { describe, it } from "vitest";
import { Turns } from "./turns.ts";

describe("turns", () => {
  it("[PF9] never overlap, keep their order and give each caller its own answer or failure", async ({
    expect,
  }) => {
    const turns = new Turns();
    const seen: string[] = [];
    const act = (name: string, failure: string | null = null) =>
      turns.take(async () => {
        seen.push(`${name} begins`);
        // Several steps, in which another act could begin.
        await Promise.resolve().then(() => Promise.resolve());
        seen.push(`${name} ends`);
        if (failure !== null) {
          throw new Error(failure);
        }
        return name;
      });
    const ends = await Promise.allSettled([act("a"), act("b", "broken"), act("c")]);
    expect(seen).toEqual(["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]));
    expect(ends).toEqual([
      { status: "fulfilled", value: "a" },
      { status: "rejected", reason: new Error("broken") },
      { status: "fulfilled", value: "c" },
    ]);
  });
});
