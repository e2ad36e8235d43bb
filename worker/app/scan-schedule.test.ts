import { readFile } from "node:fs/promises";
import { describe, it } from "vitest";
import { EVENING_SCAN, isEveningScan } from "./scan-schedule.ts";

const WRANGLER = new URL("../../wrangler.toml", import.meta.url).pathname;
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

describe("the schedule", () => {
  it("[JB16] is the first cron of wrangler.toml, and the other one never rings in its minute", async ({
    expect,
  }) => {
    const crons = /^crons = (.*)$/m.exec(await readFile(WRANGLER, "utf8"))?.[1] ?? "";
    const { utcHour, utcMinute, firstWeekday, lastWeekday } = EVENING_SCAN;
    const days = [firstWeekday, lastWeekday].map((day) => WEEKDAYS[day]).join("-");
    expect(JSON.parse(crons)).toEqual([`${utcMinute} ${utcHour} * * ${days}`, "5-55/10 * * * *"]);
    expect(utcMinute % 10).not.toBe(5);
  });

  it("[JB16] is told from every other minute", ({ expect }) => {
    const friday = Date.UTC(2026, 10, 27, 9, 20);
    expect([friday, friday + 59_999].map(isEveningScan)).toEqual([true, true]);
    const others = [friday - 1, friday + 60_000, friday + 86_400_000, friday - 5 * 86_400_000];
    expect(others.map(isEveningScan)).toEqual([false, false, false, false]);
  });
});
