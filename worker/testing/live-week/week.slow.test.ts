import { describe, it } from "vitest";
import { simulateWeek } from "./week.ts";

describe("sessions of a vendor that fails in every known way", () => {
  it(
    "[DR10] leave every signal as the day's bars alone do, take no price that is not the session's, and move within a second",
    {
      // Some seconds of a core; a shared machine takes longer.
      timeout: 120_000,
    },
    async ({ expect }) => {
      const figures = await simulateWeek({
        ticksPerSecond: 4,
        burst: 20,
        sessions: 2,
        symbols: 100,
        seed: 3,
      });
      expect(figures).toMatchObject({ compared: 200, differing: [], strange: 0, missed: 0, wrongBars: 0 });
      expect(figures.latency.max).toBeLessThanOrEqual(1_000);
      // It was no quiet week.
      expect(figures.latency.count).toBeGreaterThan(20);
      expect(figures.comparedBars).toBeGreaterThan(60);
      expect(figures.wrong).toBeGreaterThan(10_000);
      expect(figures.evictions).toBeGreaterThan(300);
      expect(figures.refusals).toBeGreaterThan(10);
    },
  );

  it(
    "[KW15] leave the same over a machine that brings the prices in batches, to a feed that loses its memory each minute",
    { timeout: 120_000 },
    async ({ expect }) => {
      const figures = await simulateWeek({
        ticksPerSecond: 4,
        burst: 20,
        sessions: 1,
        symbols: 100,
        seed: 3,
        isPushed: true,
      });
      expect(figures).toMatchObject({ compared: 100, differing: [], strange: 0, missed: 0, wrongBars: 0 });
      expect(figures.latency.max).toBeLessThanOrEqual(1_000);
      expect(figures.latency.count).toBeGreaterThan(10);
      expect(figures.connections).toBeGreaterThan(50);
    },
  );
});
