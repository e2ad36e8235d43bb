/** UI71, UI225: what a company is called on the page: which of its names, with its code before or beside it, and its title. */
import type { LatinName } from "../../../worker/protocol/latin-name.ts";
import type { Dictionary } from "../../i18n/ko.ts";
import type { Locale } from "../../i18n/locale.ts";

/** A company as the server names it; a name that is not known, and its code in its place. */
export interface CompanyName extends Partial<LatinName> {
  readonly ticker: string;
  readonly name: string;
}

/** The only form in which a page names a company: `name`, and `code` beside it, which is empty where it stands in the name. */
export interface ShownName {
  readonly name: string;
  readonly code: string;
  readonly title: string;
}

export interface NameStyle {
  readonly locale: Locale;
  readonly isCodeFirst: boolean;
  readonly text: Pick<Dictionary, "nameRomanised">;
}

/** In English the English name, or else the romanised one; `title` has both, because a narrow place cuts the name. */
function nameIn(
  { name, name_en, romanised }: CompanyName,
  { locale, text }: NameStyle,
): { readonly name: string; readonly title: string } {
  const english = name_en ?? null;
  if (locale === "ko") {
    return { name, title: english === null ? name : `${name} (${english})` };
  }
  if (english !== null) {
    return { name: english, title: `${english} (${name})` };
  }
  return romanised ? { name: romanised, title: text.nameRomanised(romanised, name) } : { name, title: name };
}

export function shownName(company: CompanyName, style: NameStyle): ShownName {
  const { name, title } = nameIn(company, style);
  const { ticker } = company;
  // A code in the name's place is not shown twice.
  const isCode = name === ticker;
  return style.isCodeFirst || isCode
    ? { name: isCode ? name : `${ticker} ${name}`, code: "", title }
    : { name, code: ticker, title };
}
