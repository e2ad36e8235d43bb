import { describe, it } from "vitest";
import { rowAt } from "../../core/bars/columns.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { readMaster } from "./krx-master.ts";
import { readBars, readIndex } from "./krx-rows.ts";

const DAY = dayOf("2026-09-14");

const BAR = {
  BAS_DD: "20260914",
  ISU_CD: "005930",
  ISU_NM: "가상전자",
  TDD_CLSPRC: "71,000",
  CMPPREVDD_PRC: "-1,200",
  TDD_OPNPRC: "72,100",
  TDD_HGPRC: "72,500",
  TDD_LWPRC: "70,800",
  ACC_TRDVOL: "12,345,678",
  ACC_TRDVAL: "880,000,000,000",
  LIST_SHRS: "5,969,782,550",
};

/** A hundred sound rows and these. */
function among(...rows: readonly Readonly<Record<string, string>>[]): readonly Record<string, string>[] {
  const sound = Array.from({ length: 100 }, (_, n) => ({
    ...BAR,
    ISU_CD: `1${String(n).padStart(4, "0")}0`,
  }));
  return [...sound, ...rows];
}

describe("rows of a session", () => {
  it("[KX3] numbers come with commas and signs; what is empty is absent and never 0", ({ expect }) => {
    const [row] = readBars([{ ...BAR, ACC_TRDVAL: "", LIST_SHRS: "-" }], DAY, new MemoryLog());
    expect(row?.columns.value).toBeNull();
    expect(row && rowAt(row.columns, 0)).toEqual({
      day: DAY,
      open: 72_100,
      high: 72_500,
      low: 70_800,
      close: 71_000,
      volume: 12_345_678,
      value: null,
      shares: null,
      base: 72_200,
    });
  });

  it.for([
    ["no close", { TDD_CLSPRC: "" }],
    ["a close that is no number", { TDD_CLSPRC: "71.000.5" }],
    ["a low above its body", { TDD_LWPRC: "72,400" }],
    ["a code of no exchange", { ISU_CD: "KR7005930003" }],
  ] as const)(
    "[KX3] a row with %s is left out and counted in one line of the log",
    ([, fault], { expect }) => {
      const log = new MemoryLog();
      expect(readBars(among({ ...BAR, ...fault }), DAY, log).length).toBe(100);
      expect(log.lines).toMatchObject([{ event: "krx_rows_left_out", fields: { rows: 1 } }]);
    },
  );

  it("[KX3] more than one in a hundred such rows refuse the day", ({ expect }) => {
    const bad = { ...BAR, TDD_CLSPRC: "" };
    expect(() => readBars(among(bad, { ...bad, ISU_CD: "000660" }), DAY, new MemoryLog())).toThrow(
      /2 of 102 rows/,
    );
  });

  it("[KX3] a ticker that stands twice refuses the day", ({ expect }) => {
    expect(() => readBars([BAR, BAR], DAY, new MemoryLog())).toThrow(/005930 stands twice/);
  });

  it("[KX3] a share that did not trade keeps its close, whatever else its row has", ({ expect }) => {
    const halted = {
      ...BAR,
      TDD_OPNPRC: "71,000",
      TDD_HGPRC: "71,000",
      TDD_LWPRC: "71,000",
      ACC_TRDVOL: "0",
    };
    const [row] = readBars([{ ...halted, CMPPREVDD_PRC: "0" }], DAY, new MemoryLog());
    expect(row && rowAt(row.columns, 0)).toMatchObject({
      open: 0,
      high: 0,
      low: 0,
      volume: 0,
      close: 71_000,
    });
  });

  it("[KX4] the base price is the close less the change, and unknown without one", ({ expect }) => {
    const base = (change: string, close = "5,440"): number | null | undefined => {
      const cells = {
        ...BAR,
        TDD_CLSPRC: close,
        CMPPREVDD_PRC: change,
        TDD_OPNPRC: "5,440",
        TDD_HGPRC: "5,440",
      };
      const [row] = readBars([{ ...cells, TDD_LWPRC: "5,440" }], DAY, new MemoryLog());
      return row && rowAt(row.columns, 0).base;
    };
    expect([base("0"), base("440"), base(""), base("9,000")]).toEqual([5_440, 5_000, null, null]);
  });
});

describe("an index", () => {
  const INDEX = {
    BAS_DD: "20260914",
    IDX_NM: "코스피",
    CLSPRC_IDX: "2,500.12",
    CMPPREVDD_IDX: "-3.21",
    OPNPRC_IDX: "2510.00",
    HGPRC_IDX: "2512.34",
    LWPRC_IDX: "2498.00",
    ACC_TRDVOL: "400,000",
    ACC_TRDVAL: "9,000,000",
  };
  const FOREIGN = { ...INDEX, IDX_NM: "코스피 (외국주포함)", CLSPRC_IDX: "", OPNPRC_IDX: "" };

  it("[KX5] it is found by its exact name among those that begin so", ({ expect }) => {
    const { code, columns } = readIndex([FOREIGN, { ...INDEX, IDX_NM: "코스피 200" }, INDEX], DAY, "KOSPI");
    expect([code, rowAt(columns, 0)]).toEqual([
      "KOSPI",
      expect.objectContaining({ close: 2_500.12, base: 2_503.33, high: 2_512.34, volume: 400_000 }),
    ]);
  });

  it.for([
    ["without its name", [FOREIGN]],
    ["without a price", [{ ...INDEX, HGPRC_IDX: "" }]],
    ["with a price of 0", [{ ...INDEX, LWPRC_IDX: "0.00" }]],
    ["of another day", [{ ...INDEX, BAS_DD: "20260911" }]],
  ] as const)("[KX5] an index %s is a failure", ([, rows], { expect }) => {
    expect(() => readIndex(rows, DAY, "KOSPI")).toThrow(/^KRX failed/);
  });
});

describe("lines of the master", () => {
  const LINE = {
    ISU_CD: "KR7005930003",
    ISU_SRT_CD: "005930",
    ISU_NM: "가상전자보통주",
    ISU_ABBRV: "가상전자",
    ISU_ENG_NM: "GASANG ELECTRONICS",
    LIST_DD: "19750611",
    SECUGRP_NM: "주권",
    SECT_TP_NM: "",
    KIND_STKCERT_TP_NM: "보통주",
    LIST_SHRS: "5,969,782,550",
  };
  const line = (cells: object, market: "KOSPI" | "KOSDAQ" = "KOSDAQ") =>
    readMaster([{ ...LINE, ...cells }], market)[0];

  it.for([
    ["common", {}],
    ["common", { SECUGRP_NM: "외국주권", SECT_TP_NM: "외국기업(소속부없음)" }],
    ["preferred", { ISU_SRT_CD: "005935", KIND_STKCERT_TP_NM: "구형우선주" }],
    ["preferred", { KIND_STKCERT_TP_NM: "신형우선주" }],
    ["preferred", { ISU_SRT_CD: "00593K", KIND_STKCERT_TP_NM: "" }],
    ["spac", { SECT_TP_NM: "SPAC(소속부없음)" }],
    ["spac", { ISU_ABBRV: "가상제12호스팩" }],
    ["reit", { SECUGRP_NM: "부동산투자회사" }],
    ["reit", { ISU_ABBRV: "가상리츠" }],
    ["fund", { SECUGRP_NM: "사회간접자본투융자회사" }],
    ["fund", { SECUGRP_NM: "투자회사" }],
  ] as const)("[KX6] %s: %j", ([kind, cells], { expect }) => {
    expect(line(cells)?.kind).toBe(kind);
  });

  it.for([
    ["관리종목(소속부없음)", "administration"],
    ["투자주의환기종목(소속부없음)", "caution"],
    ["벤처기업부", null],
    ["", null],
  ] as const)("[KX6] the department %j of KOSDAQ states %s", ([department, notice], { expect }) => {
    expect(line({ SECT_TP_NM: department })).toMatchObject({ notice, nameEn: "GASANG ELECTRONICS" });
  });

  it("[KX6] KOSPI states no notice, and an empty cell is no value", ({ expect }) => {
    expect(line({ ISU_ENG_NM: "-", LIST_SHRS: "-", LIST_DD: "" }, "KOSPI")).toEqual({
      ticker: "005930",
      name: "가상전자",
      nameEn: null,
      market: "KOSPI",
      kind: "common",
      listedOn: null,
      listedShares: null,
    });
  });

  it("[KX6] a master that cannot be read is a failure", ({ expect }) => {
    expect(() => readMaster([LINE, { ...LINE, ISU_SRT_CD: "" }], "KOSPI")).toThrow(/1 of 2 lines of KOSPI/);
  });
});
