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

  it("[AL14] has its digest a quarter of an hour after the next close", ({ expect }) => {
    expect(digestAt("KRX", at("2026-11-30T10:00:00"), 1)).toBe(at("2026-11-30T15:45:00"));
    expect(digestAt("KRX", at("2026-11-30T15:40:00"), 1)).toBe(at("2026-11-30T15:45:00"));
    expect(digestAt("KRX", at("2026-11-30T15:45:00"), 1)).toBe(at("2026-12-01T15:45:00"));
    expect(digestAt("KRX", at("2026-12-04T20:00:00"), 1)).toBe(at("2026-12-07T15:45:00"));
    // The entrance exam shifts the hours.
    expect(digestAt("KRX", at("2026-11-19T10:00:00"), 1)).toBe(at("2026-11-19T16:45:00"));
    expect(digestAt("DEMO", 5, 300_000)).toBe(300_005);
  });
});
