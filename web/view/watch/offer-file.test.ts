import { it } from "vitest";
import { createFormat } from "../../i18n/format.ts";
import { fileName } from "./offer-file.ts";

it("[UI213] a file is named by its list and the day in Seoul, as every day of the page is", ({ expect }) => {
  // Before nine in the morning it is still the day before in UTC.
  const day = createFormat("ko").day("2026-11-29T23:30:00.000Z");
  expect(fileName("반도체 / 소부장", "csv", day)).toBe("반도체-소부장-2026-11-30.csv");
  expect(fileName("★", "txt", day)).toBe("list-2026-11-30.txt");
  expect(fileName("vcp-radar", "json", day)).toBe("vcp-radar-2026-11-30.json");
});
