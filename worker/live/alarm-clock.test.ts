/** One alarm for many times, over the lives of an object: data in, calls out. */
import { describe, it } from "vitest";
import type { Log } from "../app/ports/log.ts";
import { AlarmClock } from "./alarm-clock.ts";
import { eventually } from "../testing/eventually.ts";

const SILENT: Log = { write: () => undefined };

class Stored {
  at: number | null = null;
  readonly moves: number[] = [];
  isDown = false;

  getAlarm(): Promise<number | null> {
    return Promise.resolve(this.at);
  }

  setAlarm(at: number | Date): Promise<void> {
    if (this.isDown) {
      return Promise.reject(new Error("down"));
    }
    this.at = Number(at);
    this.moves.push(this.at);
    return Promise.resolve();
  }
}

describe("alarm clock", () => {
  it("[WS12c] moves to an earlier time and never to a later one", async ({ expect }) => {
    const storage = new Stored();
    const alarm = new AlarmClock(storage, () => 0, SILENT);
    await alarm.set(30_000);
    await alarm.set(60_000);
    alarm.setSoon(40_000);
    await alarm.set(20_000);
    alarm.setSoon(2_000);
    expect(storage.moves).toEqual([30_000, 20_000, 2_000]);
    await alarm.ring(async () => alarm.set(60_000));
    expect(storage.at).toBe(2_000);
  });

  it("[WS12c] keeps an alarm that was set before the object slept", async ({ expect }) => {
    const storage = new Stored();
    await new AlarmClock(storage, () => 0, SILENT).set(2_000);
    const reborn = new AlarmClock(storage, () => 1_000, SILENT);
    await reborn.set(31_000);
    await reborn.set(1_500);
    expect([storage.at, Math.min(...storage.moves)]).toEqual([1_500, 1_500]);
    expect(storage.moves).not.toContain(31_000);
  });

  it("[WS12c] sets an alarm again that could not be set, and logs what nobody waited for", async ({
    expect,
  }) => {
    const storage = new Stored();
    const lines: unknown[] = [];
    const alarm = new AlarmClock(storage, () => 0, { write: (...line) => lines.push(line) });
    storage.isDown = true;
    alarm.setSoon(2_000);
    await eventually(() => expect(lines).toEqual([["error", "alarm_not_set", { error: "down" }]]));
    await expect(alarm.set(3_000)).rejects.toThrow("down");
    storage.isDown = false;
    await alarm.set(30_000);
    expect(storage.moves).toEqual([30_000]);
    expect(lines).toHaveLength(1);
  });

  it("[WS12c] sets a new alarm when the known one is past", async ({ expect }) => {
    const storage = new Stored();
    let now = 0;
    const alarm = new AlarmClock(storage, () => now, SILENT);
    alarm.setSoon(2_000);
    now = 5_000;
    alarm.setSoon(7_000);
    expect(storage.at).toBe(7_000);
  });

  it("[TP9] relies on the alarm of another caller only once it is stored", async ({ expect }) => {
    let stored: number | null = null;
    const first = Promise.withResolvers<void>();
    let sets = 0;
    const storage = {
      getAlarm: () => Promise.resolve(stored),
      setAlarm: async (at: number | Date) => {
        sets += 1;
        if (sets === 1) {
          await first.promise;
        }
        stored = Number(at);
      },
    };
    const clock = new AlarmClock(storage, () => 0, SILENT);
    const failing = clock.set(2).catch(() => "failed");
    await Promise.resolve();
    await Promise.resolve();
    const other = clock.set(10).then(
      () => "set",
      () => "failed",
    );
    await Promise.resolve();
    first.reject(new Error("disk"));
    expect([await failing, await other, stored]).not.toEqual(["failed", "set", null]);
    expect([await failing, await other, stored]).toEqual(["failed", "set", 10]);
  });

  it("[TP9] sets the alarm itself that another caller could not set for it", async ({ expect }) => {
    const storage = new Stored();
    const alarm = new AlarmClock(storage, () => 0, SILENT);
    storage.isDown = true;
    alarm.setSoon(2_000);
    storage.isDown = false;
    alarm.setSoon(10_000);
    await eventually(() => expect(storage.moves).toEqual([10_000]));
  });
});
