/** The forms in which files come, each recognised by its header alone; the first that fits reads the file. */
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import {
  parseDay,
  parseDecimal,
  parseKey,
  parseMidnight,
  parsePortalDay,
  parsePortalNumber,
  parseSuffixedKey,
} from "./cells.ts";
import { type Column, normalName } from "./columns.ts";

/** One form: how it is known, and in what it differs from the project's own. */
export interface Form {
  /** For people. */
  readonly name: string;
  /** All of these headers, and none of those: as the source writes them. */
  readonly has: readonly string[];
  readonly lacks: readonly string[];
  /** Headers whose meaning in this form the table of names does not have; `null`: read in no other way than here. */
  readonly means: Readonly<Record<string, Column | null>>;
  readonly number: (cell: string) => number | null;
  readonly day: (cell: string) => TradingDay | null;
  readonly ticker: (cell: string) => string | null;
  /** Cells of the column of dates that mark a line of the header and no row. */
  readonly headings: readonly string[];
}

const OWN = {
  has: [],
  lacks: [],
  means: {},
  number: parseDecimal,
  day: parseDay,
  ticker: parseKey,
  headings: [],
} as const;

const PORTAL = { ...OWN, number: parsePortalNumber, day: parsePortalDay } as const;
const PYTHON = { ...OWN, day: parseMidnight } as const;
const YAHOO = { ...PYTHON, ticker: parseSuffixedKey } as const;

/** The most particular first: a file may fit several. */
const FORMS: readonly Form[] = [
  { ...OWN, name: "Stooq", has: ["<TICKER>", "<PER>", "<DATE>"], ticker: parseSuffixedKey },
  { ...YAHOO, name: "Yahoo", has: ["Date", "Adj Close"] },
  { ...YAHOO, name: "yfinance", has: ["Date", "Dividends", "Stock Splits"] },
  {
    ...YAHOO,
    name: "yfinance, three header lines",
    has: ["Price", "Close", "Open", "Volume"],
    lacks: ["Date"],
    means: { Price: "date" },
    headings: ["Ticker", "Date"],
  },
  { ...PYTHON, name: "marcap", has: ["Code", "Name", "Amount", "Stocks", "Date"] },
  { ...OWN, name: "FinanceDataReader listing", has: ["Code", "ISU_CD", "Name", "Close", "Stocks"] },
  {
    ...PYTHON,
    name: "FinanceDataReader companies",
    has: ["Code", "Name", "Sector", "Industry", "ListingDate"],
    means: { Sector: "department" },
  },
  { ...PYTHON, name: "FinanceDataReader", has: ["Date", "Open", "Close", "Change"], lacks: ["Ticker"] },
  { ...PORTAL, name: "KRX portal, all shares of a day", has: ["종목코드", "종목명", "종가", "대비"] },
  { ...PORTAL, name: "KRX portal, one share", has: ["일자", "종가", "대비", "시가"] },
  { ...PORTAL, name: "KRX portal, all indices of a day", has: ["지수명", "종가", "대비"] },
  {
    ...PORTAL,
    name: "KRX portal, shares in general",
    has: ["단축코드", "한글 종목명", "상장일"],
    lacks: ["한글 종목약명"],
    means: { "한글 종목명": "name" },
  },
  { ...PORTAL, name: "KRX portal, shares in general", has: ["단축코드", "한글 종목약명", "상장일"] },
  { ...PORTAL, name: "KIND list of companies", has: ["회사명", "종목코드", "상장일"] },
  { ...PYTHON, name: "pykrx", has: ["날짜", "시가", "고가", "저가", "종가", "거래량"] },
  { ...PYTHON, name: "pykrx, all shares of a day", has: ["티커", "시가", "종가", "거래량"] },
];

/** Any file whose columns go by names of the table. */
export const TABLE_FORM: Form = { ...OWN, name: "columns by name" };

/** Decides by the names of a header, as {@link normalName} writes them. */
export function formOf(names: readonly string[]): Form {
  const isThere = (header: string): boolean => names.includes(normalName(header));
  return FORMS.find(({ has, lacks }) => has.every(isThere) && !lacks.some(isThere)) ?? TABLE_FORM;
}

/** The names of all forms, for whoever lists them. */
export const FORM_NAMES: readonly string[] = [...new Set([...FORMS, TABLE_FORM].map(({ name }) => name))];
