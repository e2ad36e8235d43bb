import * as fc from "fast-check";
import { describe, it, vi } from "vitest";
import { makeAlert, makeRule } from "../../testing/builders/alert-builder.ts";
import { session } from "../../testing/builders/life-builder.ts";
import { ALERT_KINDS, SIGNAL_ALERT_KINDS, type ToldAlert } from "./alert-event.ts";
import { type AlertRule, cooldownKey, matchesRule, tellAt } from "./alert-rule.ts";
import { isQuiet, isTimeZone, quietUntil } from "./quiet-hours.ts";

const BASE = { id: "a", exchange: "KRX", day: session(1), at: 0 } as const;
const TOUCHED = makeAlert({ kind: "touched", ticker: "005930", grade: "B" });
const NEAR = makeAlert({ ...TOUCHED, kind: "near", within: 2 });
const GATE: ToldAlert = { ...BASE, kind: "gate", from: "GREEN", to: "RED" };

const RULE = makeRule({ kinds: ["touched", "near", "gate"], within: 2, cooldown: 10 });

describe("what a rule asks for", () => {
  it("[AL5] goes by kind, step and scope, and by nothing when it is off", ({ expect }) => {
    const asks = (rule: Partial<AlertRule>, event: ToldAlert): boolean =>
      matchesRule({ ...RULE, ...rule }, event);
    expect([TOUCHED, NEAR, GATE].map((event) => asks({}, event))).toEqual([true, true, true]);
    expect([TOUCHED, NEAR, GATE].map((event) => asks({ isOn: false }, event))).toEqual([false, false, false]);
    expect([TOUCHED, NEAR, GATE].map((event) => asks({ kinds: ["gate"] }, event))).toEqual([
      false,
      false,
      true,
    ]);
    expect(asks({ within: 3 }, NEAR)).toBe(false);
    expect(asks({ scope: { kind: "market", market: "KOSDAQ" } }, TOUCHED)).toBe(false);
    expect(asks({ scope: { kind: "market", market: "KOSDAQ" } }, GATE)).toBe(true);
    expect(
      (["S", "A", "B", "C"] as const).map((least) => asks({ scope: { kind: "grade", least } }, TOUCHED)),
    ).toEqual([false, false, true, true]);
    const named = (tickers: readonly string[]): Partial<AlertRule> => ({
      scope: { kind: "tickers", from: "starred", tickers },
    });
    expect([asks(named(["005930"]), TOUCHED), asks(named([]), TOUCHED)]).toEqual([true, false]);
  });

  it("[AL5] is met by the events of its own kind alone", ({ expect }) => {
    const events: readonly ToldAlert[] = [
      ...SIGNAL_ALERT_KINDS.map(
        (kind) => ({ ...TOUCHED, kind, within: kind === "near" ? 2 : null }) as const,
      ),
      GATE,
      { ...BASE, kind: "scan_overdue" },
      { ...BASE, kind: "feed_stale" },
    ];
    expect(events.map(({ kind }) => kind)).toEqual(ALERT_KINDS);
    for (const kind of ALERT_KINDS) {
      const met = events.filter((event) => matchesRule({ ...RULE, kinds: [kind] }, event));
      expect(met.map((event) => event.kind)).toEqual([kind]);
    }
  });

  it("[AL6] is the same again for one share and kind, and for the exchange by kind alone", ({ expect }) => {
    const keys = [TOUCHED, { ...TOUCHED, id: "b", price: 1 }, NEAR, { ...NEAR, within: 1 } as const, GATE];
    expect(new Set(keys.map(cooldownKey)).size).toBe(4);
    expect(cooldownKey({ ...TOUCHED, ticker: "000660" })).not.toBe(cooldownKey(TOUCHED));
  });
});

const KST = "Asia/Seoul";
const at = (text: string): number => Date.parse(text);

describe("quiet hours", () => {
  it("[AL7] zones that differ in their case alone are not all kept", ({ expect }) => {
    const made = vi.spyOn(Intl, "DateTimeFormat");
    const spellings = Array.from({ length: 1_000 }, (_, i) =>
      Array.from("america/argentina")
        .map((c, bit) => ((i >> bit) & 1 ? c.toUpperCase() : c))
        .join(""),
    );
    for (const spelling of [...spellings, ...spellings.slice(0, 1)]) {
      isQuiet({ from: 0, until: 60, zone: `${spelling}/ushuaia` }, 0);
    }
    expect(made).toHaveBeenCalledTimes(1_001);
    made.mockRestore();
  });

  it("[AL7] are hours of the day in their zone and may pass midnight", ({ expect }) => {
    const night = { from: 20 * 60, until: 7 * 60 + 30, zone: KST };
    const quiet = ["19:59", "20:00", "23:59", "00:00", "07:29", "07:30"].map((time) =>
      isQuiet(night, at(`2026-11-30T${time}:00+09:00`)),
    );
    expect(quiet).toEqual([false, true, true, true, true, false]);
    expect(quietUntil(night, at("2026-11-30T22:10:30+09:00"))).toBe(at("2026-12-01T07:30:00+09:00"));
    expect(isQuiet({ ...night, zone: "America/New_York" }, at("2026-11-30T22:10:30+09:00"))).toBe(false);
    expect(isQuiet({ from: 0, until: 0, zone: KST }, at("2026-11-30T12:00:00+09:00"))).toBe(true);
    expect([isTimeZone(KST), isTimeZone("Asia/Nowhere")]).toEqual([true, false]);
    expect(tellAt({ quiet: null }, 5)).toBe(5);
    expect(tellAt({ quiet: night }, at("2026-11-30T12:00:00+09:00"))).toBe(at("2026-11-30T12:00:00+09:00"));
  });

  it("[AL7] end within a day and outside of themselves, whatever the zone and its changes of the clock", ({
    expect,
  }) => {
    const minute = fc.integer({ min: 0, max: 1_439 });
    fc.assert(
      fc.property(
        minute,
        minute,
        fc.constantFrom(KST, "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe"),
        fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z") }),
        (from, until, zone, now) => {
          fc.pre(from !== until);
          const quiet = { from, until, zone };
          let told = tellAt({ quiet }, now);
          // On a day whose clocks change it is asked once more.
          told = tellAt({ quiet }, told);
          expect(isQuiet(quiet, told)).toBe(false);
          expect(told - now).toBeLessThanOrEqual(26 * 3_600_000);
          expect(told === now || isQuiet(quiet, now)).toBe(true);
        },
      ),
    );
  });
});
