import { describe, it } from "vitest";
import { digestAt, isMarketOpen } from "./market-hours.ts";

const at = (text: string): number => Date.parse(`${text}+09:00`);

describe("the hours that rules go by", () => {
  it("[AL14] is open in the auctions and between them, on days with a session", ({ expect }) => {
    const times = [
      "2026-11-30T08:29:59",
      "2026-11-30T08:30:00",
      "2026-11-30T12:00:00",
      "2026-11-30T15:29:00",
    ];
    expect(times.map((time) => isMarketOpen("KRX", at(time)))).toEqual([false, true, true, true]);
    const closed = [
      "2026-11-30T16:30:00",
      "2026-11-29T12:00:00",
      "2026-12-25T12:00:00",
      "2026-11-30T23:00:00",
    ];
    expect(closed.map((time) => isMarketOpen("KRX", at(time)))).toEqual([false, false, false, false]);
    expect(isMarketOpen("DEMO", at("2026-11-29T03:00:00"))).toBe(true);
  });

  it("[AL14] has its digest a quarter of an hour after the close", ({ expect }) => {
    const close = at("2026-11-30T15:45:00");
    const times = ["08:30:00", "10:00:00", "15:25:00", "15:30:00", "15:44:59"];
    expect(times.map((time) => digestAt("KRX", at(`2026-11-30T${time}`), 1))).toEqual(times.map(() => close));
    // The entrance exam shifts the hours.
    expect(digestAt("KRX", at("2026-11-19T10:00:00"), 1)).toBe(at("2026-11-19T16:45:00"));
    expect(digestAt("DEMO", 5, 300_000)).toBe(300_005);
  });

  it("[AL14] lets what comes outside of a session wait a minute, and for no later close", ({ expect }) => {
    const times = [
      "2026-11-30T08:05:00",
      "2026-11-30T15:45:00",
      "2026-11-30T18:20:00",
      "2026-12-05T12:00:00",
      "2026-12-25T12:00:00",
    ];
    expect(times.map((time) => digestAt("KRX", at(time), 1) - at(time))).toEqual(times.map(() => 60_000));
  });
});
