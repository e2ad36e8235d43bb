import { readFile } from "node:fs/promises";
import { describe, it } from "vitest";
import { EVENING_SCAN } from "./scan-schedule.ts";

const WRANGLER = new URL("../../wrangler.toml", import.meta.url).pathname;
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

describe("the schedule", () => {
  it("[JB16] is the cron of wrangler.toml, and the only one", async ({ expect }) => {
    const crons = /^crons = (.*)$/m.exec(await readFile(WRANGLER, "utf8"))?.[1] ?? "";
    const { utcHour, utcMinute, firstWeekday, lastWeekday } = EVENING_SCAN;
    const days = [firstWeekday, lastWeekday].map((day) => WEEKDAYS[day]).join("-");
    expect(JSON.parse(crons)).toEqual([`${utcMinute} ${utcHour} * * ${days}`]);
  });
});
