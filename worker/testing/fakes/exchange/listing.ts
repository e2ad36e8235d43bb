/** What the simulated exchange lists: companies with codes, boards and kinds as the real one has them, and none of its names. */
import type { InstrumentKind, Market, Notice } from "../../../core/instrument/instrument.ts";
import { type Ticker, tickerOf } from "../../../core/nominal.ts";

/** A board of the simulated exchange; KONEX is not simulated. */
export type Board = Extract<Market, "KOSPI" | "KOSDAQ">;

/** What does not change while a company is listed, but for its name. */
export interface Company {
  /** From 0; every draw of chance follows from it. */
  readonly index: number;
  readonly ticker: Ticker;
  readonly isin: string;
  readonly board: Board;
  readonly kind: InstrumentKind;
  readonly isForeign: boolean;
  /** As on a screen: "한빛전자". */
  readonly name: string;
  readonly nameEn: string;
  readonly par: number;
  readonly shares: number;
  /** The close before the first simulated session, in won. */
  readonly price: number;
  /** Does not trade in any session. */
  readonly isSuspended: boolean;
}

/** A company as of one session. */
export interface Listing {
  readonly company: Company;
  readonly ticker: Ticker;
  readonly name: string;
  readonly nameEn: string;
  readonly listedOn: number;
  readonly shares: number;
  readonly notice: Notice | null;
  readonly isHalted: boolean;
}

const FIRST = [
  "한빛",
  "새온",
  "가람",
  "다올",
  "미리내",
  "바른",
  "솔찬",
  "예담",
  "푸른",
  "하람",
  "누리",
  "도담",
  "라온",
];
const FIRST_EN = "HANBIT SAEON GARAM DAOL MIRINAE BAREUN SOLCHAN YEDAM PUREUN HARAM NURI DODAM RAON".split(
  " ",
);
const SECOND = ["전자", "화학", "제약", "건설", "소재", "테크", "바이오", "해운", "식품", "기계", "통신"];
const SECOND_EN =
  "ELECTRONICS CHEMICAL PHARM CONSTRUCTION MATERIALS TECH BIO SHIPPING FOODS MACHINERY TELECOM".split(" ");

/** Within thirty companies there is one of each; all others are common shares. */
const KINDS: Readonly<Record<number, InstrumentKind>> = { 3: "preferred", 4: "spac", 6: "reit", 9: "fund" };
const KINDS_CYCLE = 30;
/** Suspended throughout: one of each board among any 52. */
const SUSPENDED: ReadonlySet<number> = new Set([12, 13]);
const SUSPENDED_CYCLE = 52;
/** Codes with a letter, as the exchange gives them since 2024. */
const LETTER_CYCLE = 45;

function codeOf(index: number, kind: InstrumentKind): string {
  if (index % LETTER_CYCLE === 20) {
    return `${String(index).padStart(4, "0")}A0`;
  }
  // A preferred share has the code of its company with another last digit.
  const own = kind === "preferred" ? index - 3 : index;
  return `${String(10_000 + own * 29).padStart(5, "0")}${kind === "preferred" ? "5" : "0"}`;
}

function nameOf(index: number, kind: InstrumentKind): readonly [ko: string, en: string] {
  const own = kind === "preferred" ? index - 3 : index;
  const [a, b] = [own % FIRST.length, Math.floor(own / FIRST.length) % SECOND.length];
  const round = Math.floor(own / (FIRST.length * SECOND.length));
  const number = round === 0 ? "" : String(round + 1);
  const ko = `${FIRST[a]}${SECOND[b]}${number}`;
  const en = `${FIRST_EN[a]} ${SECOND_EN[b]}${number === "" ? "" : ` ${number}`}`;
  switch (kind) {
    case "preferred": {
      return [`${ko}우`, `${en}(1P)`];
    }
    case "spac": {
      return [`${FIRST[a]}스팩${index}호`, `${FIRST_EN[a]} SPAC ${index}`];
    }
    case "reit": {
      return [`${FIRST[a]}${number}리츠`, `${FIRST_EN[a]} REIT${number}`];
    }
    case "fund": {
      return [`${FIRST[a]}인프라${number}`, `${FIRST_EN[a]} INFRA FUND${number}`];
    }
    case "common": {
      return [ko, en];
    }
  }
}

/** The companies of an exchange of so many names, the same on every machine. `random` uniform in [0, 1). */
export function makeCompany(index: number, random: () => number): Company {
  const kind = KINDS[index % KINDS_CYCLE] ?? "common";
  const ticker = tickerOf(codeOf(index, kind));
  const [name, nameEn] = nameOf(index, kind);
  const price = Math.round(700 * Math.exp(6 * random() ** 1.7));
  return {
    index,
    ticker,
    isin: `KR7${ticker}000`,
    board: index % 3 === 0 ? "KOSPI" : "KOSDAQ",
    kind,
    isForeign: index % KINDS_CYCLE === 7,
    name,
    nameEn,
    par: [100, 500, 1_000, 5_000][index % 4] ?? 500,
    // A source that counts thousands has another number than one that counts shares.
    shares: 1_000 * Math.round(2_000 + 90_000 * random()) + ((137 * index + 251) % 1_000),
    price,
    isSuspended: SUSPENDED.has(index % SUSPENDED_CYCLE),
  };
}
