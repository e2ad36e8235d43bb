import { it } from "vitest";
import type { ListedName } from "../../../worker/protocol/rest/names.ts";
import { makeNameMap, type NameMap } from "../names/name-map.ts";
import { searchedNames } from "../names/searched-name.ts";
import { previewPaste } from "./judge-paste.ts";

/** What the device holds before. */
const NOTHING = { has: () => false, count: 0, noteOf: () => "", notes: 0 };

it("[UI213] the work of a preview grows with its lines, and with nothing of the market", async ({
  expect,
}) => {
  let reads = 0;
  const counted = (one: ListedName): ListedName =>
    new Proxy(one, {
      get: (target, key) => {
        reads += 1;
        return Reflect.get(target, key);
      },
    });
  const namesOf = async (count: number): Promise<NameMap> => {
    const all = Array.from({ length: count }, (_, i) =>
      counted({
        ticker: String(200_000 + i),
        name: `회사${i}가나`,
        name_en: `Company ${i} Ltd`,
        market: "KOSPI",
      }),
    );
    const map = makeNameMap("KRX", await searchedNames(all, async () => undefined));
    const look = <T>(found: T): T => {
      reads += 1;
      return found;
    };
    return {
      exchange: map.exchange,
      code: (ticker) => look(map.code(ticker)),
      exact: (name) => look(map.exact(name)),
      beginning: (name) => look(map.beginning(name)),
    };
  };
  const names = await namesOf(2_700);
  const textOf = (lines: number): string =>
    Array.from(
      { length: lines },
      (_, i) =>
        [
          `회사${i % 2_700}가나`,
          `KRX:${200_000 + (i % 2_700)}`,
          `company ${i % 2_700} ltd`,
          `없는회사${i}`,
          `회사${i}`,
        ][i % 5],
    ).join("\n");
  const [few, many] = [textOf(500), textOf(5_000)];
  // What is looked up, and what is read of the stocks found: the same on every machine, where seconds are not.
  const workOf = (text: string, map: NameMap): number => {
    reads = 0;
    previewPaste(text, map, NOTHING);
    return reads;
  };
  expect(previewPaste(few, names, NOTHING).rows.filter(({ kind }) => kind === "unknown")).toHaveLength(100);
  const work = workOf(few, names);
  expect(work).toBeGreaterThanOrEqual(500);
  expect(workOf(many, names) / work).toBeLessThanOrEqual(10.5);
  // A name that is the beginning of others offers some of them, of which a larger market has more: without those lines.
  const clear = few
    .split("\n")
    .filter((_, i) => i % 5 !== 4)
    .join("\n");
  expect(workOf(clear, await namesOf(5_400))).toBe(workOf(clear, names));
});
