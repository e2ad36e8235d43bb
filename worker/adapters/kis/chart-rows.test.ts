import { describe, it } from "vitest";
import { seoul } from "../../testing/stage/kis-stage.ts";
import { datedRows, readSharePart } from "./chart-rows.ts";

const LINE = {
  stck_bsop_date: "20260902",
  stck_oprc: "1000",
  stck_hgpr: "1100",
  stck_lwpr: "990",
  stck_clpr: "1050",
  acml_vol: "5000",
  acml_tr_pbmn: "5200000",
  prdy_vrss: "50",
  prdy_vrss_sign: "2",
  flng_cls_code: "00",
  prtt_rate: "0.00",
};

/** Base prices of a chart with these lines, oldest first. */
function basesOf(output2: readonly object[]): readonly (number | null)[] {
  const rows = readSharePart({ output1: {}, output2 })?.rows ?? [];
  return datedRows(rows.toReversed(), seoul("2026-10-02T12:00:00")).map(({ row }) => row.base);
}

describe("the rows of a chart", () => {
  it("[KI6a] the base price is the close less its change, whichever way the sign is written", ({
    expect,
  }) => {
    for (const [change, sign, base] of [
      ["50", "2", 1_000],
      ["-50", "5", 1_100],
      ["50", "5", 1_100],
      ["0", "3", 1_050],
      ["50", "", 1_000],
      ["-50", "2", null],
      ["", "2", null],
      ["1050", "2", null],
    ] as const) {
      expect(basesOf([{ ...LINE, prdy_vrss: change, prdy_vrss_sign: sign }])).toEqual([base]);
    }
  });

  it("[KI6a] on a marked day a change that is the difference of two closes counts from no base price", ({
    expect,
  }) => {
    const before = {
      ...LINE,
      stck_bsop_date: "20260901",
      stck_oprc: "2000",
      stck_hgpr: "2100",
      stck_clpr: "2100",
    };
    const marked = { ...LINE, flng_cls_code: "01" };
    const plain = { ...marked, prdy_vrss: "-1050", prdy_vrss_sign: "5" };
    expect(basesOf([marked, before])).toEqual([2_050, 1_000]);
    expect(basesOf([plain, before])).toEqual([2_050, null]);
    expect(basesOf([{ ...plain, flng_cls_code: "00", prtt_rate: "2.00" }, before])).toEqual([2_050, null]);
    expect(basesOf([marked])).toEqual([null]);
  });
});
