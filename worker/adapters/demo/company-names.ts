/**
 * Names of companies that do not exist. Each begins with three invented syllables, so that none can be taken for a
 * listed company's; the rest names the industry, as Korean names do.
 */
import { assert } from "../../core/assert.ts";
import { type DemoName, INDUSTRIES } from "./industries.ts";

const FIRST: readonly DemoName[] = [
  ["누", "Nu"],
  ["루", "Ru"],
  ["솔", "Sol"],
  ["해", "Hae"],
  ["별", "Byeol"],
  ["새", "Sae"],
  ["라", "Ra"],
  ["온", "On"],
  ["늘", "Neul"],
  ["달", "Dal"],
  ["벼", "Byeo"],
  ["채", "Chae"],
  ["터", "Teo"],
  ["윤", "Yun"],
  ["둘", "Dul"],
  ["샘", "Saem"],
];
const SECOND: readonly DemoName[] = [
  ["늘", "neul"],
  ["람", "ram"],
  ["솜", "som"],
  ["름", "reum"],
  ["벼", "byeo"],
  ["찬", "chan"],
  ["울", "ul"],
  ["결", "gyeol"],
  ["담", "dam"],
  ["눔", "num"],
  ["린", "rin"],
  ["빛", "bit"],
  ["품", "pum"],
  ["랑", "rang"],
  ["솔", "sol"],
  ["든", "deun"],
];
const THIRD: readonly DemoName[] = [
  ["누", "nu"],
  ["로", "ro"],
  ["미", "mi"],
  ["비", "bi"],
  ["오", "o"],
  ["네", "ne"],
  ["루", "ru"],
  ["혜", "hye"],
  ["노", "no"],
  ["모", "mo"],
  ["나", "na"],
  ["두", "du"],
  ["보", "bo"],
];

/** How many different names there are before an industry is added. */
export const STEM_COUNT: number = FIRST.length * SECOND.length * THIRD.length;

/** A multiplier without a common factor with {@link STEM_COUNT}: neighbours in the list get unlike names. */
const STRIDE = 1_187;

function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  assert(item !== undefined, "A list of names has no gaps");
  return item;
}

/** The two parts of a name, which only English writes apart. */
export function joinNames([ko, en]: DemoName, [koEnd, enEnd]: DemoName): DemoName {
  return [`${ko}${koEnd}`, `${en} ${enEnd}`];
}

/** Stem number `index`, all different on [0, STEM_COUNT). */
export function stemOf(index: number): DemoName {
  const place = (index * STRIDE + 611) % STEM_COUNT;
  const first = place % FIRST.length;
  const second = Math.floor(place / FIRST.length) % SECOND.length;
  const third = Math.floor(place / (FIRST.length * SECOND.length));
  const parts = [at(FIRST, first), at(SECOND, second), at(THIRD, third)];
  return [parts.map(([ko]) => ko).join(""), parts.map(([, en]) => en).join("")];
}

/** The name of the company with stem `index` in the industry. */
export function companyName(index: number, industry: number, chance: number): DemoName {
  const suffixes = INDUSTRIES[industry]?.suffixes ?? [];
  return joinNames(stemOf(index), at(suffixes, Math.floor(chance * suffixes.length)));
}
