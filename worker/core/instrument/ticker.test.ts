import * as fc from "fast-check";
import { describe, it } from "vitest";
import { exchangeOf } from "./exchange-profile.ts";
import { parseTicker } from "./ticker.ts";

describe("a ticker", () => {
  it.for(["005930", "000660", "0001A0", "00104K", "37550Z", "950210"])(
    "[TK1] KRX: %s",
    (text, { expect }) => {
      expect(parseTicker("KRX", text)).toBe(text);
      expect(parseTicker("DEMO", text)).toBeNull();
      expect(exchangeOf(text)).toBe("KRX");
    },
  );

  it.for(["D00001", "D99999"])("[TK1] demo: %s", (text, { expect }) => {
    expect(parseTicker("DEMO", text)).toBe(text);
    expect(parseTicker("KRX", text)).toBeNull();
    expect(exchangeOf(text)).toBe("DEMO");
  });

  it.for([
    "",
    "5930",
    "0059300",
    "A05930",
    "00I000",
    "00O000",
    "00U000",
    "D0000A",
    "D1",
    "00593 ",
    "００5930",
  ])("[TK1] neither: %j", (text, { expect }) => {
    expect(parseTicker("KRX", text)).toBeNull();
    expect(parseTicker("DEMO", text)).toBeNull();
    expect(exchangeOf(text)).toBeNull();
  });

  it("[TK1] raises lower case and keeps leading zeros", ({ expect }) => {
    expect(parseTicker("KRX", "00104k")).toBe("00104K");
    expect(parseTicker("DEMO", "d00007")).toBe("D00007");
    expect(parseTicker("KRX", "000020")).toBe("000020");
  });

  it("[TK1] no text belongs to both exchanges", ({ expect }) => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from("0123456789ABDIKOUZdk-")),
      minLength: 5,
      maxLength: 7,
    });
    fc.assert(
      fc.property(text, (candidate) => {
        const krx = parseTicker("KRX", candidate);
        const demo = parseTicker("DEMO", candidate);
        expect(krx === null || demo === null).toBe(true);
        const parsed = krx ?? demo;
        expect(parsed === null ? null : exchangeOf(parsed)).toBe(
          krx !== null ? "KRX" : demo !== null ? "DEMO" : null,
        );
      }),
      { seed: 12, numRuns: 3_000 },
    );
  });
});
