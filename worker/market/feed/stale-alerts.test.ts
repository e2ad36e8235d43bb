import { describe, it } from "vitest";
import { StaleAlerts } from "./stale-alerts.ts";

const KRX = (
  state: "live" | "stale" | "closed",
): { readonly exchange: "KRX"; readonly state: typeof state } => ({
  exchange: "KRX",
  state,
});

describe("prices that stopped", () => {
  it("[AL24] are an event after a minute without any, once an hour, and none while they come or none are due", ({
    expect,
  }) => {
    const alerts = new StaleAlerts();
    const start = Date.parse("2026-11-30T10:00:00+09:00");
    const at = (seconds: number, state: "live" | "stale" | "closed" = "stale"): string | null =>
      alerts.note(KRX(state), start + seconds * 1_000)?.kind ?? null;
    expect([at(0), at(59), at(60), at(61), at(600)]).toEqual([null, null, "feed_stale", null, null]);
    expect([at(700, "live"), at(701), at(761)]).toEqual([null, null, null]);
    expect([at(3_600), at(3_601)]).toEqual(["feed_stale", null]);
    expect([at(7_300, "closed"), at(7_301), at(7_360, "live"), at(9_000, "closed")]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("[AL24] are one event for the log, also when the object was born again", ({ expect }) => {
    const start = Date.parse("2026-11-30T10:00:00+09:00");
    const ids = [0, 120_000].map((later) => {
      const alerts = new StaleAlerts();
      alerts.note(KRX("stale"), start + later);
      return alerts.note(KRX("stale"), start + later + 60_000)?.id;
    });
    expect(new Set(ids).size).toBe(1);
  });
});
