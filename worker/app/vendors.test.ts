import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { SOURCE_IDS } from "./ports/market-sources.ts";
import { VENDOR_SECRETS, VENDORS } from "./vendors.ts";

const ROOT = join(import.meta.dirname, "..");
const GUIDE = readFileSync(join(ROOT, "adapters", "GUIDE.md"), "utf8");
const NAMES = { krx: "KRX Open API", kis: "KIS", kiwoom: "Kiwoom" } as const;

/** The rows of the table under a heading, as far as the next one. */
function rowsUnder(heading: string): readonly string[] {
  const [, section = ""] = GUIDE.split(`## ${heading}\n`);
  return (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| "));
}

describe("what is known of the vendors", () => {
  it.for(SOURCE_IDS)("[UP8] is in the owner's guide as in the table: %s", (id, { expect }) => {
    const { secrets, callsPerDay } = VENDORS[id];
    const row = rowsUnder("Which key brings what").find((line) => line.includes(secrets[0] ?? id)) ?? "";
    expect([...(row.split("|").at(-2) ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(secrets);
    expect(row).toContain(NAMES[id]);
    expect(
      rowsUnder("What their terms allow").filter((line) => line.startsWith(`| ${NAMES[id]}`)).length,
    ).toBe(1);
    expect(callsPerDay === null || GUIDE.includes(`${callsPerDay.toLocaleString("en")} calls a day`)).toBe(
      true,
    );
  });

  it("[UP8] names each secret once, and no other file has a list of them", ({ expect }) => {
    const all = SOURCE_IDS.flatMap((id) => VENDORS[id].secrets);
    expect(all.toSorted()).toEqual([...VENDOR_SECRETS].toSorted());
    const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter(
      (path) => path.endsWith(".ts") && !/\.test\.ts$|^testing\/|^bench\/|contract\.ts$/.test(path),
    );
    const lists = files.filter((path) => {
      const text = readFileSync(join(ROOT, path), "utf8");
      return VENDOR_SECRETS.every((name) => text.includes(`"${name}"`));
    });
    expect(lists).toEqual(["app/vendors.ts"]);
  });
});
