import { it } from "vitest";
import { ALERT_PAGE_TEXTS } from "./alert-page-texts.ts";

it("[UI309] names a time between two notices in hours or a day where it is one", ({ expect }) => {
  const named = (locale: "ko" | "en") =>
    ["0", "5", "60", "90", "240", "1440"].map(ALERT_PAGE_TEXTS[locale].cooldowns);
  expect(named("ko")).toEqual([
    "매번",
    "5분에 한 번",
    "1시간에 한 번",
    "90분에 한 번",
    "4시간에 한 번",
    "하루에 한 번",
  ]);
  expect(named("en")).toEqual([
    "every time",
    "once in 5 min",
    "once in 1 h",
    "once in 90 min",
    "once in 4 h",
    "once in a day",
  ]);
});
