import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, it } from "vitest";
import { findVendorNames } from "./vendor-names.ts";

/** The parts of a vendor's name, joined here so that this file holds none. */
const wire = (parts: string, by = "_"): string => parts.replaceAll(" ", by);

const KRX = ["ISU CD", "ISU SRT CD", "TDD CLSPRC", "ACC TRDVOL", "BAS DD", "MKT NM", "LIST SHRS", "IDX NM"];
const KIS = ["stck prpr", "stck clpr", "acml vol", "prdy vrss", "mksc shrn iscd", "inter2 sdpr", "tr id"];
const KIWOOM = ["stk cd", "cur prc", "trde qty", "flu rt", "pred pre", "open pric"];

const namesIn = (source: string, file = "worker/market/feed/feed.ts"): readonly string[] =>
  findVendorNames(file, source).map(({ name }) => name);

/** Runs check.ts over a tree of these files. */
function run(files: Readonly<Record<string, string>>): { status: number | null; stderr: string } {
  const root = mkdtempSync(join(tmpdir(), "vcp-vendor-"));
  try {
    for (const [file, source] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), source);
    }
    const script = join(import.meta.dirname, "check.ts");
    const { status, stderr } = spawnSync(process.execPath, [script, root], { encoding: "utf8" });
    return { status, stderr };
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe("a vendor's field name", () => {
  it.for([...KRX, ...KIS, ...KIWOOM])(
    "[SP10] %s is recognised as key, property and string",
    (parts, { expect }) => {
      const name = wire(parts);
      expect(namesIn(`const a = { ${name}: row.${name} };\nread("${name}"); // ${name}`)).toEqual(
        Array(4).fill(name),
      );
    },
  );

  it("[SP10] of one part is recognised by its form", ({ expect }) => {
    expect(
      namesIn(["bid p1", "ask p10", "Out Block"].map((parts) => `row.${wire(parts, "")}`).join(" - ")),
    ).toHaveLength(3);
  });

  it("[SP10] is none of the project's own names", ({ expect }) => {
    const own =
      "MAX_SNAPSHOT base_price bid_price listed_shares market_gate_update change_pct rs_raw tick_ms as_of";
    expect(namesIn(`${own} EL3_price term_contraction_ratio stock bidPrice stck 1_000_000`)).toEqual([]);
  });

  it("[SP10] may stand in the adapters and in their fakes, and nowhere else", ({ expect }) => {
    const source = `export const name = "${wire("ISU CD")}";`;
    const at = (file: string): number => namesIn(source, file).length;
    expect([at("worker/adapters/krx/bars.ts"), at("worker/testing/vendors/krx.ts")]).toEqual([0, 0]);
    expect([
      at("worker/core/bars/bar.ts"),
      at("worker/market/feed/feed.ts"),
      at("web/store/feed.ts"),
    ]).toEqual([1, 1, 1]);
  });

  it("[SP10] outside breaks the build, named by file and line", ({ expect }) => {
    const source = `\nexport const price = (row) => row.${wire("stck prpr")};\n`;
    const { status, stderr } = run({
      "worker/market/feed/kis.ts": source,
      "worker/adapters/kis/quote.ts": source,
      "web/view/part/price.tsx": source,
    });
    expect([status, stderr.split("\n")]).toEqual([
      1,
      [
        `web/view/part/price.tsx:2 ${wire("stck prpr")} is a vendor's field: it belongs below worker/adapters`,
        `worker/market/feed/kis.ts:2 ${wire("stck prpr")} is a vendor's field: it belongs below worker/adapters`,
        "2 violations",
        "",
      ],
    ]);
  });
});
