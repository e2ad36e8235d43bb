import { createRoot, createSignal } from "solid-js";
import { afterEach, beforeEach, it, vi } from "vitest";
import type { PerformanceBody } from "../../worker/protocol/rest/performance.ts";
import { createPerformance } from "./performance.ts";

const EMPTY: PerformanceBody = {
  exchange: "DEMO",
  params_version: "vcp-2",
  as_of: null,
  least_n: 30,
  signals: { filled: 0, late: 0, untouched: 0, locked: 0, beyond_zone: 0 },
  groups: [],
  generated_at: "2025-06-13T18:21:04.000+09:00",
};

let asked = 0;
let measured: string | null = null;

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  vi.stubGlobal("fetch", () => {
    asked += 1;
    return Promise.resolve(Response.json({ ...EMPTY, as_of: measured }));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("[UI37] asks again while a scanned session is not measured, a few times, and for each session anew", async ({
  expect,
}) => {
  const [session, setSession] = createSignal<string | null>("2025-06-12");
  measured = "2025-06-12";
  const [remote, dispose] = createRoot((end) => [createPerformance(session), end] as const);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([asked, remote.value()?.as_of]).toEqual([1, "2025-06-12"]);

  // The scan is heard of before its outcomes are measured.
  setSession("2025-06-13");
  await vi.advanceTimersByTimeAsync(1_000);
  expect([asked, remote.value()?.as_of]).toEqual([2, "2025-06-12"]);
  measured = "2025-06-13";
  await vi.advanceTimersByTimeAsync(60_000);
  expect([asked, remote.value()?.as_of]).toEqual([3, "2025-06-13"]);

  // A measuring that never comes is not asked for without end.
  setSession("2025-06-16");
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked).toBeGreaterThan(4);
  expect(asked).toBeLessThan(12);

  dispose();
  const before = asked;
  setSession("2025-06-17");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(before);
});
