/** The rows of the KRX Open API as its services write them: every value a text, some with commas, some empty. */
import { formatTradingDay, type TradingDay } from "../../../core/calendar/trading-day.ts";
import type { Company, Listing } from "../exchange/listing.ts";
import type { IndexRow, SessionRow } from "../exchange/simulated-exchange.ts";

export type KrxRow = Readonly<Record<string, string>>;

const krxDate = (day: TradingDay): string => formatTradingDay(day).replaceAll("-", "");

/** Every seventh company's numbers come with commas: the real service mixes both. */
const COMMAS_EVERY = 7;

const THOUSANDS = /\B(?=(?:\d{3})+$)/g;

/** A whole number. The platform's own formatting takes longer than the whole rest of an answer. */
function numberText(value: number, withCommas: boolean): string {
  return withCommas ? String(value).replaceAll(THOUSANDS, ",") : String(value);
}

/** The department of a KOSDAQ company; KOSPI has none. */
function sectionOf({ company, notice }: Listing): string {
  if (company.board === "KOSPI") {
    return "";
  }
  // A listing that ends has no department of its own.
  if (notice === "administration" || notice === "liquidation") {
    return "관리종목(소속부없음)";
  }
  if (notice === "caution") {
    return "투자주의환기종목(소속부없음)";
  }
  if (company.kind === "spac") {
    return "SPAC(소속부없음)";
  }
  if (company.isForeign) {
    return "외국기업(소속부없음)";
  }
  return ["벤처기업부", "중견기업부", "우량기업부", "기술성장기업부"][company.index % 4] ?? "";
}

/** One board's row of a session. `regular` and unadjusted, whatever came after. */
export function barRow(row: SessionRow): KrxRow {
  const { listing } = row;
  const text = (value: number): string => numberText(value, listing.company.index % COMMAS_EVERY === 3);
  const change = row.close - row.base;
  return {
    BAS_DD: krxDate(row.day),
    ISU_CD: listing.ticker,
    ISU_NM: listing.name,
    MKT_NM: listing.company.board,
    SECT_TP_NM: sectionOf(listing),
    TDD_CLSPRC: text(row.close),
    CMPPREVDD_PRC: text(change),
    FLUC_RT: ((100 * change) / row.base).toFixed(2),
    TDD_OPNPRC: text(row.open),
    TDD_HGPRC: text(row.high),
    TDD_LWPRC: text(row.low),
    ACC_TRDVOL: text(row.volume),
    ACC_TRDVAL: text(row.value),
    MKTCAP: text(row.close * listing.shares),
    LIST_SHRS: text(listing.shares),
  };
}

function securityGroup({ kind, isForeign }: Company): string {
  switch (kind) {
    case "reit": {
      return "부동산투자회사";
    }
    case "fund": {
      return "사회간접자본투융자회사";
    }
    case "common":
    case "preferred":
    case "spac": {
      return isForeign ? "외국주권" : "주권";
    }
  }
}

/** A line of the master: here the code of six characters has another name than in the rows of a session. */
export function masterRow(listing: Listing, day: (count: number) => TradingDay): KrxRow {
  const { company } = listing;
  return {
    ISU_CD: company.isin,
    ISU_SRT_CD: listing.ticker,
    ISU_NM: company.kind === "preferred" ? `${listing.name}선주` : `${listing.name}보통주`,
    ISU_ABBRV: listing.name,
    ISU_ENG_NM: listing.nameEn,
    LIST_DD: krxDate(day(listing.listedOn)),
    MKT_TP_NM: company.board === "KOSDAQ" && company.index % 50 === 20 ? "KOSDAQ GLOBAL" : company.board,
    SECUGRP_NM: securityGroup(company),
    SECT_TP_NM: sectionOf(listing),
    KIND_STKCERT_TP_NM: company.kind === "preferred" ? "구형우선주" : "보통주",
    PARVAL: company.isForeign ? "무액면" : String(company.par),
    LIST_SHRS: numberText(listing.shares, company.index % COMMAS_EVERY === 3),
  };
}

function indexRow(row: IndexRow, name: string, factor: number): KrxRow {
  const text = (value: number): string => (value * factor).toFixed(2);
  return {
    BAS_DD: krxDate(row.day),
    IDX_CLSS: row.board,
    IDX_NM: name,
    CLSPRC_IDX: text(row.close),
    CMPPREVDD_IDX: text(row.close - row.base),
    FLUC_RT: ((100 * (row.close - row.base)) / row.base).toFixed(2),
    OPNPRC_IDX: text(row.open),
    HGPRC_IDX: text(row.high),
    LWPRC_IDX: text(row.low),
    ACC_TRDVOL: String(row.volume),
    ACC_TRDVAL: numberText(row.value, true),
    MKTCAP: String(row.value * 40),
  };
}

/** The board's own index among its others; the one with the foreign shares is published without prices. */
export function indexRows(row: IndexRow): readonly KrxRow[] {
  const own = row.board === "KOSPI" ? "코스피" : "코스닥";
  const withForeign = indexRow(row, `${own} (외국주포함)`, 1);
  const empty = Object.fromEntries(
    ["CLSPRC_IDX", "CMPPREVDD_IDX", "FLUC_RT", "OPNPRC_IDX", "HGPRC_IDX", "LWPRC_IDX"].map((field) => [
      field,
      "",
    ]),
  );
  return [
    { ...withForeign, ...empty },
    indexRow(row, own, 1),
    indexRow(row, `${own} 대형주`, 0.97),
    indexRow(row, `${own} 150`, 1.31),
  ];
}
