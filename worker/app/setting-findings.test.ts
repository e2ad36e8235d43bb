import { describe, it } from "vitest";
import type { SourceState } from "./ports/market-status.ts";
import type { ReaderRule } from "./reader-rule.ts";
import { settingFindings } from "./setting-findings.ts";

const NOW = Date.parse("2026-11-30T08:40:00+09:00");
const HOUR_MS = 3_600_000;

const KRX: SourceState = {
  id: "krx",
  isNamed: true,
  missing: [],
  denials: [],
  servedAt: null,
  callsToday: 7,
  callsPerDay: 10_000,
  token: null,
};
const KIS: SourceState = {
  ...KRX,
  id: "kis",
  callsPerDay: null,
  token: { issuedAt: NOW - 3 * HOUR_MS, until: NOW + 21 * HOUR_MS },
};

const seen = (states: readonly SourceState[], rule: ReaderRule = "owner"): readonly string[] =>
  settingFindings(states, rule, NOW).map(({ mark, source, about }) => `${mark} ${source ?? "-"} ${about}`);

describe("how the sources are set up", () => {
  it("[DK15] is sound with both keys, and states calls, token and readers", ({ expect }) => {
    expect(seen([KRX, KIS])).toEqual(["ok krx calls", "ok kis calls", "ok kis token", "ok - readers"]);
    const texts = settingFindings([KRX, KIS], "owner", NOW).map(({ what }) => what);
    expect(texts).toContain("7 of 10000 today, 9993 left.");
    expect(texts).toContain("Issued 3.0 h ago, good for 21.0 h more.");
  });

  it.for<[string, readonly SourceState[], readonly string[]]>([
    [
      "no key of KIS",
      [{ ...KIS, missing: ["KIS_APP_KEY", "KIS_APP_SECRET"], token: null }],
      ["warning kis key"],
    ],
    ["half a key of KIS", [{ ...KIS, missing: ["KIS_APP_SECRET"] }], ["fault kis key"]],
    [
      "half a key that is not named",
      [{ ...KIS, isNamed: false, missing: ["KIS_APP_KEY"] }],
      ["fault kis key"],
    ],
    ["a key that is not named", [{ ...KRX, isNamed: false }], ["warning krx key"]],
    ["neither key nor name", [{ ...KRX, isNamed: false, missing: ["KRX_AUTH_KEY"] }], []],
    ["few calls left", [{ ...KRX, callsToday: 8_401 }], ["warning krx calls", "ok - readers"]],
    ["no call left", [{ ...KRX, callsToday: 10_001 }], ["fault krx calls", "ok - readers"]],
  ])("[DK15] %s", ([, states, expected], { expect }) => {
    expect(seen(states)).toEqual(expected);
    for (const { mark, remedy } of settingFindings(states, "owner", NOW)) {
      expect(remedy !== null).toBe(mark !== "ok");
    }
  });

  it("[DK15] real quotes for everyone are a warning with the terms of the vendors that are asked", ({
    expect,
  }) => {
    expect(seen([KRX, { ...KIS, missing: ["KIS_APP_KEY", "KIS_APP_SECRET"] }], "public").at(-1)).toBe(
      "warning - readers",
    );
    const both = settingFindings([KRX, KIS], "public", NOW).at(-1);
    expect(both?.what).toMatch(/no passing on of the data; the terms of KIS Developers/);
    expect(seen([], "public")).toEqual([]);
  });

  it("[DK18] sessions that are to be judged while they run, without a vendor that quotes every share, are a warning", ({
    expect,
  }) => {
    const found = (states: readonly SourceState[], minutes: number): readonly string[] =>
      settingFindings(states, "owner", NOW, minutes * 60_000).flatMap(({ about, what, remedy }) =>
        about === "intraday" ? [`${what} ${remedy}`] : [],
      );
    expect([found([KRX, KIS], 10), found([KRX], 0)]).toEqual([[], []]);
    const isNamed = { ...KIS, missing: ["KIS_APP_KEY", "KIS_APP_SECRET"], token: null };
    for (const states of [[], [KRX], [KRX, isNamed], [KRX, { ...KIS, isNamed: false }]]) {
      expect(found(states, 10)).toEqual([
        expect.stringMatching(/INTRADAY_MINUTES is 10.*KIS_APP_KEY.*INTRADAY_MINUTES = "0"/),
      ]);
    }
  });
});
