/** UI71, UI225: names by language, and the code beside or before them. */
import { it } from "vitest";
import { latinName } from "../../../worker/protocol/romanise.ts";
import { en } from "../../i18n/en.ts";
import { ko } from "../../i18n/ko.ts";
import { type NameStyle, shownName } from "./company-name.ts";

const ticker = "005930";
const given = { ticker, name: "삼성전자", ...latinName("삼성전자", "Samsung Electronics") };
const made = { ticker, name: "삼성전자", ...latinName("삼성전자", null) };
const latin = { ticker: "035420", name: "NAVER", ...latinName("NAVER", null) };

const KO: NameStyle = { locale: "ko", isCodeFirst: false, text: ko };
const EN: NameStyle = { locale: "en", isCodeFirst: false, text: en };

it("[UI71] in Korean the Korean name, with the English one in its title", ({ expect }) => {
  expect(shownName(given, KO)).toEqual({
    name: "삼성전자",
    code: ticker,
    title: "삼성전자 (Samsung Electronics)",
  });
  expect(shownName(made, KO)).toEqual({ name: "삼성전자", code: ticker, title: "삼성전자" });
  expect(shownName(latin, KO)).toEqual({ name: "NAVER", code: "035420", title: "NAVER" });
});

it("[UI71] in English the English name, or a romanised one that its title calls so", ({ expect }) => {
  expect(shownName(given, EN)).toEqual({
    name: "Samsung Electronics",
    code: ticker,
    title: "Samsung Electronics (삼성전자)",
  });
  const { name, title } = shownName(made, EN);
  expect(name).toBe("Samseongjeonja");
  expect(title).toMatch(/Samseongjeonja.*romanised.*삼성전자/);
  expect(shownName(latin, EN)).toEqual({ name: "NAVER", code: "035420", title: "NAVER" });
  // Of an earlier server, and of a signal whose name has not arrived.
  expect(shownName({ ticker, name: "삼성전자" }, EN)).toEqual({
    name: "삼성전자",
    code: ticker,
    title: "삼성전자",
  });
  expect(shownName({ ticker, name: ticker }, EN).name).toBe("005930");
});

it("[UI225] with the code first it stands in the name and not beside it, in both languages", ({ expect }) => {
  expect(shownName(given, { ...KO, isCodeFirst: true })).toEqual({
    name: "005930 삼성전자",
    code: "",
    title: "삼성전자 (Samsung Electronics)",
  });
  expect(shownName(made, { ...EN, isCodeFirst: true })).toMatchObject({
    name: "005930 Samseongjeonja",
    code: "",
  });
});

it("[UI225] a code in the place of a name that is not known is shown once", ({ expect }) => {
  for (const style of [KO, EN, { ...KO, isCodeFirst: true }]) {
    expect(shownName({ ticker, name: ticker }, style)).toMatchObject({ name: ticker, code: "" });
  }
});
