import { it, onTestFinished, vi } from "vitest";
import { attempt } from "./store-error.ts";

it("[DB14] gives up what D1 never answers, so that whatever waits in turn behind it goes on", async ({
  expect,
}) => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const failure = attempt("save a scan", () => new Promise(() => undefined)).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await Promise.race([failure, Promise.resolve("still waiting")])).toMatchObject({
    message: "D1 failed to save a scan: it gave no answer within 60000 ms",
    neighbour: "D1",
    retryable: true,
  });
  expect(await attempt("count", () => Promise.resolve(7))).toBe(7);
  expect(vi.getTimerCount()).toBe(0);
});
