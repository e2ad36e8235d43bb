import { describe, it } from "vitest";
import type { AlertEvent } from "../../core/alerts/alert-event.ts";
import { MemoryAlertLog } from "../../testing/memory/memory-alert-log.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { StaleAlerts } from "./stale-alerts.ts";

const START = Date.parse("2026-11-30T10:00:00+09:00");

const KRX = (
  state: "live" | "stale" | "closed",
): { readonly exchange: "KRX"; readonly state: typeof state } => ({
  exchange: "KRX",
  state,
});

/** Alerts with the log that they write to. */
class Stage {
  readonly logged: AlertEvent[] = [];
  readonly log = new MemoryLog();
  woken = 0;
  isOut = false;
  readonly alerts = new StaleAlerts({
    log: this.log,
    alerts: {
      append: async (events) => {
        if (this.isOut) {
          throw new Error("out of reach");
        }
        this.logged.push(...events);
        return Promise.resolve();
      },
      wake: async () => {
        this.woken++;
        return Promise.resolve();
      },
    },
  });

  /** The kind of the event that the status made; `null` without one. */
  async at(seconds: number, state: "live" | "stale" | "closed" = "stale"): Promise<string | null> {
    const before = this.logged.length;
    await this.alerts.state(KRX(state), START + seconds * 1_000);
    return this.logged[before]?.kind ?? null;
  }

  async each(
    ...steps: readonly (readonly [seconds: number, state?: "live" | "stale" | "closed"])[]
  ): Promise<readonly (string | null)[]> {
    const made: (string | null)[] = [];
    for (const [seconds, state] of steps) {
      made.push(await this.at(seconds, state));
    }
    return made;
  }
}

describe("prices that stopped", () => {
  it("[AL24] are an event after a minute without any, once an hour, and none while they come or none are due", async ({
    expect,
  }) => {
    const stage = new Stage();
    expect(await stage.each([0], [59], [60], [61], [600])).toEqual([null, null, "feed_stale", null, null]);
    expect(await stage.each([700, "live"], [701], [761])).toEqual([null, null, null]);
    expect(await stage.each([3_600], [3_601])).toEqual(["feed_stale", null]);
    expect(await stage.each([7_300, "closed"], [7_301], [7_360, "live"], [9_000, "closed"])).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(stage.woken).toBe(2);
  });

  it("[AL24] are one event for the log, also when the object was born again", async ({ expect }) => {
    const log = new MemoryAlertLog();
    for (const later of [0, 120]) {
      const stage = new Stage();
      await stage.each([later], [later + 60]);
      await log.append(stage.logged);
      expect(stage.logged).toHaveLength(1);
    }
    expect(await log.newest("KRX", 9)).toHaveLength(1);
  });

  it("[AL24] stop no step where the log is out of reach, which is one line", async ({ expect }) => {
    const stage = new Stage();
    stage.isOut = true;
    expect(await stage.each([0], [60], [61])).toEqual([null, null, null]);
    expect(stage.log.lines.map(({ event, fields }) => [event, fields["exchange"]])).toEqual([
      ["stale_feed_not_told", "KRX"],
    ]);
  });
});
