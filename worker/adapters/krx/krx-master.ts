/** KX6: the lines of the master, whose kinds and notices follow from the exchange's terms as those of a file do (EL1, EL2). */
import type { MasterLine } from "../../app/ports/market-sources.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import type { IndexCode, InstrumentKind } from "../../core/instrument/instrument.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import { kindOf, signOfKind, signOfNotice } from "../csv/exchange-terms.ts";
import { dayCell, numberCell, textCell } from "./krx-cells.ts";
import type { KrxRow } from "./krx-client.ts";

/** Groups of securities that are no shares of companies; every other group is. */
const GROUP_KINDS: ReadonlyMap<string, InstrumentKind> = new Map([
  ["부동산투자회사", "reit"],
  ["사회간접자본투융자회사", "fund"],
  ["투자회사", "fund"],
  ["증권투자회사", "fund"],
  ["선박투자회사", "fund"],
  ["수익증권", "fund"],
]);

/** What the code, the name and the department show counts before the certificate, which every SPAC has like a common share. */
function kindOfLine(ticker: string, cells: KrxRow): InstrumentKind {
  const name = textCell(cells, "ISU_ABBRV");
  const department = textCell(cells, "SECT_TP_NM");
  return (
    GROUP_KINDS.get(textCell(cells, "SECUGRP_NM") ?? "") ??
    signOfKind(ticker, { name, department }) ??
    kindOf(textCell(cells, "KIND_STKCERT_TP_NM") ?? "") ??
    "common"
  );
}

/** One board's lines; `null` for one without a readable code or a name. A notice of KOSPI is published nowhere in it. */
export function readMaster(rows: readonly KrxRow[], market: IndexCode): readonly MasterLine[] {
  const lines = new Map<string, MasterLine>();
  for (const cells of rows) {
    // In the rows of a session ISU_CD is this short code; here it is the ISIN.
    const ticker = parseTicker("KRX", textCell(cells, "ISU_SRT_CD") ?? "");
    const name = textCell(cells, "ISU_ABBRV");
    if (ticker !== null && name !== null) {
      lines.set(ticker, {
        ticker,
        name,
        nameEn: textCell(cells, "ISU_ENG_NM"),
        market,
        kind: kindOfLine(ticker, cells),
        ...(market === "KOSDAQ" && { notice: signOfNotice(textCell(cells, "SECT_TP_NM")) }),
        listedOn: dayCell(cells, "LIST_DD"),
        listedShares: numberCell(cells, "LIST_SHRS"),
      });
    }
  }
  if (lines.size < 0.99 * rows.length) {
    throw new NeighbourError(
      `KRX failed to give a master of its documented form: ${lines.size} of ${rows.length} lines of ${market} can be read`,
      { neighbour: "KRX", retryable: false },
    );
  }
  return [...lines.values()];
}
