/** An alarm of a feed that throws more often than the platform repeats it: the feed is alive again afterwards. */
import { beforeEach, describe, it, vi } from "vitest";
import type { ExchangeSwitch } from "../../app/ports/settings.ts";
import { freshDemo, onStage } from "../../testing/stage/demo-stage.ts";
import { eventually } from "../../testing/eventually.ts";

beforeEach(freshDemo);

const TEN = Array.from({ length: 10 }, (_, n) => n);

describe("an alarm of a feed that throws", () => {
  it("[FD21] ten times in a row rings again each time, and then moves the market", async ({ expect }) => {
    await onStage(async (stage) => {
      await stage.ready();
      let isAway = true;
      const lastSwitch = (): Promise<ExchangeSwitch> =>
        isAway ? Promise.reject(new Error("away")) : Promise.resolve({ exchange: "DEMO", generation: 0 });
      const feed = stage.birth({ settings: { lastSwitch } });
      for (const _ of TEN) {
        await stage.storage.deleteAlarm();
        await expect(feed.alarm()).rejects.toThrow("away");
        expect(await stage.storage.getAlarm()).toBe(stage.now + 5_000);
      }
      expect(stage.log.lines.filter(({ event }) => event === "step_failed")).toHaveLength(10);
      isAway = false;
      const before = (await feed.status()).clock ?? 0;
      await stage.live(feed, 30_000);
      expect((await feed.status()).clock).toBeGreaterThan(before);
    });
  });

  it("[FD21] until the platform has forgotten it is set again by the next birth, once where the market does not move", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      const broken = vi.spyOn(stage.storage, "setAlarm").mockRejectedValue(new Error("disk full"));
      for (const _ of TEN) {
        await stage.storage.deleteAlarm();
        await expect(feed.alarm()).rejects.toThrow("disk full");
      }
      broken.mockRestore();
      expect(await stage.storage.getAlarm()).toBeNull();
      const born = stage.birth();
      await eventually(async () => expect(await stage.storage.getAlarm()).toBe(stage.now + 5_000));
      await stage.ring(born);
      expect(await stage.storage.getAlarm()).not.toBeNull();

      await stage.storage.deleteAlarm();
      stage.exchange = "KRX";
      const idle = stage.birth();
      await eventually(async () => expect(await stage.storage.getAlarm()).not.toBeNull());
      await stage.storage.deleteAlarm();
      await idle.alarm();
      expect(await stage.storage.getAlarm()).toBeNull();
    });
  });
});
