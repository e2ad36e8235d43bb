/** What one pasted cell means: a code in any of the forms that brokers and charts write, a name, or both together. */
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import type { ListedName } from "../../../worker/protocol/rest/names.ts";
import type { NameMap } from "../names/name-map.ts";

/** UTF-16 units of a code or a name; listed names have at most 60. */
const MAX_CELL = 100;

/** Why a cell means no stock. `exchange`: a code of the other exchange. */
export type UnknownReason = "code" | "exchange" | "name" | "cell";

export type CellMeaning =
  /** `by`: how it was met, because a name beside its own code is no second stock. */
  | { readonly kind: "stocks"; readonly stocks: readonly ListedName[]; readonly by: "code" | "name" }
  | { readonly kind: "ambiguous"; readonly candidates: readonly ListedName[] }
  | { readonly kind: "unknown"; readonly reason: UnknownReason };

/** `="005930"` keeps the zeros in a spreadsheet, a leading apostrophe too. */
const FORMULA = /^=\s*"(.*)"$/su;
const QUOTES = /^["']+|["']+$/gu;
const PREFIX = /^(?:KRX|XKRX|KOSPI|KOSDAQ|KONEX)\s*[:.]\s*/iu;
const SUFFIX = /\.(?:KS|KQ|KN|KX|KR)$/iu;
const ISIN = /^KR7([0-9A-Z]{6})\d{3}$/u;
const A_CODE = /^A(?=[0-9][0-9A-Z]{5}$)/u;
const SHORT = /^\d{1,5}$/u;
/** What could only be meant as a code. */
const CODE_LIKE = /^(?:[0-9][0-9A-Z]{5}|D\d{5})$/u;
const ZERO_WIDTH = /[\u200b-\u200d\u2060\ufeff]/gu;

/** As it is compared: one width of digits and letters, no wrapping. */
export function bareCell(raw: string): string {
  const cell = raw.normalize("NFKC").replaceAll(ZERO_WIDTH, "").trim();
  return (FORMULA.exec(cell)?.[1] ?? cell).replaceAll(QUOTES, "").trim();
}

/** The ticker that a text is written for, whether it exists or not; `null` for a text that is no code. */
function codeOf(cell: string): string | null {
  const code = cell.replace(PREFIX, "").replace(SUFFIX, "").toUpperCase();
  const bare = ISIN.exec(code)?.[1] ?? code.replace(A_CODE, "");
  return CODE_LIKE.test(bare) ? bare : null;
}

/** A spreadsheet has taken the zeros off: `660` was 000660. */
export function isShortCode(cell: string): boolean {
  return SHORT.test(cell);
}

function byCode(cell: string, names: NameMap): ListedName | null {
  const code = codeOf(cell);
  return code === null ? null : names.code(code);
}

/** One stock, or a choice among several. */
function oneOf(found: readonly ListedName[], by: "code" | "name"): CellMeaning | null {
  return found.length === 0
    ? null
    : found.length === 1
      ? { kind: "stocks", stocks: found, by }
      : { kind: "ambiguous", candidates: found };
}

/** `삼성전자(005930)`, `005930 삼성전자`, `005930 000660`: codes among other text. */
function byParts(cell: string, names: NameMap): CellMeaning | null {
  const parts = cell.split(/[\s()[\]/|·]+/u).filter((part) => part !== "");
  const met = parts.map((part) => byCode(part, names));
  const stocks = [...new Set(met.filter((listed) => listed !== null))];
  const rest = parts.filter((_, i) => met[i] === null);
  const [only] = stocks;
  if (stocks.length > 1) {
    const isTheirs = rest.every((part) => names.exact(part).some((listed) => stocks.includes(listed)));
    return isTheirs ? { kind: "stocks", stocks, by: "code" } : null;
  }
  if (only !== undefined) {
    const named = names.exact(rest.join(" "));
    return named.length === 0 || named.includes(only)
      ? { kind: "stocks", stocks, by: "code" }
      : { kind: "ambiguous", candidates: [only, ...named] };
  }
  const named = parts.map((part) => names.exact(part));
  return parts.length > 1 && named.every((found) => found.length === 1)
    ? { kind: "stocks", stocks: [...new Set(named.flat())], by: "name" }
    : null;
}

function reasonOf(cell: string, names: NameMap): UnknownReason {
  const code = codeOf(cell);
  const exchange = code === null ? null : exchangeOf(code);
  return code === null ? "name" : exchange !== null && exchange !== names.exchange ? "exchange" : "code";
}

/** `cell` as {@link bareCell} gives it, not empty. `isPadded`: a number may have lost its zeros. */
export function meaningOf(cell: string, names: NameMap, isPadded: boolean): CellMeaning {
  if (cell.length > MAX_CELL) {
    return { kind: "unknown", reason: "cell" };
  }
  const coded = byCode(isPadded && isShortCode(cell) ? cell.padStart(6, "0") : cell, names);
  const found =
    oneOf(coded === null ? [] : [coded], "code") ??
    oneOf(names.exact(cell), "name") ??
    byParts(cell, names) ??
    (codeOf(cell) === null && cell.length > 1 ? names.beginning(cell) : []);
  if ("kind" in found) {
    return found;
  }
  return found.length > 0
    ? { kind: "ambiguous", candidates: found }
    : { kind: "unknown", reason: isShortCode(cell) ? "code" : reasonOf(cell, names) };
}
