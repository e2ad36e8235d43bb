/** UI71: names by language. */
import { it } from "vitest";
import { latinName } from "../../../worker/protocol/romanise.ts";
import { en } from "../../i18n/en.ts";
import { ko } from "../../i18n/ko.ts";
import { shownName } from "./company-name.ts";

const given = { name: "삼성전자", ...latinName("삼성전자", "Samsung Electronics") };
const made = { name: "삼성전자", ...latinName("삼성전자", null) };
const latin = { name: "NAVER", ...latinName("NAVER", null) };

it("[UI71] in Korean the Korean name, with the English one in its title", ({ expect }) => {
  expect(shownName(given, "ko", ko)).toEqual({ name: "삼성전자", title: "삼성전자 (Samsung Electronics)" });
  expect(shownName(made, "ko", ko)).toEqual({ name: "삼성전자", title: "삼성전자" });
  expect(shownName(latin, "ko", ko)).toEqual({ name: "NAVER", title: "NAVER" });
});

it("[UI71] in English the English name, or a romanised one that its title calls so", ({ expect }) => {
  expect(shownName(given, "en", en)).toEqual({
    name: "Samsung Electronics",
    title: "Samsung Electronics (삼성전자)",
  });
  const { name, title } = shownName(made, "en", en);
  expect(name).toBe("Samseongjeonja");
  expect(title).toMatch(/Samseongjeonja.*romanised.*삼성전자/);
  expect(shownName(latin, "en", en)).toEqual({ name: "NAVER", title: "NAVER" });
  // Of an earlier server, and of a signal whose name has not arrived.
  expect(shownName({ name: "삼성전자" }, "en", en)).toEqual({ name: "삼성전자", title: "삼성전자" });
  expect(shownName({ name: "005930" }, "en", en).name).toBe("005930");
});
