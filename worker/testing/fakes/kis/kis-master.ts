/** The master files of KIS: a line of fixed widths a share in CP949, zipped, for whoever asks. */
import { zipSync } from "fflate";
import { assert } from "../../../core/assert.ts";
import { tradingDayOf } from "../../../core/calendar/trading-day.ts";
import type { InstrumentKind } from "../../../core/instrument/instrument.ts";
import { encodeCp949 } from "../../builders/cp949.ts";
import type { Board, Company } from "../exchange/listing.ts";
import type { SessionRow } from "../exchange/simulated-exchange.ts";
import { kisDate } from "./kis-charts.ts";

/** Places in the tail of a line, in characters: where a field begins and how long it is. */
type Places = Readonly<Record<Field, readonly [at: number, length: number]>>;
type Field =
  | "group"
  | "etp"
  | "spac"
  | "base"
  | "halted"
  | "liquidation"
  | "administration"
  | "warning"
  | "volume"
  | "par"
  | "listedOn"
  | "shares"
  | "preferred"
  | "caution";

const KOSPI: Places = {
  group: [0, 2],
  etp: [22, 1],
  spac: [29, 1],
  base: [41, 9],
  halted: [60, 1],
  liquidation: [61, 1],
  administration: [62, 1],
  warning: [63, 2],
  volume: [81, 12],
  par: [93, 12],
  listedOn: [105, 8],
  shares: [113, 15],
  preferred: [158, 1],
  // KOSPI has no such notice: the place is behind the last field and stays empty.
  caution: [226, 1],
};

const KOSDAQ: Places = {
  group: [0, 2],
  etp: [18, 1],
  spac: [24, 1],
  caution: [30, 1],
  base: [36, 9],
  halted: [55, 1],
  liquidation: [56, 1],
  administration: [57, 1],
  warning: [58, 2],
  volume: [76, 12],
  par: [88, 12],
  listedOn: [100, 8],
  shares: [108, 15],
  preferred: [153, 1],
};

/** Characters of a tail, the line's end left out. */
const TAILS: Readonly<Record<Board, { readonly places: Places; readonly width: number }>> = {
  KOSPI: { places: KOSPI, width: 227 },
  KOSDAQ: { places: KOSDAQ, width: 221 },
};

const GROUPS: Readonly<Record<InstrumentKind, string>> = {
  common: "ST",
  preferred: "ST",
  spac: "ST",
  reit: "RT",
  fund: "IF",
};

/** The name is padded to so many bytes, not characters: a Korean letter has two. */
const NAME_BYTES = 40;

const flag = (on: boolean): string => (on ? "Y" : "N");

function tailOf(board: Board, values: Partial<Record<Field, string>>): string {
  const { places, width } = TAILS[board];
  const tail = Array.from({ length: width }, () => " ");
  for (const [field, [at, length]] of Object.entries(places)) {
    const text = Object.entries(values).find(([name]) => name === field)?.[1] ?? "";
    assert(text.length <= length, `${field} of a master is no longer than ${length}`);
    // Numbers are padded with zeros on the left, texts with blanks on the right.
    const padded = /^\d+$/.test(text) ? text.padStart(length, "0") : text.padEnd(length, " ");
    tail.splice(at, length, ...Array.from(padded));
  }
  return tail.join("");
}

function line(code: string, isin: string, name: string, tail: string): string {
  const bytes = encodeCp949(name).length;
  return `${code.padEnd(9, " ")}${isin.padEnd(12, " ")}${name}${" ".repeat(NAME_BYTES - bytes)}${tail}\n`;
}

function groupOf({ kind, isForeign }: Company): string {
  return isForeign ? "FS" : GROUPS[kind];
}

function shareLine({ listing, base, last }: SessionRow): string {
  const { company, notice } = listing;
  const tail = tailOf(company.board, {
    group: groupOf(company),
    etp: "",
    spac: flag(company.kind === "spac"),
    base: String(base),
    halted: flag(listing.isHalted),
    liquidation: flag(notice === "liquidation"),
    // A company whose listing ends is under administration too.
    administration: flag(notice === "administration" || notice === "liquidation"),
    warning: "00",
    volume: String(last.volume),
    par: String(company.par),
    listedOn: kisDate(tradingDayOf(listing.listedOn)),
    // The file counts thousands of shares.
    shares: String(Math.floor(listing.shares / 1_000)),
    preferred: company.kind === "preferred" ? "1" : "0",
    ...(company.board === "KOSDAQ" && { caution: flag(notice === "caution") }),
  });
  return line(listing.ticker, company.isin, listing.name, tail);
}

/** Lines of the file that are no shares of the exchange's boards. */
export const ETP_CODES = ["569510", "Q53001"] as const;

function etpTail(group: string): string {
  return tailOf("KOSPI", {
    group,
    etp: "1",
    base: "10000",
    halted: "N",
    liquidation: "N",
    administration: "N",
    shares: "1000",
  });
}

function etpLines(): string {
  const [etf, etn] = ETP_CODES;
  return (
    line(etf, `KR7${etf}000`, "가상 200 ETF", etpTail("EF")) +
    line(etn, `KRG${etn}000`, "가상 금 ETN", etpTail("EN"))
  );
}

/** `kospi_code.mst.zip` or `kosdaq_code.mst.zip` of a session's rows. */
export function masterFile(board: Board, rows: readonly SessionRow[]): Uint8Array {
  const text = rows.map(shareLine).join("") + (board === "KOSPI" ? etpLines() : "");
  return zipSync({ [`${board.toLowerCase()}_code.mst`]: encodeCp949(text) });
}
