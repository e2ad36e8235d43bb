import { it } from "vitest";
import { encodeCp949 } from "../../testing/builders/cp949.ts";
import { Cp949Decoder } from "./cp949.ts";

/** Every syllable, in the order of Unicode. */
const ALL = Array.from({ length: 11_172 }, (_, i) => String.fromCharCode(0xac00 + i)).join("");

it("[FR1] CP949 holds every syllable, also those that the platform's decoder does not know", ({ expect }) => {
  const bytes = encodeCp949(ALL);
  expect(bytes.length).toBe(2 * ALL.length);
  expect(new Cp949Decoder().decode(bytes, { stream: false })).toBe(ALL);
  // Both ends of the added pairs, from the published table of the code page.
  expect(Array.from(encodeCp949("갂힣똠뷁"))).toEqual([0x81, 0x41, 0xc6, 0x52, 0x8c, 0x63, 0x94, 0xee]);
});

it("[FR1] CP949 is the same text wherever its bytes are cut", ({ expect }) => {
  const text = "종목코드,종목명\r\n005930,똠방각하 A\n";
  const bytes = encodeCp949(text);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const decoder = new Cp949Decoder();
    const parts = [
      decoder.decode(bytes.subarray(0, cut), { stream: true }),
      decoder.decode(bytes.subarray(cut), { stream: true }),
      decoder.decode(new Uint8Array(), { stream: false }),
    ];
    expect(parts.join("")).toBe(text);
  }
});

it("[FR1] CP949 that ends within a character, or has a pair that no character has, is none", ({ expect }) => {
  for (const bytes of [
    [0x41, 0xb8],
    [0xff, 0x41],
    [0xc6, 0x53],
    [0x81, 0x30],
  ]) {
    expect(() => new Cp949Decoder().decode(Uint8Array.from(bytes), { stream: false })).toThrow(TypeError);
  }
});
