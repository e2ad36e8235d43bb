import { describe, it } from "vitest";
import { needsLogin, parseReaderRule } from "./reader-rule.ts";

describe("READERS", () => {
  it("[RD2] is `owner` unless it is `public`, and nothing else is understood", ({ expect }) => {
    expect([undefined, "", " ", "owner", " public "].map(parseReaderRule)).toEqual([
      "owner",
      "owner",
      "owner",
      "owner",
      "public",
    ]);
    for (const text of ["Public", "PUBLIC", "pubic", "true", "public,owner", "*"]) {
      expect([text, parseReaderRule(text)]).toEqual([text, null]);
    }
    expect([needsLogin("owner", "KRX"), needsLogin("owner", "DEMO"), needsLogin("public", "KRX")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
