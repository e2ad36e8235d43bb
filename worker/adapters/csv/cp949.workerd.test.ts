import { it } from "vitest";
import { encodeCp949 } from "../../testing/builders/cp949.ts";

it("[FR1] CP949 is what the platform of the Worker reads, syllable by syllable", ({ expect }) => {
  const all = Array.from({ length: 11_172 }, (_, i) => String.fromCharCode(0xac00 + i)).join("");
  expect(new TextDecoder("euc-kr", { fatal: true, ignoreBOM: false }).decode(encodeCp949(all))).toBe(all);
});
