/** UI70: what readers type, and what they mean by it. */
import { beforeAll, describe, it } from "vitest";
import { makeDemo } from "../../../worker/adapters/demo/demo-market.ts";
import { encodeName, type ListedName } from "../../../worker/protocol/rest/names.ts";
import { findNames } from "./find-names.ts";
import { joined, type SearchedName, searchedNames } from "./searched-name.ts";

const KRX: readonly (readonly [ticker: string, name: string, nameEn: string | null])[] = [
  ["005930", "삼성전자", "SamsungElectronics"],
  ["005935", "삼성전자우", "Samsung Electronics (1P)"],
  ["009150", "삼성전기", "Samsung Electro-Mechanics"],
  ["207940", "삼성바이오로직스", "SAMSUNG BIOLOGICS"],
  ["000660", "SK하이닉스", "SK hynix"],
  ["035420", "NAVER", null],
  ["009540", "HD한국조선해양", "HD Korea Shipbuilding & Offshore Engineering"],
  ["383220", "F&F", null],
  ["036570", "엔씨소프트", null],
  ["185750", "종근당", null],
  ["000080", "하이트진로", null],
  ["082740", "한화엔진", null],
  ["0013A0", "가상에너지", null],
];

const listed: readonly ListedName[] = KRX.map(([ticker, name, name_en]) => ({
  ticker,
  name,
  name_en,
  market: "KOSPI",
}));

const noPause = (): Promise<void> => Promise.resolve();

describe("the search", () => {
  let names: readonly SearchedName[] = [];
  let demo: readonly SearchedName[] = [];
  beforeAll(async () => {
    names = await searchedNames(listed, noPause);
    demo = await searchedNames(makeDemo(1).instruments.map(encodeName), noPause);
  });
  const find = (typed: string): readonly string[] => findNames(names, typed, 8).map(({ ticker }) => ticker);

  it.for([
    ["삼성", "005930"],
    ["ㅅㅅㅈㅈ", "005930"],
    ["samsung", "005930"],
    ["005930", "005930"],
    ["tkatjd", "005930"],
    ["TKATJD", "005930"],
    ["ttww", "005930"],
    ["SAMSUNG ELEC", "005930"],
    ["samsung electronics", "005930"],
    ["ㄴ므녀ㅜㅎ", "005930"],
    ["samseongj", "005930"],
    // While it is typed, and after the keyboard has joined two consonants.
    ["삼ㅅ", "005930"],
    ["삼성저", "005930"],
    ["삼성ㅈㅈ", "005930"],
    ["ㄳ", "0013A0"],
    ["삼성전자".normalize("NFD"), "005930"],
    [" 삼성 전자 ", "005930"],
    ["biologics", "207940"],
    ["하이닉스", "000660"],
    ["skㅎㅇ", "000660"],
    ["hynix", "000660"],
    ["offshore", "009540"],
    ["shipbuilding & off", "009540"],
    ["naver", "035420"],
    ["f&f", "383220"],
    ["ㅜㅁㅍㄷㄱ", "035420"],
    ["jonggeun", "185750"],
    ["whdrmsekd", "185750"],
    ["0013a0", "0013A0"],
    ["5930", "005930"],
  ] as const)("[UI70] %j means %s", ([typed, ticker], { expect }) => {
    expect(find(typed)[0]).toBe(ticker);
  });

  it.for(["", "  ", "&", "없는회사", "zzzz", "ㅋㅋㅋㅋ", "삼성전자전자", "\u0000"])(
    "[UI70] %j means nothing",
    (typed, { expect }) => {
      expect(find(typed)).toEqual([]);
    },
  );

  it("[UI70] the code first, then what begins the name, its initials, an English word, a romanised one", ({
    expect,
  }) => {
    expect(find("삼성전")).toEqual(["005930", "009150", "005935"]);
    expect(find("samsung")).toEqual(["005930", "009150", "005935", "207940"]);
    // 하이트진로 begins with them, 한화엔진 and the others have them inside.
    expect(find("ㅎㅇ")).toEqual(["000080", "082740", "000660", "009540"]);
    expect(find("hd")[0]).toBe("009540");
    expect(findNames(names, "삼성", 2)).toHaveLength(2);
  });

  it("[UI70] ranks by how a name is met, and the meaning of the other layout last", async ({ expect }) => {
    const ranked = await searchedNames(
      [
        ["100000", "라바코", "Lab One"],
        ["200000", "라비", null],
        ["300000", "무엇", "Great Lab"],
        ["400000", "이라바라", null],
        ["500000", "Lab", null],
        ["600000", "LAB바이오", null],
        ["700000", "ㅣㅁㅠ", null],
      ].map(([ticker, name, name_en]) => ({
        ticker: ticker ?? "",
        name: name ?? "",
        name_en: name_en ?? null,
        market: "KOSDAQ" as const,
      })),
      noPause,
    );
    // The whole name, its beginning, an English word, one that is romanised; "lab" on the Korean layout is ㅣㅁㅠ.
    expect(findNames(ranked, "lab", 9).map(({ ticker }) => ticker)).toEqual([
      "500000",
      "600000",
      "100000",
      "300000",
      "700000",
    ]);
    expect(findNames(ranked, "rab", 9).map(({ ticker }) => ticker)).toEqual(["200000", "100000", "400000"]);
  });

  it("[UI70] of every company of the demo by its names, its code and its initials", ({ expect }) => {
    const lost: string[] = [];
    for (const { listed: one, initials } of demo.filter((_, k) => k % 9 === 0)) {
      for (const typed of [one.ticker, one.name, one.name_en ?? ""]) {
        if (findNames(demo, typed, 8)[0]?.ticker !== one.ticker) {
          lost.push(typed);
        }
      }
      // Initials are shared by many.
      const same = demo.filter((other) => other.initials.startsWith(initials)).length;
      if (!findNames(demo, initials, same).some(({ ticker }) => ticker === one.ticker)) {
        lost.push(initials);
      }
    }
    expect(lost).toEqual([]);
  });

  it("[UI70] takes apart what is shown together, and lets the page go on in between", async ({ expect }) => {
    expect(joined(" F&F (우) ")).toBe("ff우");
    let pauses = 0;
    const made = await searchedNames(
      Array.from({ length: 1_000 }, (_, k) => ({
        ticker: `D${k}`,
        name: "가",
        name_en: null,
        market: "KOSPI" as const,
      })),
      () => {
        pauses += 1;
        return Promise.resolve();
      },
    );
    expect([made.length, pauses]).toEqual([1_000, 8]);
  });
});
