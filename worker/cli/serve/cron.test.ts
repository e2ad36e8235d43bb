import { it } from "vitest";
import { cronsIn, parseCron, lastDue } from "./cron.ts";

/** Monday, 2025-06-16. */
const MONDAY = Date.UTC(2025, 5, 16);
const MINUTE = 60_000;

function minutesDue(text: string, from: number, minutes: number): readonly number[] {
  const cron = parseCron(text);
  return Array.from({ length: minutes }, (_, i) => i).filter((i) => cron?.isDue(new Date(from + i * MINUTE)));
}

it("[CL16] is due in its minute, in UTC, on its weekdays", ({ expect }) => {
  const week = minutesDue("20 9 * * MON-FRI", MONDAY, 7 * 1440);
  expect(week).toEqual([0, 1, 2, 3, 4].map((day) => day * 1440 + 9 * 60 + 20));
  // Cloudflare counts weekdays from 1, Sunday.
  expect(minutesDue("20 9 * * 2-6", MONDAY, 7 * 1440)).toEqual(week);
  expect(minutesDue("*/20 9,10 16 JUN *", MONDAY, 1440)).toEqual([540, 560, 580, 600, 620, 640]);
  expect(minutesDue("0 0 1 * SUN", MONDAY, 15 * 1440)).toEqual([6 * 1440, 13 * 1440]);
  expect(minutesDue("0 0 1 7 *", MONDAY, 16 * 1440)).toEqual([15 * 1440]);
});

it("[CL16] does not fire what it does not understand", ({ expect }) => {
  for (const text of [
    "",
    "* * * *",
    "60 * * * *",
    "* * * * 0",
    "* * L * *",
    "* * * * 2#1",
    "5-1 * * * *",
    "*/0 * * * *",
    "a * * * *",
    "1- * * * *",
    "1-2-3 * * * *",
  ]) {
    expect([text, parseCron(text)]).toEqual([text, null]);
  }
});

it("[CL16] fires once, late, after a sleep through the minute", ({ expect }) => {
  const cron = parseCron("20 9 * * MON-FRI");
  const at = MONDAY + (9 * 60 + 20) * MINUTE;
  const due = (from: number, to: number): number | null => cron && lastDue(cron, from, to);
  expect(due(at - 15_000, at)).toBe(at);
  expect(due(at, at + 15_000)).toBeNull();
  expect(due(at - 30_000, at - 15_000)).toBeNull();
  expect(due(at - 60 * MINUTE, at + 60 * MINUTE)).toBe(at);
  expect(due(at - 30 * 1440 * MINUTE, at - MINUTE - 1440 * MINUTE)).toBeNull();
});

it("[CL16] reads the expressions of wrangler.toml", ({ expect }) => {
  expect(
    cronsIn(
      'name = "x"\n[triggers]\n# why\ncrons = ["20 9 * * MON-FRI", \'0 0 * * *\']\n[secrets]\ncrons = ["x"]\n',
    ),
  ).toEqual(["20 9 * * MON-FRI", "0 0 * * *"]);
  expect(cronsIn('name = "x"\n')).toEqual([]);
});
