/** What an exchange is: the one place that knows DEMO from KRX. Everything else asks the profile. */
import type { PriceGrid } from "../bars/tick-size.ts";
import { type Exchange, EXCHANGES, INDEX_CODES, type IndexCode } from "./instrument.ts";

/** TK2: all that sets one exchange apart. A third exchange is a third profile, and no other file compares exchanges. */
export interface ExchangeProfile {
  readonly id: Exchange;
  readonly label: { readonly en: string; readonly ko: string };
  readonly ticker: {
    /** TK1: matches whole tickers in upper case, and none of another exchange. */
    readonly grammar: RegExp;
    /** The grammar in English, after "a ticker has". */
    readonly form: string;
    /** EL1: codes that mark a preferred share; `null` where a code carries no kind. */
    readonly preferred: RegExp | null;
  };
  readonly grid: PriceGrid;
  /** `krx`: hours and holidays of the Korea Exchange (CA1). `simulated`: the clock of its own feed. */
  readonly calendar: "krx" | "simulated";
  readonly indices: readonly IndexCode[];
  /** BK17: sessions that a fold leaves; `null` for all of them. */
  readonly sessionsKept: number | null;
  /** Where live prices come from. A simulated feed ends its own sessions, and each end is scanned without a schedule. */
  readonly feed: "simulated" | "none";
}

const PROFILES: Readonly<Record<Exchange, ExchangeProfile>> = {
  KRX: {
    id: "KRX",
    label: { en: "KRX", ko: "KRX" },
    ticker: {
      grammar: /^[0-9][0-9A-HJ-NP-TV-Z]{5}$/,
      form: "six characters as in 005930, zeros included",
      preferred: /[^0]$/,
    },
    grid: "krx",
    calendar: "krx",
    indices: INDEX_CODES,
    sessionsKept: null,
    feed: "none",
  },
  DEMO: {
    id: "DEMO",
    label: { en: "DEMO", ko: "데모" },
    ticker: { grammar: /^D[0-9]{5}$/, form: "D and five digits", preferred: null },
    grid: "krx",
    calendar: "simulated",
    indices: INDEX_CODES,
    sessionsKept: 520,
    feed: "simulated",
  },
};

/** The active exchange of an installation whose owner has chosen none: the one that needs no data. */
export const FIRST_EXCHANGE: Exchange = "DEMO";

/** The exchange of files whose sender named none. */
export const FILE_EXCHANGE: Exchange = "KRX";

/** The profile of an exchange; total, because an exchange is a closed union. */
export function profileOf(exchange: Exchange): ExchangeProfile {
  return PROFILES[exchange];
}

/** `false` also for an exchange that is not known yet. */
export function isSimulated(exchange: Exchange | null): boolean {
  return exchange !== null && profileOf(exchange).feed === "simulated";
}

/** `null` when no exchange has that id. Upper and lower case count as different. */
export function parseExchange(text: string | undefined): Exchange | null {
  return EXCHANGES.find((exchange) => exchange === text) ?? null;
}

/** The exchange whose grammar a ticker in upper case matches; `null` when there is none. */
export function exchangeOf(ticker: string): Exchange | null {
  return EXCHANGES.find((exchange) => PROFILES[exchange].ticker.grammar.test(ticker)) ?? null;
}
