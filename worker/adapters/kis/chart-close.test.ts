import { describe, it } from "vitest";
import { dayOf, seoul } from "../../testing/stage/kis-stage.ts";
import { chartCloseOf } from "./chart-close.ts";

const facts = (day: string, now: string): string => {
  const found = chartCloseOf(dayOf(day), seoul(now));
  return found === null ? "none" : `${found.close} ${found.final ? "final" : "provisional"}`;
};

describe("the close of a row of the daily chart", () => {
  it.for([
    ["2026-09-16T08:50:00", "none"],
    ["2026-09-16T15:31:59", "none"],
    ["2026-09-16T15:32:00", "regular provisional"],
    ["2026-09-16T15:59:59", "regular provisional"],
    ["2026-09-16T16:00:00", "last provisional"],
    ["2026-09-17T19:59:59", "last provisional"],
    ["2026-09-17T20:00:00", "unknown provisional"],
    ["2026-09-18T05:59:59", "unknown provisional"],
    ["2026-09-18T06:00:00", "regular final"],
  ] as const)("[KI7] of a Wednesday, read at %s: %s", ([now, expected], { expect }) => {
    expect(facts("2026-09-16", now)).toBe(expected);
  });

  it.for([
    ["2026-09-18", "2026-09-19T19:59:59", "last provisional"],
    ["2026-09-18", "2026-09-20T12:00:00", "unknown provisional"],
    ["2026-09-18", "2026-09-22T05:59:59", "unknown provisional"],
    ["2026-09-18", "2026-09-22T06:00:00", "regular final"],
    ["2026-09-23", "2026-09-29T05:59:59", "unknown provisional"],
    ["2026-09-23", "2026-09-29T06:00:00", "regular final"],
  ] as const)(
    "[KI7] of %s before days without a session, read at %s: %s",
    ([day, now, expected], { expect }) => {
      expect(facts(day, now)).toBe(expected);
    },
  );

  it.for([
    ["2026-09-11", "2026-09-11T17:00:00", "regular provisional"],
    ["2026-09-11", "2026-09-12T00:00:00", "regular final"],
    ["2026-11-19", "2026-11-19T16:31:59", "none"],
    ["2026-11-19", "2026-11-19T16:32:00", "regular provisional"],
    ["2026-11-19", "2026-11-19T17:00:00", "last provisional"],
    ["2030-12-30", "2031-06-01T12:00:00", "unknown provisional"],
    ["2026-09-19", "2026-09-19T16:30:00", "last provisional"],
  ] as const)("[KI7] of %s, read at %s: %s", ([day, now, expected], { expect }) => {
    expect(facts(day, now)).toBe(expected);
  });
});
