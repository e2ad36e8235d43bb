/**
 * Names of companies that do not exist. Each begins with three invented syllables, so that none can be taken for a
 * listed company's; the rest names the industry, as Korean names do.
 */
import { assert } from "../../core/assert.ts";
import { INDUSTRIES } from "./industries.ts";

const FIRST = [
  "누",
  "루",
  "솔",
  "해",
  "별",
  "새",
  "라",
  "온",
  "늘",
  "달",
  "벼",
  "채",
  "터",
  "윤",
  "둘",
  "샘",
];
const SECOND = [
  "늘",
  "람",
  "솜",
  "름",
  "벼",
  "찬",
  "울",
  "결",
  "담",
  "눔",
  "린",
  "빛",
  "품",
  "랑",
  "솔",
  "든",
];
const THIRD = ["누", "로", "미", "비", "오", "네", "루", "혜", "노", "모", "나", "두", "보"];

/** How many different names there are before an industry is added. */
export const STEM_COUNT: number = FIRST.length * SECOND.length * THIRD.length;

/** A multiplier without a common factor with {@link STEM_COUNT}: neighbours in the list get unlike names. */
const STRIDE = 1_187;

function at(list: readonly string[], index: number): string {
  const item = list[index % list.length];
  assert(item !== undefined, "A list of names has no gaps");
  return item;
}

/** Stem number `index`, all different on [0, STEM_COUNT). */
export function stemOf(index: number): string {
  const place = (index * STRIDE + 611) % STEM_COUNT;
  const first = place % FIRST.length;
  const second = Math.floor(place / FIRST.length) % SECOND.length;
  return (
    at(FIRST, first) + at(SECOND, second) + at(THIRD, Math.floor(place / (FIRST.length * SECOND.length)))
  );
}

/** The name of the company with stem `index` in the industry. */
export function companyName(index: number, industry: number, chance: number): string {
  const suffixes = INDUSTRIES[industry]?.suffixes ?? [];
  return stemOf(index) + at(suffixes, Math.floor(chance * suffixes.length));
}
