import { createRoot, createSignal } from "solid-js";
import { afterEach, beforeEach, it, vi } from "vitest";
import { STUDY, STUDY_STATUS } from "../e2e/stub-study.ts";
import { createStudy, createStudyStatus, usualHorizon } from "./study.ts";

const asked = { status: 0, study: 0 };
let standing: object = STUDY_STATUS;

beforeEach(() => {
  vi.useFakeTimers();
  asked.status = 0;
  asked.study = 0;
  standing = STUDY_STATUS;
  vi.stubGlobal("fetch", (url: string) => {
    const isStatus = url.includes("/status");
    asked[isStatus ? "status" : "study"] += 1;
    return Promise.resolve(Response.json(isStatus ? standing : STUDY));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("[UI91] is asked for while one goes on, loads the report of each that ends, and then rests", async ({
  expect,
}) => {
  const [scanned, setScanned] = createSignal("KRX 2025-06-12");
  const dispose = createRoot((end) => {
    createStudy(createStudyStatus(scanned));
    return end;
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual({ status: 1, study: 1 });
  // The scan is heard of before its study is due.
  setScanned("KRX 2025-06-13");
  await vi.advanceTimersByTimeAsync(1_000);
  standing = { ...STUDY_STATUS, is_due: true };
  await vi.advanceTimersByTimeAsync(9_000);
  expect(asked.status).toBeGreaterThan(3);
  expect(asked.study).toBe(1);
  standing = { ...STUDY_STATUS, made: { ...STUDY_STATUS.made, ended_at: "2025-06-13T19:00:00.000+09:00" } };
  await vi.advanceTimersByTimeAsync(4_000);
  expect(asked.study).toBe(2);
  const { status } = asked;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual({ status, study: 2 });
  dispose();
});

it("[UI37] begins with the longest horizon of thirty cases, else of any, else the first", ({ expect }) => {
  const horizons = [5, 10, 20, 60] as const;
  const first = (cases: readonly number[]): number | null =>
    usualHorizon(horizons, (one) => cases[horizons.indexOf(one)] ?? 0, 30);
  expect([first([80, 40, 29, 3]), first([9, 8, 7, 0]), first([0, 0, 0, 0])]).toEqual([10, 20, 5]);
});
