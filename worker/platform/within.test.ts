import { describe, it } from "vitest";
import { within } from "./within.ts";

describe("a bounded wait", () => {
  it("[PF1] gives the answer, or the failure, that comes in time", async ({ expect }) => {
    await expect(within(60_000, "Topic", Promise.resolve(7))).resolves.toBe(7);
    await expect(within(60_000, "Topic", Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  });

  it("[PF1] ends with a retryable failure of the neighbour when there is none", async ({ expect }) => {
    await expect(within(1, "Topic", new Promise(() => {}))).rejects.toMatchObject({
      message: "Topic gave no answer within 1 ms",
      neighbour: "Topic",
      retryable: true,
    });
  });
});
